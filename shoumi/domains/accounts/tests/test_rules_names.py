"""Account names: one spelling each, and no two that are taken for one another."""

import pytest

from shoumi.domains.accounts.rules import halves
from shoumi.domains.accounts.rules.names import check_new, look, typed
from shoumi.domains.accounts.rules.officers import check_appointment, may_hold_beside
from shoumi.kernel.refusal import Refusal

TAKEN = frozenset(look(n) for n in ("shanping", "li.lei", "zhao10"))


@pytest.mark.parametrize(
    "name",
    ["Shanping", "shanping ", " shanping", "ｓｈａｎｐｉｎｇ", "shan ping", "shànping", "单平", "a", "",
     "-shan", "x" * 41, "shan\u200bping", "shаnping", "system", "admin", "guest"],
)  # fmt: skip
@pytest.mark.clause("accounts.one_person")
def test_a_name_in_another_form_is_refused(name):
    with pytest.raises(Refusal) as refusal:
        check_new(name, taken=frozenset())
    assert refusal.value.clause == "accounts.one_person"


@pytest.mark.parametrize(
    "name", ["shanping", "shan.ping", "shan-ping", "1i.iei", "zhaol0", "zha010"]
)
@pytest.mark.clause("accounts.one_person")
def test_a_name_that_looks_like_another_is_refused(name):
    with pytest.raises(Refusal, match="形近"):
        check_new(name, taken=TAKEN)


def test_a_name_of_its_own_is_kept_as_written():
    assert check_new("shanping88", taken=TAKEN) == "shanping88"


def test_what_is_typed_at_log_in_is_read_kindly():
    assert typed(" ＳhanPing ") == "shanping"


def test_the_halves_of_a_first_password_join_however_they_are_typed():
    first, second = "34679ACDEF", "GHJKMNPQRT"
    kept = halves.joined(halves.digest(first, salt="s"), second)
    assert halves.as_typed(first + second, salt="s") == kept
    assert (
        halves.as_typed(f"{halves.shown(first)} {halves.shown(second).lower()}", salt="s") == kept
    )
    assert halves.as_typed(second + first, salt="s") != kept
    assert halves.as_typed(first + second, salt="t") != kept


@pytest.mark.clause("accounts.officers.separate")
def test_an_officer_holds_one_post_and_no_other():
    assert may_hold_beside("sysadmin", set())
    assert may_hold_beside("head", {"registrar"})
    for post, held in (("sysadmin", {"auditor"}), ("auditor", {"head"}), ("head", {"secadmin"})):
        with pytest.raises(Refusal) as refusal:
            check_appointment(post, held=held, labels={})
        assert refusal.value.clause == "accounts.officers.separate"
