"""Posts (岗位) as the code asks about them."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def posts() -> dict[str, dict[str, Any]]:
    """Every post of `posts.toml` by key."""
    path = Path(__file__).parent / "data" / "posts.toml"
    return {p["key"]: p for p in tomllib.loads(path.read_text(encoding="utf-8"))["post"]}


def sees_content(key: str) -> bool:
    """Whether the holder of a post ever sees business content: the three officers do not."""
    return bool(posts()[key].get("content", True))


def label_of(key: str) -> str:
    """The Chinese name of a post."""
    return str(posts()[key]["label"])


def unappointed() -> frozenset[str]:
    """Posts that need no appointment (承办人): everyone with an account has them."""
    return frozenset(k for k, p in posts().items() if not p.get("appointed", True))
