"""The address of an attachment: its random name."""

from django.urls import path, register_converter

from shoumi.platform.attachments import views


class Name:
    """Thirty-two hexadecimal signs."""

    regex = "[0-9a-f]{32}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Name, "attachment")
app_name = "attachments"
urlpatterns = [path("attachments/<attachment:name>/", views.download, name="download")]
