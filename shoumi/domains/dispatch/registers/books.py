"""What the books of this room share."""

from typing import Any

from django.utils.html import format_html

from shoumi.platform.registers.addresses import address_of
from shoumi.platform.registers.register import Register

# Numbers that are read as one word are not broken over two lines.
WHOLE = (
    "reference",
    "number",
    "draft_number",
    "letter",
    "envelope",
    "copy_numbers",
    "delivery",
    "run",
)


def linked(row: Any, words: Any) -> Any:
    """A link to the page of another row, where one shows it."""
    address = address_of(row)
    return format_html('<a href="{}">{}</a>', address, words) if address else words


class Books(Register):
    """What the books of this room share: links to the letter, numbers in one piece, no empty facts."""

    def facts(self, row: Any, fields: tuple[str, ...]) -> list[tuple[str, Any]]:
        """What has been said so far: a page fills step by step."""
        return super().facts(row, tuple(f for f in fields if self.is_told(row, f)))

    def is_told(self, row: Any, column: str) -> bool:
        return self.value(row, column) not in (None, "")

    def cell(self, row: Any, column: str) -> Any:
        if column in ("letter", "delivery", "document") and getattr(row, column):
            other = getattr(row, column)
            said = linked(other, other) if column != self.columns[0] else other
            return format_html('<span class="text-nowrap">{}</span>', said)
        said = super().cell(row, column)
        if column in WHOLE and said:
            return format_html('<span class="text-nowrap">{}</span>', said)
        # None of them is a finding too, and not an empty field.
        return "0" if isinstance(said, int) and not isinstance(said, bool) and said == 0 else said
