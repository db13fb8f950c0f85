"""What every page shows around its content: who, where, which grade, what waits."""

from functools import cached_property
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from shoumi.platform.access.acting import posts_held
from shoumi.platform.access.subjects import appointments_of
from shoumi.platform.directory.models import Person
from shoumi.platform.rulebook.controls import Control
from shoumi.platform.rulebook.figures import figure
from shoumi.platform.rulebook.posts import label_of
from shoumi.platform.ui import menu
from shoumi.platform.ui.views import TYPE_COOKIE, TYPES


def person_of(request: HttpRequest) -> Person:
    """Who is asking; only for views that need a log-in."""
    return cast(Person, request.user)


BANNER = Control("grades.banner", kind="display", label="部署等级与演示数据标识")


class Frame:
    """The frame of one page; asks only when the template asks, so an error page asks nothing."""

    places = menu.PLACES

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.at = timezone.now()

    @property
    def grade(self) -> Any:
        return settings.DEPLOYMENT_GRADE

    @property
    def demonstration(self) -> bool:
        return bool(settings.DEMONSTRATION)

    @property
    def contact(self) -> str:
        """Whom to call, as the installation says."""
        return str(getattr(settings, "CONTACT", "") or "本单位系统管理员")

    @property
    def person(self) -> Any:
        return getattr(self.request, "user", None)

    @property
    def known(self) -> bool:
        return bool(self.person and self.person.is_authenticated)

    @property
    def idle_seconds(self) -> int:
        """How long the server waits for the next request. Clause: accounts.idle."""
        today = timezone.localtime(self.at).date()
        return 60 * int(figure("accounts.idle", "minutes", on=today, body=self.person.body))

    @cached_property
    def posts(self) -> str:
        """The posts of the person in words; somebody without any is 承办人."""
        labels = [label_of(a.post) for a in appointments_of(self.person, self.at)]
        return "、".join(dict.fromkeys(labels)) or "承办人"

    @cached_property
    def groups(self) -> list[tuple[str, list[menu.MenuItem]]]:
        return menu.shown_to(posts_held(self.person, at=self.at))

    @cached_property
    def waiting(self) -> menu.Waiting:
        return menu.waiting_for(self.person, self.at)

    @property
    def here(self) -> str:
        """The menu item that is this page, or the list a page such as `documents-detail` belongs to."""
        match = self.request.resolver_match
        name = match.view_name if match else ""
        while name and name not in menu.PLACES.items:
            name = name.rpartition("-")[0]
        return name

    @property
    def type_class(self) -> str:
        chosen = self.request.COOKIES.get(TYPE_COOKIE, "")
        return f"type-{chosen}" if chosen in TYPES else ""

    @property
    def trace(self) -> str:
        """The words of the watermark: 单位 姓名 工号末四位 时间 地址."""
        person = self.person
        minute = timezone.localtime(self.at).strftime("%Y-%m-%d %H:%M")
        address = self.request.META.get("REMOTE_ADDR", "")
        number = person.staff_number[-4:]
        return " ".join(w for w in (person.body.name, person.name, number, minute, address) if w)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor: one lazy object for the whole page."""
    return {"frame": SimpleLazyObject(lambda: Frame(request))}
