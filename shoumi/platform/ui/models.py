"""One-time form tokens: not business rows, so they are not recorded and may be swept away."""

from django.db import models


class UsedForm(models.Model):
    """A form that was sent once (一次性表单), and the page its sender was then shown."""

    person = models.BigIntegerField("提交人编号")
    token = models.CharField("表单号", max_length=40)
    target = models.CharField("结果页", max_length=400, default="")
    at = models.DateTimeField("提交时间")

    class Meta:
        verbose_name = "已提交表单"
        constraints = [
            models.UniqueConstraint(fields=["person", "token"], name="ui_a_form_is_sent_once")
        ]

    def __str__(self) -> str:
        return self.token
