"""The rulebook of this installation, read once per process, and the digest that is chained."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from shoumi.kernel.chain import sm3
from shoumi.platform.rulebook.loader import DATA, load
from shoumi.platform.rulebook.model import Clause, Rulebook

# Generated from the tests, not policy: a new test does not change the rules.
NOT_POLICY = frozenset({"proofs.json"})


@cache
def rulebook() -> Rulebook:
    """The rules in force here; a changed file takes effect at the next start."""
    return load(DATA)


def clause(clause_id: str) -> Clause:
    return rulebook().clause(clause_id)


def policy_files(data: Path = DATA) -> Iterator[tuple[str, bytes]]:
    for path in sorted(data.rglob("*")):
        if path.is_file() and path.name not in NOT_POLICY:
            yield path.relative_to(data).as_posix(), path.read_bytes()


def digests_of_files(data: Path = DATA) -> dict[str, str]:
    """SM3 of every policy file, so that a change behind the trail's back is named by file."""
    return {name: sm3(content) for name, content in policy_files(data)}


def digest_of_rulebook(data: Path = DATA) -> str:
    """One SM3 over all policy files: the trail notes it at every start."""
    lines = (f"{digest}  {name}\n" for name, digest in digests_of_files(data).items())
    return sm3("".join(lines).encode())


def digests_of_clauses(book: Rulebook) -> dict[str, str]:
    """SM3 of each clause as it was read, so that a change is named by clause as well."""
    return {key: sm3(repr(found).encode()) for key, found in book.clauses.items()}


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The names whose digests differ, were added or are gone."""
    return sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )
