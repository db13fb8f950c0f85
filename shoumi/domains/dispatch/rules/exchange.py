"""机要交换: the list of what a run brought, as it is written at the counter."""

from dataclasses import dataclass

from shoumi.kernel.refusal import Refusal

CLAUSE = "dispatch.exchange"


@dataclass(frozen=True, slots=True)
class Brought:
    """One envelope: who sent it, its number, and whose it is."""

    sender: str
    envelope: str
    department: str


def read_brought(text: str, *, counted: int) -> list[Brought]:
    """「乙局 J-0417 办公室」, one envelope a line, and as many as were counted. Clause: dispatch.exchange."""
    lines = [_line(line) for line in text.replace("\u3000", " ").splitlines() if line.strip()]
    if len(lines) != counted:
        raise Refusal(
            f"取回 {counted} 件，清单列 {len(lines)} 件，两者不符",
            clause=CLAUSE,
            way_on="当场逐件核对，改正件数或者清单",
        )
    numbers = [line.envelope for line in lines]
    twice = next((number for number in numbers if numbers.count(number) > 1), "")
    if twice:
        raise Refusal(f"封皮编号「{twice}」重复", clause=CLAUSE, way_on="逐件核对封皮编号")
    return lines


def _line(line: str) -> Brought:
    parts = line.split()
    if len(parts) != 3:
        raise Refusal(
            f"「{line.strip()[:30]}」应为来件单位、封皮编号、分送部门三项",
            clause=CLAUSE,
            way_on="三项之间空一格，如「乙局 J-0417 办公室」",
        )
    return Brought(*parts)


def check_named(text: str, what: str) -> str:
    if not text.strip():
        raise Refusal(f"请填写{what}", clause=CLAUSE, way_on="交换双方当面清点，各自签名")
    return text.strip()
