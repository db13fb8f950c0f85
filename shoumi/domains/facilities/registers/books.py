"""What the books of this room share."""

from typing import Any

from django.utils.html import format_html

from shoumi.platform.registers.addresses import address_of
from shoumi.platform.registers.register import Register
from shoumi.platform.ui.templatetags.ui import state_badge

# Numbers that are read as one word are not broken over two lines.
WHOLE = ("number", "document_number", "area")


class Books(Register):
    """States by word and colour, numbers in one piece, and only what has been said so far."""

    def cell(self, row: Any, column: str) -> Any:
        if column == "state":
            return state_badge(row.get_state_display(), row.TONES[row.state])
        if column == "site" and self.columns[0] != "site":
            address = address_of(row.site)
            return format_html('<a href="{}">{}</a>', address, row.site) if address else row.site
        said = super().cell(row, column)
        return (
            format_html('<span class="text-nowrap">{}</span>', said)
            if column in WHOLE and said
            else said
        )

    def facts(self, row: Any, fields: tuple[str, ...]) -> list[tuple[str, Any]]:
        return super().facts(
            row, tuple(f for f in fields if self.value(row, f) not in (None, "", []))
        )
