"""A dossier with everything in it, a review its person may not see, and a leaving under way.

翟海 is of the personnel office; 任远 has the class he had before, and 冼梅 never comes to have one.
"""

from conftest import YEAR
from shoumi.domains.personnel.services import passports, watching
from shoumi.domains.personnel.services.vetting import review
from shoumi.domains.personnel.tests import scene
from shoumi.domains.personnel.tests.scene import fresh, person
from shoumi.kernel.levels import Level
from tests.proof.scenes.world import World

# The personnel office, the secrecy office and the leaders; of a dossier also its person.
KEEPERS = frozenset({"director", "office", "leader", "head"})


def build(world: World) -> None:
    office, at = world.office, world.at
    today = at.date()
    scene.staffed(office, at=at)
    post = scene.post(office, handles=Level.CONFIDENTIAL, title="资料管理岗", at=at)
    dossier = scene.on_post(
        office,
        office.junior,
        post=post,
        at=at,
        basis=world.canary("雀任职文件", KEEPERS | {"junior"}),
    )
    said = scene.GOOD_REVIEW | {"relations": world.canary("雀社会关系", KEEPERS)}
    again = review(actor=office.hr, subject=fresh(dossier), at=at, **said)
    change = watching.report_change(
        actor=person(office.junior),
        subject=fresh(dossier),
        at=at,
        kind="婚姻变化",
        happened_on=today,
        details=world.canary("雀婚姻情况", KEEPERS | {"junior"}),
    )
    trip = scene.trip(
        office,
        dossier,
        at=at,
        purpose=world.canary("雀出境事由", KEEPERS | {"junior"}),
        leaves_on=today + 20 * scene.DAY,
        returns_on=today + 25 * scene.DAY,
    )
    passport = passports.deposit(
        actor=office.hr,
        subject=fresh(dossier),
        at=at,
        kind="普通护照",
        ending="0417",
        valid_until=today + YEAR,
        place=office.safe,
    )
    other = scene.candidate(office, office.window, post=post, at=at)
    leaving = scene.asked_to_leave(office, other, at=at, months=12)
    scene.decide(office, leaving, at=at)
    # Their clearance was given anew, and with it their session.
    office.junior = person(office.junior)
    world.rows["personnel-posts"] = post.pk
    world.rows["personnel-dossiers"] = dossier.pk
    world.rows["personnel-reviews"] = again.pk
    world.rows["personnel-changes"] = change.pk
    world.rows["personnel-trips"] = trip.pk
    world.rows["personnel-passports"] = passport.pk
    world.rows["personnel-departures"] = leaving.pk
