"""出入境证件: kept by the organ as things of the account, given out for an approved journey, taken in again."""

from datetime import date, datetime

from shoumi.domains.personnel.models import Dossier, Passport, Trip
from shoumi.domains.personnel.services.filing import HR, PERSONNEL, READING_POSTS, duty_about
from shoumi.kernel.levels import Level
from shoumi.kernel.refusal import Refusal
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import day_of, person_principal, post_principal
from shoumi.platform.custody.models import Holder, Item
from shoumi.platform.custody.services import enter_item, holder_of, offer_lines, shift
from shoumi.platform.directory.models import Person, Place
from shoumi.platform.obligations.due import closing, due_in_workdays
from shoumi.platform.obligations.services import settle
from shoumi.platform.rulebook.figures import figure

CLAUSE = "personnel.passports"
DEPOSIT = Action("personnel.passport.deposit", "证件入库", clause=CLAUSE, posts=PERSONNEL)
ISSUE = Action("personnel.passport.issue", "发出证件", clause=CLAUSE, posts=PERSONNEL)
TAKE_IN = Action("personnel.passport.take_in", "收回证件", clause=CLAUSE, posts=PERSONNEL)


def deposit(
    *,
    actor: Person,
    subject: Dossier,
    at: datetime,
    kind: str,
    ending: str,
    valid_until: date,
    place: Place,
) -> Passport:
    """Take a passport into the organ's keeping; a document of travel is no secret, but a thing of the account."""
    with act(actor, DEPOSIT, subject, at=at, kind=kind) as deed:
        if valid_until <= day_of(at):
            raise Refusal("证件已经过期，不必保管", clause=CLAUSE, way_on="由本人缴销")
        person = subject.person
        principals = {post_principal(post, subject.body_id) for post in READING_POSTS}
        label = label_for(
            level=Level.PUBLIC,
            body=subject.body,
            principals=principals | {person_principal(person.pk)},
            basis="出入境证件",
            on=day_of(at),
        )
        item = enter_item(
            label=label,
            kind=Item.Kind.BADGE,
            name=f"{person.name}{kind}（尾号 {ending}）",
            source=Item.Source.RECEIVED,
            holder=holder_of(body=subject.body, place=place),
            at=at,
            reason=DEPOSIT.key,
        )
        row: Passport = Passport.objects.create(
            label=label,
            dossier=subject,
            item=item,
            kind=kind,
            ending=ending,
            valid_until=valid_until,
            entered_by=actor,
            entered_at=at,
        )
        deed.note(item=item.pk)
    return row


def issue(*, actor: Person, subject: Passport, at: datetime) -> None:
    """Give it out for a journey that is approved and briefed; the person signs for it."""
    with act(actor, ISSUE, subject, at=at) as deed:
        person, today = subject.dossier.person, day_of(at)
        trip = Trip.under_way(person.pk, on=today)
        if trip is None:
            raise Refusal(
                "没有已批准并完成行前教育的出境，不得发出证件",
                clause=CLAUSE,
                way_on="请先办理出境审批和行前保密教育",
            )
        to = holder_of(body=trip.body, person=person)
        if person.is_active:
            offer_lines(
                receiver=to,
                items=[subject.item],
                reason=ISSUE.key,
                by=actor,
                at=at,
                purpose="出境",
                case_ref=trip.number,
            )
        else:
            shift(item=subject.item, to=to, reason=ISSUE.key, at=at, case_ref=trip.number)
        days = figure(CLAUSE, "days", on=today, body=trip.body)
        home = closing(trip.returns_on, body=trip.body)
        duty_about(
            subject,
            kind=TAKE_IN.key,
            clause=CLAUSE,
            text=f"收回出入境证件：{person.name}",
            due=due_in_workdays(days, start=home, body=trip.body),
            at=at,
            page="personnel-passports-detail",
            by=actor,
            post=HR,
        )
        deed.note(trip=trip.number)


def take_in(*, actor: Person, subject: Passport, at: datetime, place: Place) -> None:
    """Back into the organ's keeping, out of the person's account."""
    with act(actor, TAKE_IN, subject, at=at):
        item = subject.item
        if item.holder_kind != Holder.Kind.PERSON:
            raise Refusal(
                "证件不在本人手中", clause=CLAUSE, way_on="已发出未签收的，请在交接单撤回"
            )
        to = holder_of(body=subject.dossier.body, place=place)
        shift(item=item, to=to, reason=TAKE_IN.key, at=at)
        settle(kind=TAKE_IN.key, subject=subject, evidence=subject, at=at)
