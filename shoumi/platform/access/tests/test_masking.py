"""Identity and telephone numbers are masked, and a mask gives nothing back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shoumi.platform.access.masking import mask

pytestmark = pytest.mark.clause("access.personal_data")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("110101199001011237", "110***********1237"),
        ("11010119900101123X", "110***********123X"),
        ("13800001234", "138****1234"),
        ("0571-88001234", "057******1234"),
        ("88001234", "******34"),
        ("8800", "****"),
        ("令狐安", "令**"),
        ("单平", "单**"),
        ("高血压三级，服药中", "****"),
        ("  ", ""),
    ],
)
def test_a_value_is_masked_by_its_form(text, shown):
    assert mask(text) == shown


@given(st.text(min_size=1, max_size=40))
def test_no_mask_shows_more_than_seven_signs_or_the_whole(text):
    shown = mask(text)
    assert len(shown.replace("*", "")) <= 7
    assert shown == "" or "*" in shown
