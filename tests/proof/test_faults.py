"""The planted faults can still be planted, each in one place, and each has tests that own it."""

from tests.proof.faults import FAULTS, NOT_YET, ROOT


def test_each_fault_can_be_planted_in_one_place() -> None:
    for fault in FAULTS:
        text = fault.path.read_text(encoding="utf-8")
        assert text.count(fault.before) == 1, f"{fault.key} {fault.what}: say anew where it stands"
        assert text.replace(fault.before, fault.after) != text
        assert fault.owners, fault.key
        for owner in fault.owners:
            assert (ROOT / owner.partition("::")[0]).exists(), f"{fault.key}: {owner}"


def test_every_one_of_the_seventy_is_planted_or_it_is_said_why_not() -> None:
    planted = [fault.key for fault in FAULTS]
    waiting = [key for keys in NOT_YET for key in keys.split()]
    assert sorted(planted + waiting) == [f"F{n:02}" for n in range(1, 71)]
