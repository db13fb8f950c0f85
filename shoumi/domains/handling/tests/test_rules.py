"""The room's figures at their edges: the last value that passes and the first that does not."""

from datetime import date

import pytest

from shoumi.domains.handling import rules
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal

LONGEST = {level: days for level, days in zip(Level, (60, 30, 15, 7, 1), strict=True)}
PLACES = ["机要室", "保密室", "本人办公室", "涉密会议室"]
MOST = dict(zip(Level, (200, 100, 30, 10, 3), strict=True))


def clause_of(question, *args, **kwargs) -> str:
    with pytest.raises(Refusal) as caught:
        question(*args, **kwargs)
    assert caught.value.way_on
    return caught.value.clause


@pytest.mark.clause("carriers.borrow.longest")
@pytest.mark.parametrize(("level", "most"), LONGEST.items())
def test_a_loan_lasts_as_long_as_the_figure_and_not_a_day_longer(level, most):
    rules.check_days(level, most, longest=LONGEST)
    for days in (most + 1, 0, -1):
        assert (
            clause_of(rules.check_days, level, days, longest=LONGEST) == "carriers.borrow.longest"
        )


@pytest.mark.clause("carriers.borrow.place")
def test_secrets_are_read_in_the_office():
    rules.check_reading_place(Level.SECRET, "本人办公室", places=PLACES)
    given = (rules.check_reading_place, Level.SECRET, "宿舍")
    assert clause_of(*given, places=PLACES) == "carriers.borrow.place"


@pytest.mark.clause("carriers.borrow.top_secret_place")
def test_top_secret_is_read_in_the_registry_or_the_secure_room():
    for place in ("机要室", "保密室"):
        rules.check_reading_place(Level.TOP_SECRET, place, places=PLACES)
    given = (rules.check_reading_place, Level.TOP_SECRET, "本人办公室")
    assert clause_of(*given, places=PLACES) == "carriers.borrow.top_secret_place"


@pytest.mark.clause("carriers.overnight")
def test_top_secret_comes_back_on_the_day_it_was_lent():
    lent = date(2026, 9, 1)
    assert rules.last_day(Level.TOP_SECRET, lent=lent, days=1) == lent
    assert rules.last_day(Level.SECRET, lent=lent, days=7) == date(2026, 9, 8)


@pytest.mark.clause("carriers.copy.forbidden")
def test_a_body_may_forbid_copying_from_a_level_on():
    rules.check_copying_allowed(Level.TOP_SECRET, forbidden_from="不设")
    rules.check_copying_allowed(Level.CONFIDENTIAL, forbidden_from="机密")
    for level in (Level.SECRET, Level.TOP_SECRET):
        found = clause_of(rules.check_copying_allowed, level, forbidden_from="机密")
        assert found == "carriers.copy.forbidden"


@pytest.mark.clause("carriers.copy.consent")
def test_consent_is_needed_at_top_secret_whatever_the_figure_says():
    rules.check_consent(Level.SECRET, "", needed_from="绝密")
    rules.check_consent(Level.TOP_SECRET, "岚保函〔2026〕2号", needed_from="绝密")
    for level, needed in ((Level.TOP_SECRET, "绝密"), (Level.SECRET, "秘密")):
        assert (
            clause_of(rules.check_consent, level, " ", needed_from=needed)
            == "carriers.copy.consent"
        )


@pytest.mark.clause("carriers.copy.count")
def test_no_more_copies_than_the_figure_and_one_destination_each():
    rules.check_copies(Level.SECRET, 10, most=MOST)
    for copies in (0, 11):
        assert clause_of(rules.check_copies, Level.SECRET, copies, most=MOST)
    assert rules.check_destinations([" 业务科 ", "", "审批科"], approved=2) == ["业务科", "审批科"]
    assert clause_of(rules.check_destinations, ["甲", "乙", "丙"], approved=2)
    assert clause_of(rules.check_destinations, [" "], approved=2) == "carriers.copy.count"


@pytest.mark.clause("carriers.carry.purpose")
@pytest.mark.parametrize("word", rules.LEISURE)
def test_carriers_do_not_go_on_holiday(word):
    purposes = ["会议", "汇报"]
    rules.check_carry_purpose("会议", "全省保密工作会议", purposes=purposes)
    given = (rules.check_carry_purpose, "会议", f"会后{word}")
    assert clause_of(*given, purposes=purposes) == "carriers.carry.purpose"
    assert clause_of(rules.check_carry_purpose, word, "", purposes=purposes)
    assert clause_of(rules.check_carry_purpose, "采购", "", purposes=purposes)


@pytest.mark.clause("carriers.carry.forbidden")
def test_a_body_may_forbid_carrying_out():
    rules.check_carrying_allowed(Level.SECRET, forbidden_from="不设")
    assert clause_of(rules.check_carrying_allowed, Level.SECRET, forbidden_from="秘密")


@pytest.mark.clause("carriers.carry.measures")
@pytest.mark.parametrize(("container", "measures"), [("", "两人同行"), ("X-1", " ")])
def test_a_case_and_measures_are_both_needed(container, measures):
    rules.check_measures("X-1", "两人同行")
    assert clause_of(rules.check_measures, container, measures) == "carriers.carry.measures"


@pytest.mark.clause("carriers.carry.longest")
def test_a_trip_lasts_no_longer_than_the_figure():
    today = date(2026, 9, 1)
    given = {"leaves": today, "today": today, "longest": LONGEST}
    rules.check_carry_time(Level.SECRET, returns=date(2026, 9, 7), **given)
    long = (rules.check_carry_time, Level.SECRET)
    assert clause_of(*long, returns=date(2026, 9, 8), **given) == "carriers.carry.longest"
    assert clause_of(*long, returns=date(2026, 8, 31), **given) == "carriers.carry.approval"


@pytest.mark.clause("carriers.carry.escorts")
def test_top_secret_is_never_carried_alone():
    rules.check_escorts(Level.SECRET, persons=1, least=2)
    rules.check_escorts(Level.TOP_SECRET, persons=2, least=2)
    found = clause_of(rules.check_escorts, Level.TOP_SECRET, persons=1, least=2)
    assert found == "carriers.carry.escorts"


@pytest.mark.clause("documents.channel", "documents.channel.top_secret")
def test_what_goes_back_goes_by_a_secure_channel():
    secure = ["机要交通"]
    rules.check_channel(Level.INTERNAL, "快递", secure=secure)
    rules.check_channel(Level.SECRET, "机要交通", secure=secure)
    assert clause_of(rules.check_channel, Level.SECRET, "快递", secure=secure)
    rules.check_delivery_escorts(Level.SECRET, persons=0, least=2)
    found = clause_of(rules.check_delivery_escorts, Level.TOP_SECRET, persons=1, least=2)
    assert found == "documents.channel.top_secret"


@pytest.mark.clause("carriers.destroy.method")
@pytest.mark.parametrize("method", ["出售", "丢弃", ""])
def test_selling_is_no_way_of_destroying(method):
    methods = ["送销毁机构", "自行粉碎"]
    rules.check_method("自行粉碎", pieces=20, methods=methods, own_most=20)
    rules.check_method("送销毁机构", pieces=21, methods=methods, own_most=20)
    given = {"methods": methods, "own_most": 20}
    assert clause_of(rules.check_method, method, pieces=1, **given) == "carriers.destroy.method"
    assert clause_of(rules.check_method, "自行粉碎", pieces=21, **given)


@pytest.mark.clause("carriers.place.top_secret")
def test_the_archive_keeps_top_secret_in_a_sealed_cabinet():
    rules.check_shelf(Level.SECRET, "档案室三排")
    rules.check_shelf(Level.TOP_SECRET, "档案室绝密专柜")
    found = clause_of(rules.check_shelf, Level.TOP_SECRET, "档案室三排")
    assert found == "carriers.place.top_secret"


def test_names_are_read_however_they_are_separated():
    assert rules.people_in("单平、查国栋，区敏;单平 曾静") == ["单平", "查国栋", "区敏", "曾静"]
    assert rules.people_in(" ") == []
    assert rules.serial("借", 2026, 3) == "借〔2026〕3号"
    assert clause_of(rules.check_written, " ", "事由", clause="carriers.copy.approval")
    assert clause_of(rules.check_counted, counted=1, there=2) == "carriers.destroy.approval"
