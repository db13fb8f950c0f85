"""What the books of this room share."""

from typing import Any

from django.utils.html import format_html

from shoumi.kernel.levels import Level
from shoumi.platform.registers.addresses import address_of
from shoumi.platform.registers.register import Register
from shoumi.platform.ui.templatetags.ui import level_badge, state_badge

# Numbers that are read as one word are not broken over two lines.
WHOLE = ("number", "change", "determination", "parent")
GRADES = ("limit", "grade", "claimed", "level_before", "level_after")


def linked(row: Any, words: Any) -> Any:
    """A link to the page of another row, where one shows it."""
    address = address_of(row)
    return format_html('<a href="{}">{}</a>', address, words) if address else words


class Books(Register):
    """Numbers in one piece, states in their tone, levels as badges, and no empty facts."""

    def facts(self, row: Any, fields: tuple[str, ...]) -> list[tuple[str, Any]]:
        """What has been said so far: a page fills step by step."""
        told = tuple(f for f in fields if self.value(row, f) not in (None, "", []))
        return super().facts(row, told)

    def cell(self, row: Any, column: str) -> Any:
        if column in GRADES:
            return level_badge(Level(getattr(row, column)))
        if column == "state":
            return state_badge(row.get_state_display(), row.TONES.get(row.state, ""))
        if column in ("change", "determination", "parent", "cause", "document"):
            other = getattr(row, column)
            said = other if column == self.columns[0] or other is None else linked(other, other)
            return format_html('<span class="text-nowrap">{}</span>', said) if said else ""
        said = super().cell(row, column)
        if column in WHOLE and said:
            return format_html('<span class="text-nowrap">{}</span>', said)
        return said
