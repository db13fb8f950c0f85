"""People of an old ledger (期初入账): persons without an account, a post or a clearance."""

from shoumi.domains.accounts.rules.words import initials
from shoumi.platform.directory.models import Body, Department, Person

NAME = 40


def enter_person(
    *, body: Body, name: str, department: Department | None, is_active: bool
) -> Person:
    """Enter somebody who cannot log in; inside the act of the batch. Rights are proposed one by one."""
    person = Person(
        body=body,
        department=department,
        account=None,
        name=name[:NAME],
        initials=initials(name),
        active=is_active,
    )
    person.set_unusable_password()
    person.save(force_insert=True)
    return person
