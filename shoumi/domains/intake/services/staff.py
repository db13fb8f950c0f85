"""人员台账 becomes persons without accounts; their clearances are proposed and consented to elsewhere."""

from shoumi.domains.accounts.services.opening import enter_person
from shoumi.domains.intake.rules.people import Member
from shoumi.domains.intake.services.rows import Taker, values_of
from shoumi.kernel.levels import Level
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import day_of, post_principal
from shoumi.platform.trail.models import Recorded


class Staff(Taker):
    """Nobody gets an account, a post or a clearance by this; who left is entered as not active."""

    def take(self, records: list[Member]) -> None:
        label = label_for(
            level=Level.INTERNAL,
            body=self.body,
            principals={post_principal(p, self.body.pk) for p in ("sysadmin", "secadmin")},
            basis="旧台账入账",
            on=day_of(self.at),
            officers=True,
        )
        for member in records:
            if member.is_rejected:
                self.leave(member.row, "有须定夺的问题")
                continue
            department = self.department(member.department)
            made: list[Recorded] = []
            if not self._is_known(member.name, department.pk if department else None):
                person = enter_person(
                    body=self.body,
                    name=member.name,
                    department=department,
                    is_active=not member.is_departed,
                )
                self.add_person(person)
                made.append(person)
            values = values_of(member.row) | {
                "name": member.name,
                "department": member.department,
                "class_label": member.class_label,
                "left_on": str(member.left.day or ""),
                "personnel_class": member.personnel_class.value if member.personnel_class else "",
            }
            self.keep(member.row, label=label, values=values, made=made)
        self.write_rows()

    def _is_known(self, name: str, department: int | None) -> bool:
        """Whether the very person is there already: one of the name in the same department."""
        return any(p.department_id == department for p in self._people.get(name, []))
