"""classification.matter.*, .list.*, .authority.*: the list, its versions, and who stands in the register."""

from datetime import timedelta

import pytest

from conftest import NOW, TODAY, YEAR
from shoumi.domains.classification.models import Authority, Catalogue
from shoumi.domains.classification.selectors import matters_of, suggestions
from shoumi.domains.classification.services import deciding, listing
from shoumi.domains.classification.tests.scene import MATTER, fresh, listed, person
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Denied, Refusal, Stale
from shoumi.platform.obligations.selectors import mine


def add(office, **changed):
    actor = changed.pop("actor", office.office)
    return listing.add(actor=actor, at=NOW, **(MATTER | changed))


@pytest.mark.clause("classification.list", "classification.list.filed")
def test_a_matter_counts_from_the_version_that_the_head_approved(office):
    matter = add(office, actor=office.chief)
    assert (matter.state, matter.department) == ("draft", office.departments["业务科"])
    assert not matters_of(office.handler, at=NOW).exists()
    first = listing.approve(actor=office.head, at=NOW)
    assert [line[1] for line in first.lines] == ["年度保密检查方案"]
    assert list(matters_of(office.handler, at=NOW)) == [matter]
    with pytest.raises(Refusal):
        listing.approve(actor=office.head, at=NOW)
    assert mine(office.office, at=NOW).get().kind == "classification.list.file"
    given = {"bureau": "岚江省保密局", "filing_number": "备〔2026〕8号"}
    with pytest.raises(Refusal):
        listing.file(
            actor=office.office, subject=first, at=NOW, filed_on=TODAY + timedelta(days=1), **given
        )
    listing.file(actor=office.office, subject=first, at=NOW, filed_on=TODAY, **given)
    assert not mine(person(office.office), at=NOW).exists()
    listing.retire(actor=office.office, subject=fresh(matter), at=NOW)
    assert matters_of(office.handler, at=NOW).exists()
    listing.approve(actor=office.head, at=NOW)
    assert not matters_of(office.handler, at=NOW).exists()
    assert [c.version for c in Catalogue.unscoped.order_by("id")] == [1, 2]
    assert Catalogue.unscoped.first().lines[0][2] == "秘密★5年"
    with pytest.raises(Denied):
        listing.approve(actor=office.handler, at=NOW)


@pytest.mark.clause(
    "classification.list",
    "classification.sorts",
    "classification.sorts.sensitive",
    "classification.categories",
    "classification.categories.other",
    "classification.areas",
    "classification.importance",
    "marks.levels",
)
def test_each_sort_has_its_level_and_its_elements(office):
    for changed, clause in (
        ({"scope": " "}, "classification.list"),
        ({"basis": " "}, "classification.list"),
        ({"mark": "秘密"}, "marks.period.missing"),
        ({"category": "杂项"}, "classification.categories"),
        ({"category": "其他事项"}, "classification.categories.other"),
        ({"area": "远洋渔业"}, "classification.areas"),
        ({"importance": "极其重要"}, "classification.importance"),
        ({"sort": "work"}, "marks.false"),
        ({"sort": "personal"}, "marks.false"),
        ({"harm": "grave"}, "classification.harm.grave"),
    ):
        with pytest.raises(Refusal) as caught:
            add(office, **changed)
        assert caught.value.clause == clause, changed
    plain = {"mark": "", "harm": "none"}
    work = add(office, name="内部工作方案", sort="work", **plain)
    sensitive = add(office, name="重大舆情处置过程", sort="sensitive", **plain)
    minutes = add(office, name="局务会记录", sort="other", category="重要会议记录", **plain)
    other = add(office, name="特种事项", category="其他事项", note="专项任务")
    assert [m.mark_text for m in (work, sensitive, minutes)] == [
        "内部",
        "内部事项 注意保管",
        "内部事项 注意保管",
    ]
    assert {m.grade for m in (work, sensitive, minutes)} == {Level.INTERNAL}
    assert (other.grade, other.importance, other.area) == (2, "重要", "综合政务")


@pytest.mark.clause("classification.authority", "classification.power")
def test_the_head_keeps_the_register_of_who_decides(office):
    found = Authority.of(office.authority, on=TODAY)
    given = {
        "person": office.authority,
        "limit": Level.SECRET,
        "document": "甲局办〔2026〕5号",
        "trained_until": TODAY + YEAR,
    }
    with pytest.raises(Refusal):
        deciding.designate(actor=office.head, at=NOW, **given)
    deciding.end_authority(actor=office.head, subject=found, at=NOW)
    with pytest.raises(Stale):
        deciding.end_authority(actor=office.head, subject=found, at=NOW)
    tomorrow = NOW + timedelta(days=1)
    assert Authority.of(office.authority, on=tomorrow.date()) is None
    with pytest.raises(Refusal):
        deciding.designate(actor=office.head, at=tomorrow, **given | {"person": office.peer})
    again = deciding.designate(actor=office.head, at=tomorrow, **given)
    assert again.origin == "designated"
    with pytest.raises(Refusal):
        deciding.enter_power(
            actor=office.office,
            at=NOW,
            origin="given",
            limit=Level.SECRET,
            document="授〔2026〕1号",
            since=TODAY,
        )


@pytest.mark.clause("classification.suggest")
def test_the_helper_names_matters_by_their_words_and_decides_nothing(office):
    matter = listed(office)
    listed(office, name="干部考察", words="考察材料", mark="机密★10年", harm="grave")
    text = "现将抽 查 名 单报送审阅，考察材料另附。"
    found = suggestions(text, reader=office.handler, at=NOW)
    assert [(m.mark_text, hint.words) for m, hint in found] == [
        ("机密★10年", ("考察材料",)),
        ("秘密★5年", ("抽查名单",)),
    ]
    assert suggestions("一切照常", reader=office.handler, at=NOW) == []
    assert fresh(matter).state == "in_force"
