"""The rulebook as shipped loads, and a malformed file is named with its place."""

import shutil
from pathlib import Path

import pytest

from shoumi.kernel.levels import Level
from shoumi.platform.rulebook.loader import DATA, load
from shoumi.platform.rulebook.model import RulebookError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copied = tmp_path / "data"
    shutil.copytree(DATA, copied)
    return copied


def write(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"nothing to change in {name}: {old}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


class TestTheShippedRulebook:
    def test_every_obligation_is_known(self):
        book = load()

        assert len(book.obligations) == 1511
        assert sum(not row.same_as for row in book.obligations.values()) == 1342

    def test_figures_by_level_are_read_with_levels(self):
        days = load().clause("carriers.borrow.longest").parameter("days")

        assert set(days.values[0].value) == set(Level)

    def test_all_canonical_platform_obligations_have_a_clause(self):
        book = load()
        claimed = {sample for clause in book.clauses.values() for sample in clause.samples}
        wanted = {
            row.id
            for row in book.obligations.values()
            if row.domain == "platform" and not row.same_as
        }

        assert len(wanted) == 66
        assert wanted <= claimed

    def test_nothing_read_can_be_changed(self):
        book = load()

        with pytest.raises(TypeError):
            book.posts["root"] = book.posts["head"]  # type: ignore[index]
        with pytest.raises(TypeError):
            book.clause("carriers.missing").parameter("days").values[0].value[Level.SECRET] = 1

    def test_an_unknown_clause_regulation_flow_or_figure_is_named(self):
        book = load()

        for ask in (
            lambda: book.clause("carriers.nothing"),
            lambda: book.regulation_of("carriers.nothing"),
            lambda: book.flow("handling.nothing"),
            lambda: book.clause("carriers.missing").parameter("nothing"),
        ):
            with pytest.raises(RulebookError, match="nothing"):
                ask()

    def test_a_clause_knows_its_regulation(self):
        assert load().regulation_of("carriers.missing").id == "carriers"


CLAUSE = "regulations/carriers.toml"


@pytest.mark.clause("rulebook.load")
@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        (CLAUSE, 'title = "一件一主"\n', "", "carriers.one_holder.*缺少「title」"),
        (CLAUSE, 'title = "一件一主"', "title = 1", "carriers.one_holder.*title.*类型"),
        (CLAUSE, 'title = "一件一主"', 'titel = ""\ntitle = "x"', "one_holder.*titel"),
        (CLAUSE, '["refuse:custody.move", "count', '["custody.move", "count', "one_holder.*写作"),
        (CLAUSE, 'samples = ["S2-40-09"]', "samples = [1]", "one_holder.*samples"),
        (CLAUSE, "range = [10, 60]", "range = [10]", "carriers.missing.*range"),
        (CLAUSE, '"机密" = 60, "绝密" = 10', '"密" = 60', "carriers.missing.*「密」不是密级"),
        (
            CLAUSE,
            'values = [{ from = 2000-01-01, value = "绝密" }]',
            "values = [1]",
            "copy.*应为表",
        ),
        (CLAUSE, "from = 2000-01-01, value = 20 ", "value = 20 ", "carriers.destroy.*from"),
        (CLAUSE, 'basis = [["载体规定", "第二十九条"]]', "basis = [[]]", "stocktake.*依据"),
        (CLAUSE, "[[clause]]", "[[clause", "carriers.toml.*无法读取"),
        ("flows/carriers.toml", '"秘密"]', '"密"]', "handling.borrow.*「密」不是密级"),
        ("posts.toml", 'key = "head"', 'key = "registrar"', "registrar.*重复"),
        ("instruments.toml", 'short = "档案法"', 'short = "条例"', "条例.*重复"),
    ],
)
def test_a_malformed_file_is_named_with_its_place(folder, file, old, new, named):
    write(folder, file, old, new)

    with pytest.raises(RulebookError, match=named):
        load(folder)


def test_a_missing_file_is_named(folder):
    (folder / "posts.toml").unlink()

    with pytest.raises(RulebookError, match=r"posts\.toml.*不存在"):
        load(folder)


def test_a_date_may_not_stand_where_a_number_belongs(folder):
    write(folder, "flows/carriers.toml", "hours = 8", "hours = true")

    with pytest.raises(RulebookError, match=r"handling\.borrow.*hours"):
        load(folder)
