"""An attachment: what it belongs to, what it is, and how its bytes are sealed."""

from django.db import models

from shoumi.platform.access.models import Labelled
from shoumi.platform.attachments.crypto import Sealed
from shoumi.platform.directory.models import Person


class Attachment(Labelled):
    """One file beside a row of the register; it bears that row's label, the bytes lie encrypted on disk.

    `name` is random and is the file's address too: it tells nothing and cannot be counted up.
    """

    owner = models.CharField("所属", max_length=80)
    name = models.CharField("存放名", max_length=32, unique=True)
    file_name = models.CharField("文件名", max_length=120)
    extension = models.CharField("类型", max_length=8)
    media_type = models.CharField("媒体类型", max_length=100)
    size = models.PositiveBigIntegerField("字节数")
    digest = models.CharField("摘要", max_length=64)
    digest_algorithm = models.CharField("摘要算法", max_length=10, default="sm3")
    algorithm = models.CharField("加密算法", max_length=20)
    key_id = models.CharField("密钥编号", max_length=20)
    nonce = models.CharField("初始向量", max_length=24)
    wrapped_key = models.CharField("数据密钥密文", max_length=160)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="存入人")
    added_at = models.DateTimeField("存入时间")

    class Meta(Labelled.Meta):
        verbose_name = "附件"
        indexes = [models.Index(fields=["owner", "id"], name="attachments_owner")]

    def __str__(self) -> str:
        return self.name

    @property
    def bound(self) -> bytes:
        """What the cipher text is bound to: swapped, renamed or cut files open no more."""
        return f"{self.name}|{self.digest}|{self.size}".encode()

    def sealed(self, cipher: bytes) -> Sealed:
        return Sealed(self.algorithm, self.key_id, self.nonce, self.wrapped_key, cipher)
