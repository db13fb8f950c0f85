"""检查养护: a look into a site item by item; what is not in order is put right within its term."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from shoumi.domains.facilities.models import Site, SiteCheck
from shoumi.domains.facilities.rules.checks import CLOSING, ROUNDS, Round, check_remark, lacking
from shoumi.domains.facilities.selectors import items_of
from shoumi.domains.facilities.services.standing import ChangedByOther
from shoumi.kernel.refusal import Stale
from shoumi.platform.access.acting import Action, act
from shoumi.platform.access.subjects import day_of
from shoumi.platform.directory.models import Person
from shoumi.platform.obligations.due import due_in_workdays
from shoumi.platform.obligations.services import raise_duty, settle, settle_recurring
from shoumi.platform.rulebook.figures import figure

CHECK = Action("facilities.check", "登记场所检查", clause="facilities.rectify")
PAGE = "facilities-sites-detail"


def check(
    *,
    actor: Person,
    subject: Site,
    at: datetime,
    kind: str,
    done: Sequence[str],
    remark: str = "",
) -> SiteCheck:
    """One look at one site; the duty of the period is done once every site in use has been looked at."""
    look = ROUNDS[kind]
    with act(actor, CHECK, subject, at=at, site=subject.number, kind=kind) as deed:
        if not subject.is_in_use:
            raise ChangedByOther()
        missing = lacking(done, items=items_of(look, subject, at=at))
        made = SiteCheck(
            label=subject.label,
            body=subject.body,
            site=subject,
            day=day_of(at),
            kind=look.key,
            done=[item for item in items_of(look, subject, at=at) if item in done],
            missing=missing,
            remark=check_remark(missing, remark, clause=look.clause),
            by=actor,
            at=at,
        )
        _save(made, look)
        if missing:
            _to_be_rectified(made, look, at=at)
        else:
            settle(kind=_rectify(look), subject=subject, evidence=made, at=at)
        if _all_looked_at(made, look):
            settle_recurring(kind=look.duty, body=subject.body, evidence=made, at=at)
        deed.note(missing=len(missing))
    return made


def _save(row: SiteCheck, look: Round) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Stale(
            f"今天已登记{look.label}", clause=look.clause, way_on="补充情况请写入整改事项"
        ) from None


def _all_looked_at(row: SiteCheck, look: Round) -> bool:
    """Every site in use, since the duty of the period was raised. Clause: that of the round."""
    since = SiteCheck.period_began(body=row.body, duty=look.duty, otherwise=row.day)
    looked = SiteCheck.sites_looked_at(body=row.body, kind=look.key, since=since)
    return not Site.in_use(row.body).exclude(pk__in=looked).exists()


def _to_be_rectified(row: SiteCheck, look: Round, *, at: datetime) -> None:
    """缺项: of closing time made known the next day, of all else put right by the keeper. facilities.rectify."""
    at_closing = look is CLOSING
    days = (
        1 if at_closing else figure("facilities.rectify", "workdays", on=day_of(at), body=row.body)
    )
    whose = (
        {"body": row.body, "post": "office_director"} if at_closing else {"person": row.site.keeper}
    )
    what = "通报" if at_closing else "整改"
    raise_duty(
        kind=_rectify(look),
        clause="facilities.rectify",
        text=f"{what}「{row.site.place.name}」{look.label}未落实：{row.not_in_order}"[:120],
        due=due_in_workdays(days, start=at, body=row.body),
        at=at,
        label=row.label,
        subject=row.site,
        url_name=PAGE,
        url_pk=row.site_id,
        raised_by=row.by,
        **whose,
    )


def _rectify(look: Round) -> str:
    return f"facilities.rectify.{look.key}"
