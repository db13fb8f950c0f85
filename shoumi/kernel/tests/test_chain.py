"""SM3 by the standard's own vectors, and a walk that names every break of a chain."""

import hashlib
import json
import random
import runpy
import sys

import pytest
from cryptography.hazmat.primitives import hashes

from shoumi.kernel import chain
from shoumi.kernel.chain import (
    COLUMNS,
    GENESIS,
    Stride,
    Walk,
    canonical,
    entry_digest,
    entry_text,
    main,
    read_export,
    sm3,
    sm3_pure,
    walk,
)

# GB/T 32905-2016, annex A: 「abc」, and 「abcd」 sixteen times.
VECTORS = [
    (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
    (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
]


def by_cryptography(data):
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize().hex()


@pytest.mark.parametrize(("data", "digest"), VECTORS)
def test_sm3_gives_the_vectors_of_the_standard(data, digest):
    assert sm3(data) == sm3_pure(data) == by_cryptography(data) == digest


@pytest.mark.parametrize("length", [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1000])
def test_pure_native_and_cryptography_agree_at_every_border_of_a_block(length):
    data = random.Random(length).randbytes(length)
    assert sm3(data) == sm3_pure(data) == by_cryptography(data)


def test_pure_native_and_cryptography_agree_on_random_data():
    chance = random.Random(32905)
    for _ in range(150):
        data = chance.randbytes(chance.randrange(300))
        assert sm3(data) == sm3_pure(data) == by_cryptography(data)


def alone(name="alone"):
    """The verifier as a file by itself, read anew on the machine as it is now."""
    return runpy.run_path(chain.__file__, run_name=name)


def test_an_openssl_that_does_not_list_sm3_leaves_the_pure_digest(monkeypatch):
    monkeypatch.setattr(hashlib, "algorithms_available", {"sha256"})
    assert alone()["sm3"](b"abc") == VECTORS[0][1]


def test_an_openssl_that_lists_sm3_but_bars_it_leaves_the_pure_digest(monkeypatch):
    def barred(name, *_):
        raise ValueError(f"unsupported hash type {name}")

    monkeypatch.setattr(hashlib, "new", barred)
    assert alone()["sm3"](b"abc") == VECTORS[0][1]


def test_canonical_text_is_one_for_one_meaning():
    assert canonical({"b": 1, "a": [True, None, "密"]}) == '{"a":[true,null,"密"],"b":1}'
    assert canonical({"a": 1, "b": 2}) == canonical({"b": 2, "a": 1})
    assert canonical({"a": "1"}) != canonical({"a": 1})


def test_the_border_between_columns_is_inside_the_digest():
    assert entry_digest(["ab", "c"]) != entry_digest(["a", "bc"])
    assert entry_digest(["a", None]) != entry_digest(["a", ""])
    assert entry_digest(["a"], sm3=sm3_pure) == entry_digest(["a"])
    assert entry_text([b"\xff"]) == b"[\"b'\\\\xff'\"]"


def rows(name="JIA", count=3, seals=lambda n: f"t:{n}=d{n}"):
    """An honest chain, as lists of COLUMNS and the digest."""
    made, previous = [], GENESIS
    for number in range(1, count + 1):
        values = [name, number, "2026-09-01T01:00:00.000000Z", 7, "区敏", "t.do", "", "t.c", "{}"]
        values += [seals(number), "", previous]
        previous = entry_digest(values)
        made.append([*values, previous])
    return made


def walked(found, **options):
    return walk(read_export(json.dumps(row) for row in found), **options)


def broken(found, **options):
    return [(f.kind, f.number) for f in walked(found, **options).findings]


def test_an_honest_chain_shows_its_head_and_the_last_seal_of_every_row():
    found = rows(seals=lambda n: f"t:1=d{n}\nt:{n + 1}=-" if n < 3 else "")
    result = walked(found)
    assert result.findings == []
    assert result.entries == 3
    assert result.heads == {"JIA": (3, found[-1][-1])}
    assert result.seals["JIA"] == {"t:1": "d2", "t:2": "-", "t:3": "-"}
    assert result.entry_at("JIA", 3)
    assert not result.entry_at("JIA", 4)
    assert not result.entry_at("YI", 1)


def test_a_missing_entry_is_a_gap_and_a_loose_link():
    found = rows()
    assert broken([found[0], found[2]]) == [("gap", 2), ("link", 3)]
    assert broken(found[1:]) == [("gap", 1), ("link", 2)]


def test_a_number_twice_or_out_of_place_is_named():
    found = rows()
    assert ("order", 1) in broken([found[0], found[0], *found[1:]])
    assert ("order", 1) in broken([found[1], found[0], found[2]])
    assert ("order", "x") in broken([found[0], [*found[1][:1], "x", *found[1][2:]]])


def test_an_entry_linked_to_another_is_named():
    found = rows()
    found[1][11] = found[1][12] = "f" * 64
    assert broken(found) == [("link", 2), ("entry", 2), ("link", 3)]


@pytest.mark.parametrize("column", COLUMNS)
def test_an_edit_of_any_column_of_an_entry_is_named(column):
    found = rows(count=1)
    found[0][COLUMNS.index(column)] = 5 if column in {"number", "actor"} else "他"
    assert ("entry", found[0][1]) in broken(found)


def test_each_chain_begins_anew():
    found = rows("JIA", 2) + rows("YI", 3)
    result = walked(found)
    assert result.findings == []
    assert {name: number for name, (number, _) in result.heads.items()} == {"JIA": 2, "YI": 3}


def test_a_checkpoint_kept_outside_finds_a_rewritten_and_a_cut_chain():
    kept, rewritten = rows(), rows(seals=lambda n: "")
    watch = {("JIA", 3): kept[2][-1]}
    assert broken(kept, watch=watch) == []
    assert broken(rewritten, watch=watch) == [("checkpoint", 3)]
    assert broken(kept[:2], watch=watch) == [("truncated", 3)]
    (finding,) = walked([], watch=watch).findings
    assert finding.text == "检查点记有链 JIA 第 3 条，现链止于第 0 条"


@pytest.fixture
def written(tmp_path):
    """`written(rows)` is the path of an exported trail."""

    def write(found):
        path = tmp_path / "trail.jsonl"
        lines = [json.dumps(row, ensure_ascii=False) for row in found]
        path.write_text("\n".join([*lines, "", ""]), encoding="utf-8")
        return str(path)

    return write


@pytest.fixture
def sheet(tmp_path):
    """`sheet(number, digest)` is the path of a checkpoint of 甲局's chain, with an empty one beside."""

    def write(number, digest):
        path = tmp_path / "checkpoint.json"
        heads = [
            {"chain": "JIA", "number": number, "digest": digest},
            {"chain": "YI", "number": 0, "digest": GENESIS},
        ]
        path.write_text(json.dumps({"heads": heads}), encoding="utf-8")
        return str(path)

    return write


def test_the_stand_alone_verifier_leaves_with_0_on_a_whole_trail(written, sheet, capsys):
    found = rows()
    assert main([written(found), "--checkpoint", sheet(3, found[2][-1])]) == 0
    assert capsys.readouterr().out == "痕迹完整：1 条链，3 条记录\n"


def test_the_stand_alone_verifier_says_that_nothing_outside_was_compared(written, capsys):
    assert main([written(rows())]) == 0
    assert "未与外部检查点比对" in capsys.readouterr().out


def test_the_stand_alone_verifier_leaves_with_1_and_names_what_is_broken(written, sheet, capsys):
    found = rows()
    assert main(["--checkpoint", sheet(4, "f" * 64), written(found[:2])]) == 1
    said = capsys.readouterr().out
    assert "检查点记有链 JIA 第 4 条，现链止于第 2 条" in said
    assert said.endswith("痕迹不完整：1 处\n")


@pytest.mark.parametrize("wrong", [[], ["a", "b"], ["a", "--checkpoint"]])
def test_the_stand_alone_verifier_leaves_with_2_when_wrongly_used(wrong, capsys):
    assert main(wrong) == 2
    assert "用法" in capsys.readouterr().err


def test_the_file_alone_is_a_program(written, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", [chain.__file__, written(rows())])
    with pytest.raises(SystemExit) as left:
        alone("__main__")
    assert left.value.code == 0
    assert "痕迹完整" in capsys.readouterr().out


def strides(found, length=2):
    """The same entries, `length` at a time, as a database hands them over."""
    for at in range(0, len(found), length):
        part = found[at : at + length]
        numbers, before, stored = ([str(row[c]) for row in part] for c in (1, 11, 12))
        sealed = "\n".join(row[9] for row in part if row[9])
        texts = [entry_text(row[:12]) for row in part]
        columns = (",".join(numbers), ",".join(before), ",".join(stored))
        yield Stride(part[0][0], *columns, sealed, texts)


def strode(found, **options):
    walk = Walk(**options)
    return walk if all(map(walk.stride, strides(found))) else None


def test_in_great_strides_one_comes_to_the_same_place():
    found = rows("JIA", 4, seals=lambda n: f"t:1=d{n}") + rows("YI", 3, seals=lambda n: "")
    whole, steps = strode(found), walked(found)
    assert (whole.heads, whole.seals, whole.entries) == (steps.heads, steps.seals, 7)


@pytest.mark.parametrize("column", range(13))
@pytest.mark.parametrize("place", range(5))
def test_no_stride_is_taken_over_an_edited_entry(column, place):
    found = rows(count=5)
    found[place][column] = 99 if column in {1, 3} else "他"
    assert strode(found) is None


def test_no_stride_is_taken_over_a_gap_or_from_an_empty_range():
    found = rows(count=5)
    assert strode(found[1:]) is None
    assert strode(found[:2] + found[3:]) is None
    assert not Walk().stride(Stride("JIA", "", "", "", "", []))


def test_a_stride_passes_the_checkpoint_it_goes_over():
    found = rows(count=4)
    marks = {("JIA", 3): found[2][-1], ("JIA", 4): "f" * 64, ("YI", 3): "f" * 64}
    findings = strode(found, watch=marks).finish().findings
    assert [(f.kind, f.chain, f.number) for f in findings] == [
        ("checkpoint", "JIA", 4),
        ("truncated", "YI", 3),
    ]
