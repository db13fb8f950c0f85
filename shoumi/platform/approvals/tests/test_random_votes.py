"""Random routes and random votes through the database, against a machine written the plain way (B16).

The kernel has its own, larger comparison; here it is asked whether rows, seats and duties say the same.
"""

import random

import pytest

from conftest import NOW, TODAY, prepared
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.approvals import selectors, services
from shoumi.platform.approvals.models import Seat
from shoumi.platform.approvals.tests.test_cases import LATER, fresh
from shoumi.platform.approvals.tests.world import ask, labelled, route, step
from shoumi.platform.directory.models import Appointment
from shoumi.platform.obligations.models import Duty
from shoumi.platform.rulebook.source import rulebook

POSTS = ["office_director", "deputy_leader", "head", "secrecy_office"]
VOTERS = ["director", "leader", "head", "office", "chief", "peer"]
SERVICES = ["agree"] * 6 + ["hand_on", "add", "send_back", "refuse"]


class NaiveCase:
    """Lists of needs: each need is a list of people of whom one must agree."""

    def __init__(self, needs_of_steps):
        self.frozen = needs_of_steps
        self.state, self.at = "open", 0
        self.begin(0)

    def begin(self, at):
        self.at = at
        self.needs = [list(need) for need in self.frozen[at]]
        self.yes, self.gone = [], []

    def waiting(self):
        if self.state != "open":
            return set()
        return {p for need in self.needs if not set(need) & set(self.yes) for p in need}

    def seated(self, who):
        return any(who in need for need in self.needs)

    def agree(self, who):
        self.yes.append(who)
        if self.waiting():
            return
        if self.at + 1 < len(self.frozen):
            self.begin(self.at + 1)
        else:
            self.state = "approved"

    def refuse(self, who):
        self.state = "refused"

    def send_back(self, who, to):
        if to is None:
            self.state = "returned"
        else:
            self.begin(to)

    def hand_on(self, who, to):
        for need in self.needs:
            if who in need:
                need.remove(who)
                need.append(to)
        self.gone.append(who)

    def add(self, who, to):
        self.needs.append([to])

    def may(self, who, kind, to, deciders):
        if who not in self.waiting():
            return False
        if kind in ("hand_on", "add"):
            fit = kind == "add" or to in deciders[self.at]
            return fit and to != "handler" and not self.seated(to) and to not in self.gone
        return kind != "send_back" or to is None or to < self.at


@pytest.mark.parametrize("seed", range(12))
def test_rows_and_duties_say_what_the_plain_machine_says(office, seed):
    chance = random.Random(seed)
    holders = {
        post: sorted(chance.sample([*VOTERS, "handler"], chance.randint(2, 3))) for post in POSTS
    }
    with prepared(office.body):
        Appointment.objects.all().delete()
        for post, names in holders.items():
            for name in names:
                Appointment.objects.create(
                    person=getattr(office, name), post=post, body=office.body, since=TODAY
                )
    steps = [
        step(
            *chance.sample(POSTS, chance.randint(1, 2)), mode=chance.choice(["any", "all", "joint"])
        )
        for _ in range(chance.randint(1, 3))
    ]
    naive = NaiveCase([_needs(s, holders) for s in steps])
    elsewhere = {p for f in rulebook().flows for r in f.rows for s in r.steps for p in s.posts}
    deciders = [
        {name for post in POSTS if post in elsewhere.union(s.posts) for name in holders[post]}
        for s in steps
    ]
    applicant = fresh(office.handler)
    case = ask(office, by=applicant, label=labelled(office, Level.CONFIDENTIAL), book=route(*steps))
    _compare(office, case, naive)
    accepted = 0
    for _ in range(30):
        kind = chance.choice(SERVICES)
        who = chance.choice([*VOTERS, "handler", *sorted(naive.waiting())])
        to = _target(chance, kind, naive)
        try:
            _cast(office, case, kind, who, to)
        except Refusal:
            assert not naive.may(who, kind, to, deciders), (kind, who, to)
        else:
            assert naive.may(who, kind, to, deciders), (kind, who, to)
            getattr(naive, kind)(who, *([] if kind in ("agree", "refuse") else [to]))
            accepted += 1
        _compare(office, case, naive)
    assert accepted


def _needs(kind, holders):
    """Whom a step asks, the applicant never among them."""
    people = {post: [n for n in holders[post] if n != "handler"] for post in kind.posts}
    if kind.mode == "joint":
        return list(people.values())
    everybody = sorted({n for names in people.values() for n in names})
    return [everybody] if kind.mode == "any" else [[name] for name in everybody]


def _target(chance, kind, naive):
    if kind in ("hand_on", "add"):
        return chance.choice([*VOTERS, "handler"])
    if kind == "send_back":
        return chance.choice([None, 0, 0, 1, naive.at])
    return None


def _cast(office, case, kind, who, to):
    more = {} if kind == "agree" else {"opinion": "意见"}
    if kind in ("hand_on", "add"):
        more["to_person"] = fresh(getattr(office, to))
    elif kind == "send_back":
        more["to_step"] = to
    actor = fresh(getattr(office, who))
    getattr(services, kind)(actor=actor, subject=case, at=LATER, **more)


def _compare(office, case, naive):
    case.refresh_from_db()
    assert case.state == naive.state
    assert case.current == (naive.at if naive.state == "open" else None)
    waiting = Seat.objects.filter(step__case=case, state=Seat.State.WAITING)
    assert {seat.person.account for seat in waiting.select_related("person")} == naive.waiting()
    owed = Duty.objects.filter(kind=services.DUTY, state="open").select_related("person")
    assert sorted(duty.person.account for duty in owed) == sorted(naive.waiting())
    for name in ("director", "leader"):
        person = fresh(getattr(office, name))
        expected = int(name in naive.waiting())
        assert selectors.waiting(person, at=NOW).count() == expected
