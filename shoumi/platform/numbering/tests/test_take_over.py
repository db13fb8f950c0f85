"""Series that an old ledger began: they go on after its numbers, and back only if nobody went on."""

from conftest import NOW, prepared
from shoumi.platform.numbering.services import allot, give_back, take_over


def test_a_series_goes_on_after_the_numbers_taken_over_and_never_back(office):
    with prepared(office.body, at=NOW):
        assert take_over("old", body=office.body, year=2025, number=40) == (0, 40)
        assert take_over("old", body=office.body, year=2025, number=7) == (40, 40)
        assert give_back("old", body=office.body, year=2025, before=0, after=40)
        take_over("old", body=office.body, year=2025, number=40)
        assert allot("old", body=office.body, year=2025) == 41
        assert not give_back("old", body=office.body, year=2025, before=0, after=40)
        assert allot("old", body=office.body, year=2025) == 42
