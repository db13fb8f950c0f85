"""三员: who may hold what beside what."""

from collections.abc import Collection, Mapping

from shoumi.kernel.refusal import Refusal

SYSADMIN, SECADMIN, AUDITOR = "sysadmin", "secadmin", "auditor"
OFFICERS = frozenset({SYSADMIN, SECADMIN, AUDITOR})


def may_hold_beside(post: str, held: Collection[str]) -> bool:
    """An officer holds one post and no other; everybody else holds what they are given."""
    return not ((post in OFFICERS or OFFICERS & set(held)) and set(held) - {post})


def check_appointment(post: str, *, held: Collection[str], labels: Mapping[str, str]) -> None:
    """Refuse a post that this person cannot hold beside those held in the same days."""
    if may_hold_beside(post, held):
        return
    others = "、".join(labels.get(p, p) for p in sorted(set(held) - {post}))
    raise Refusal(
        f"三员由三人分任，不兼任其他岗位；此人同期任{others}，不能再任{labels.get(post, post)}",
        clause="accounts.officers.separate",
        way_on="请先免去原任岗位，或者另行提名",
    )
