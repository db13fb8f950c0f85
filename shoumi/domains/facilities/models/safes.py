"""钥匙、印章和密码: keys and seals are items of the one account; a combination is known, never written."""

from django.db import models
from django.db.models import Q

from shoumi.platform.access.models import Labelled
from shoumi.platform.custody.models import Item
from shoumi.platform.directory.models import Body, Person, Place


class Guarded(Labelled):
    """A key or a seal beside its `custody.Item`: what it opens, or what secret sign (暗记) it bears."""

    class Kind(models.TextChoices):
        KEY = "key", "钥匙"
        SEAL = "seal", "印章"

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    item = models.OneToOneField(Item, models.PROTECT, related_name="+", verbose_name="载体")
    kind = models.CharField("类别", max_length=4, choices=Kind)
    name = models.CharField("名称", max_length=60)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name="所开场所、柜")
    spare = models.BooleanField("备用", default=False)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间")

    class Meta(Labelled.Meta):
        verbose_name = "钥匙印章"
        indexes = [
            models.Index(fields=["label", "-id"], name="facilities_guarded_label"),
            models.Index(fields=["place", "kind"], name="facilities_guarded_place"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def opens(self) -> bool:
        """Whether it lets its holder into the place."""
        return self.kind == self.Kind.KEY


class SecretSign(Labelled):
    """暗记 of a seal: under a label of its own, for those who are let know it by name."""

    guarded = models.OneToOneField(
        Guarded, models.PROTECT, related_name="secret", verbose_name="印章"
    )
    text = models.CharField("暗记", max_length=200)

    class Meta(Labelled.Meta):
        verbose_name = "印章暗记"

    def __str__(self) -> str:
        return f"{self.guarded_id}"


class Combination(Labelled):
    """一次密码设置: when the combination of a safe was set, why, and when it must be set anew."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name="单位")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name="保密柜")
    changed_on = models.DateField("更换日期")
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="更换人")
    why = models.CharField("更换原因", max_length=20)
    envelope = models.CharField("密封备份存放处", max_length=60)
    knowers = models.CharField("知密人", max_length=200)
    next_on = models.DateField("下次更换期限")
    current = models.BooleanField("现行", default=True)

    class Meta(Labelled.Meta):
        verbose_name = "密码更换"
        constraints = [
            models.UniqueConstraint(
                fields=["place"],
                condition=Q(current=True),
                name="facilities_one_combination_a_safe",
            )
        ]
        indexes = [models.Index(fields=["label", "-id"], name="facilities_combination_label")]

    def __str__(self) -> str:
        return f"{self.place_id}:{self.changed_on}"

    @classmethod
    def retire(cls, place: Place) -> None:
        """The combination of a safe until now holds no longer; inside the act that sets a new one."""
        cls.unscoped.filter(place=place, current=True).update(current=False)


class KnowsCombination(Labelled):
    """One person who knows one combination."""

    combination = models.ForeignKey(
        Combination, models.PROTECT, related_name="known_by", verbose_name="密码更换"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="知密人")

    class Meta(Labelled.Meta):
        verbose_name = "密码知晓人"
        constraints = [
            models.UniqueConstraint(fields=["combination", "person"], name="facilities_knows_once")
        ]

    def __str__(self) -> str:
        return f"{self.combination_id}:{self.person_id}"
