"""Above the deployment grade only the shell is kept, and content is refused; reading secrets leaves a trace."""

import json

import pytest

from conftest import NOW
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.grades import check_within_grade, is_above_grade
from shoumi.platform.access.reading import record_reading
from shoumi.platform.trail.models import Entry, name_of


@pytest.mark.clause("grades.shell")
@pytest.mark.parametrize("grade", list(Level))
def test_what_is_above_the_grade_is_a_shell(settings, grade):
    settings.DEPLOYMENT_GRADE = grade
    assert [level for level in Level if is_above_grade(level)] == [x for x in Level if x > grade]


@pytest.mark.clause("grades.content")
def test_content_above_the_grade_is_refused_with_the_way_on(settings):
    settings.DEPLOYMENT_GRADE = Level.INTERNAL
    check_within_grade(Level.INTERNAL)
    with pytest.raises(Refusal) as refusal:
        check_within_grade(Level.CONFIDENTIAL)
    assert refusal.value.message == "本系统部署等级为内部，秘密级内容不得录入"
    assert refusal.value.clause == "grades.content"
    assert "纸质载体" in refusal.value.way_on


@pytest.mark.clause("access.reading")
@pytest.mark.parametrize("level", list(Level))
def test_reading_leaves_an_entry_from_confidential_on(office, level):
    before = Entry.objects.count()
    record_reading(
        actor=office.handler, how="导出", subject=office.safe, level=level, at=NOW, count=3
    )
    if level < Level.CONFIDENTIAL:
        assert Entry.objects.count() == before
        return
    entry = Entry.objects.order_by("-id")[0]
    assert Entry.objects.count() == before + 1
    assert (entry.event, entry.actor, entry.subject) == (
        "access.reading",
        office.handler.pk,
        name_of(office.safe),
    )
    assert json.loads(entry.body) == {"how": "导出", "level": int(level), "count": 3}


@pytest.mark.clause("access.reading")
def test_a_list_is_read_without_one_subject(office):
    record_reading(actor=office.handler, how="打印", subject=None, level=Level.SECRET, at=NOW)
    assert Entry.objects.order_by("-id")[0].subject == ""
