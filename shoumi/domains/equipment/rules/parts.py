"""换下部件: as they are written down at the shop, one a line."""

from dataclasses import dataclass

from shoumi.kernel.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Part:
    """A part that was taken out, told apart by its serial number."""

    name: str
    serial: str

    def __str__(self) -> str:
        return f"{self.name} {self.serial}"


def parts_in(text: str) -> tuple[Part, ...]:
    """「硬盘 WX11A2」, one a line. Clause: equipment.parts."""
    found = []
    for line in filter(None, (raw.strip() for raw in text.splitlines())):
        name, _, serial = line.rpartition(" ")
        if not name.strip():
            raise Refusal(
                f"「{line}」缺部件名称或者序列号",
                clause="equipment.parts",
                way_on="一行一件，先写名称，空一格写序列号",
            )
        found.append(Part(name.strip()[:60], serial[:60]))
    return tuple(found)
