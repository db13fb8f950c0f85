"""What is remembered lasts one request or one act, and not a moment longer."""

import pytest

from conftest import prepared
from shoumi.platform.trail.memory import forget, remembered, remembering


class Oracle:
    """Gives another answer each time it is asked."""

    def __init__(self):
        self.asked = 0

    def __call__(self):
        self.asked += 1
        return self.asked


def test_outside_of_an_act_nothing_is_remembered():
    oracle = Oracle()
    assert [remembered("days", oracle), remembered("days", oracle)] == [1, 2]
    forget()


def test_within_it_the_first_answer_holds_until_it_is_forgotten():
    oracle = Oracle()
    with remembering():
        assert [remembered("days", oracle), remembered("days", oracle)] == [1, 1]
        assert remembered("hours", oracle) == 2
        forget()
        assert remembered("days", oracle) == 3
    assert remembered("days", oracle) == 4


def test_an_act_within_a_request_asks_afresh_and_the_request_after_it_too():
    oracle = Oracle()
    with remembering():
        assert remembered("days", oracle) == 1
        with remembering():
            assert [remembered("days", oracle), remembered("days", oracle)] == [2, 2]
        assert remembered("days", oracle) == 3


@pytest.mark.django_db
def test_two_acts_share_no_memory(office):
    oracle = Oracle()
    for answer in (1, 2):
        with prepared(office.body):
            assert remembered("days", oracle) == answer
            assert remembered("days", oracle) == answer
