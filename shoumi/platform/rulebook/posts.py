"""Posts (岗位) as the code asks about them."""

from collections.abc import Iterable, Mapping

from shoumi.platform.rulebook.model import Post
from shoumi.platform.rulebook.source import rulebook


def posts() -> Mapping[str, Post]:
    """Every post of `posts.toml` by key."""
    return rulebook().posts


def sees_content(key: str) -> bool:
    """Whether the holder of a post ever sees business content: the three officers do not."""
    return posts()[key].content


def label_of(key: str) -> str:
    """The Chinese name of a post."""
    return posts()[key].label


def unappointed() -> frozenset[str]:
    """Posts that need no appointment (承办人): everyone with an account has them."""
    return frozenset(key for key, post in posts().items() if not post.appointed)


def bound_to_department(key: str) -> bool:
    """Whether an appointment to this post names a department (部门负责人)."""
    return posts()[key].bound == "department"


def exclude_each_other(keys: Iterable[str]) -> bool:
    """Whether these posts may not be held by one person: an officer holds nothing besides."""
    held = set(keys)
    return len(held) > 1 and any(posts()[key].exclusive for key in held)
