"""Weak passwords (弱口令表): made by rule from patterns that people fall back on, not from leaked lists.

`python -m shoumi.domains.accounts.rules.weak` writes the list again; a test compares it with the file.
"""

import itertools
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FILE = Path(__file__).parents[1] / "data" / "weak_passwords.txt"
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
DIGITS = "0123456789"
ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
COLUMNS = ("1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik", "9ol", "0p")
ENGLISH = (
    "password passwd admin administrator root guest login welcome system server office letmein master"
    " manager secret security secure private public default user test demo super hello china computer"
    " internet network database oracle windows linux iloveyou dragon monkey sunshine princess football"
    " baseball superman batman shadow flower summer winter spring autumn monday friday january money"
    " love happy lucky angel family friend forever michael jordan charlie thomas jessica daniel andrew"
    " changeme temp access google apple huawei lenovo tencent alibaba xiaomi"
)
PINYIN = (
    "mima kouling woaini woaizuguo zhongguo zhonghua beijing shanghai tianjin chongqing guangzhou"
    " shenzhen hangzhou nanjing wuhan chengdu xian jinan zhengzhou changsha nanchang hefei fuzhou"
    " kunming guiyang nanning haikou lanzhou xining yinchuan wulumuqi lasa huhehaote haerbin changchun"
    " shenyang shijiazhuang taiyuan guanliyuan anquan baomi jimi juemi neibu gongkai wenjian dangan"
    " bangong bangongshi danwei lingdao zhuren juzhang chuzhang kezhang mishu jiyao jiyaoshi gongwen"
    " xitong jisuanji diannao wangluo fuwuqi shujuku nihao xiexie xinnian kuaile jiankang pingan"
    " facai gongxi fada shunli chenggong nuli fendou jiayou tuanjie renmin gongchandang zhengfu"
    " xianwei shiwei shengwei zhengwu xingzheng shenpi fuwu zhongxin dating chuangkou zhigong"
    " laopo laogong baobao baobei mama baba xiaoming xiaohong zhangsan lisi wangwu zhaoliu"
    " chunjie zhongqiu guoqing laodong yuandan qingming duanwu changcheng changjiang huanghe"
)
SURNAMES = (
    "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo zheng liang"
    " xie song tang feng yu dong xiao cheng cao yuan deng shen zeng peng lv su lu jiang cai jia ding"
    " wei xue ye yan pan du dai xia zhong tian ren fan fang shi yao liao zou xiong jin hao kong bai"
    " cui kang mao qiu qin gu hou shao meng long wan duan qian yin chang"
)
TAILS = (
    "1",
    "12",
    "123",
    "1234",
    "12345",
    "123456",
    "321",
    "520",
    "521",
    "666",
    "888",
    "000",
    "007",
    "abc",
)


def longest_run(text: str) -> int:
    """The longest stretch of neighbours: 4567, fedc, asdf, 1qaz; two keys alone are no run."""
    best = max((_run(text, line) for line in (ALPHABET, DIGITS, *ROWS)), default=1)
    for column in COLUMNS:
        if len(column) > 3 and (column in text or column[::-1] in text):
            best = max(best, len(column))
    return best


def generate() -> Iterator[str]:
    """Every entry once, in the order of the rules."""
    seen: set[str] = set()
    for word in _candidates():
        if len(word) >= 4 and word not in seen:
            seen.add(word)
            yield word


@cache
def words() -> frozenset[str]:
    """The list as shipped."""
    lines = FILE.read_text(encoding="utf-8").split("\n")
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _run(text: str, line: str) -> int:
    """The longest stretch of `text` that walks along `line` in one direction."""
    best = now = 1
    step = 0
    for before, after in itertools.pairwise(text):
        found = line.index(after) - line.index(before) if before in line and after in line else 0
        if abs(found) != 1:
            found = 0
        now = now + 1 if found and found == step else (2 if found else 1)
        step = found
        best = max(best, now)
    return best


def _candidates() -> Iterator[str]:
    yield from _digits()
    yield from _keys()
    for word in (*ENGLISH.split(), *PINYIN.split()):
        yield word
        yield word[::-1]
        for tail in (*TAILS, "2024", "2025", "2026"):
            yield word + tail
        yield word * 2
    for surname in SURNAMES.split():
        for tail in ("123", "1234", "123456", "520", "888", "2024", "2025", "2026"):
            yield surname + tail
    for letters in ("a", "aa", "abc", "abcd", "qwe", "asd", "zxc", "qq", "wx", "xm", "mm"):
        for tail in TAILS:
            yield letters + tail
            yield tail + letters


def _digits() -> Iterator[str]:
    for digit in DIGITS:
        for size in (4, 6, 7, 8, 9, 10):
            yield digit * size
    for size in range(4, 11):
        for start in range(0, 11 - size):
            run = "01234567890"[start : start + size]
            yield from (run, run[::-1])
    for pair in range(10, 100):
        yield str(pair) * 3
        yield str(pair) * 4
    for year in range(1950, 2031):
        yield str(year)
        yield f"{year}{year}"
    for year in range(1960, 2011):
        for day in ("0101", "0501", "0601", "0701", "0801", "1001", "1225"):
            yield f"{year}{day}"
    yield from ("5201314", "1314520", "520520", "147258", "147258369", "159357", "123321", "112233")


def _keys() -> Iterator[str]:
    for row in ROWS:
        for size in range(4, len(row) + 1):
            for start in range(0, len(row) - size + 1):
                run = row[start : start + size]
                yield from (run, run[::-1])
    for size in (2, 3, 4):
        for start in range(0, len(COLUMNS) - size + 1):
            run = "".join(COLUMNS[start : start + size])
            yield from (run, run[::-1])
    for size in range(4, 27):
        yield ALPHABET[:size]


if __name__ == "__main__":
    head = "# 弱口令表：由 rules/weak.py 按规律生成，不取自外部名单。\n"
    FILE.write_text(head + "\n".join(generate()) + "\n", encoding="utf-8")
