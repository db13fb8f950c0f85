"""Accounts that may not come in, and a row in each of the officers' books."""

from conftest import IMPORTANT, YEAR, clear, prepared
from shoumi.domains.accounts import services as accounts
from shoumi.platform.directory.models import Appointment, Person
from shoumi.platform.obligations.models import Duty
from tests.proof.scenes.world import World


def build(world: World) -> None:
    """Two accounts that may not come in, and a row in each of the officers' books."""
    office, at = world.office, world.at
    with prepared(office.body, at=at):
        for key, name in (("disabled", "焦停"), ("expired", "焦期")):
            person = Person(
                body=office.body,
                department=office.departments["业务科"],
                account=key,
                name=name,
                staff_number=f"G-{key}",
                active=key != "disabled",
                must_change_password=False,
                reminder_signed_at=at,
                password_changed_at=at - YEAR if key == "expired" else at,
            )
            person.set_password("x")
            person.save()
            setattr(office, key, person)
            clear(person, IMPORTANT, today=at.date())
        for person, post, chief in (
            (office.authority, "archivist", None),
            (office.standin, "department_head", office.chief),
        ):
            Appointment.objects.create(
                person=person,
                post=post,
                body=office.body,
                department=chief and chief.department,
                since=at.date(),
                standing_in_for=chief,
            )
    accounts.appoint(
        actor=office.secadmin,
        subject=office.newcomer,
        post="window_clerk",
        department=None,
        since=at.date(),
        until=None,
        basis="任职文件",
        at=at,
    )
    accounts.propose_override(
        actor=office.secadmin,
        clause="accounts.idle",
        key="minutes",
        value=5,
        since=at.date(),
        reason="从严",
        at=at,
    )
    accounts.review(actor=office.secadmin, finding="相符", at=at)
    for _ in range(10):
        try:
            accounts.review(actor=office.peer, finding="无权", at=at)
        except Exception as refusal:
            assert "复核权限" in str(refusal)
    assert accounts.watch(at) > 0
    world.rows["accounts-alarms"] = Duty.objects.visible_to(office.auditor, at=at).get().pk
    # The very rows that the officers' pages show: no account that the walk itself logs in with.
    world.rows["accounts-people"] = office.watch.pk
    world.rows["accounts-posts"] = Appointment.objects.get(person=office.director).pk
