"""documents.correct: what was miswritten is set right; number, level, mark and copies are not."""

from datetime import date

import pytest

from conftest import NOW
from shoumi.domains.documents.services.correcting import correct
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.trail.models import Change, Entry


def as_written(paper, **changed):
    told = {
        "issuer": paper.issuer,
        "title": paper.title,
        "issue_number": paper.issue_number,
        "issued_on": paper.issued_on,
    }
    return told | changed


@pytest.mark.clause("documents.no_change")
def test_both_sides_of_a_correction_stay_in_the_trail(office, receipt):
    paper = receipt()
    correct(
        actor=office.registrar,
        subject=paper,
        at=NOW,
        reason="误录",
        **as_written(paper, title="关于重要活动保障的通知", issued_on=date(2026, 8, 27)),
    )
    paper.refresh_from_db()
    assert (paper.title, paper.expires_on) == ("关于重要活动保障的通知", date(2036, 8, 27))
    assert "gyzyhdbzdtz" in paper.initials
    entry = Entry.objects.get(event="documents.correct")
    assert "活动" not in entry.body
    text = Change.objects.get(entry=entry).text
    assert "关于重要会议保障的通知" in text
    assert "关于重要活动保障的通知" in text


@pytest.mark.clause("documents.no_change")
def test_a_correction_needs_its_reason_and_a_change(office, receipt):
    paper = receipt()
    for told in ({"reason": " ", "remark": "补"}, {"reason": "误录"}):
        with pytest.raises(Refusal) as caught:
            correct(actor=office.registrar, subject=paper, at=NOW, **as_written(paper), **told)
        assert caught.value.clause == "documents.no_change"


@pytest.mark.clause("grades.content")
def test_no_title_enters_a_shell_by_correction(office, receipt, settings):
    settings.DEPLOYMENT_GRADE = Level.INTERNAL
    shell = receipt(title="")
    with pytest.raises(Refusal) as caught:
        correct(
            actor=office.registrar,
            subject=shell,
            at=NOW,
            reason="补录",
            **as_written(shell, title="不应录入"),
        )
    assert caught.value.clause == "grades.content"
