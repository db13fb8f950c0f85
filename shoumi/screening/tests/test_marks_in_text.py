"""Marks are told from mentions, whatever disguise they wear; both engines agree."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shoumi.screening.detector import Detector, check_examples
from shoumi.screening.findings import Kind
from shoumi.screening.passage import Passage, Zone
from shoumi.screening.rules import BadRule, own_rules, read_rules
from shoumi.screening.tests.papers import letter
from shoumi.screening.words import WordList

FAST = Detector()
WORDS = WordList(("天枢管线综合图", "LX-63终端", "0319工作组", "飞虹", "石门"), allowed=("飞虹路",))
WITH_WORDS = Detector(WORDS)
PORTABLE = Detector(WORDS, portable=True)


def found(
    text: str, *, detector: Detector = FAST, zone: Zone = Zone.BODY, head: int = 6
) -> list[tuple[str, str]]:
    passage = Passage(text, "正文", zone, "行", head)
    return [(draft.kind.value, draft.value) for _, draft, _ in detector.detect([passage])]


def held(text: str, **where: object) -> list[tuple[str, str]]:
    return [one for one in found(text, **where) if Kind(one[0]).holds]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "written",
    [
        "机　密★１０年",
        "机 密 ★ 1 0 年",
        "机\u200b密\u200b★\u200b1\u200b0\u200b年",
        "机\u00ad密\u00ad★\u00ad10年",
        "机\u200c密\u2060★10年",
        "机·密·★10年",
        "机.密.★.10年",
        "机。密。★10年",
        "机-密-★10年",
        "机/密/★10年",
        "機密★10年",
        "機宻☆10年",
        "机密*10年",
        "机密⭐️10年",
        "机密※10年",
        "机密 10年",
        "机密10年",
        "机密★十年",
        "机\n密\n★\n1\n0\n年",
        "机密\n★10年",
        "【机密★10年】",
        "密级和保密期限：机密★10年",
        "机密★10年　　特急",
        "机密级★10年",
        "某某县水务局  机密★10年",
        "机密★10年某某县水务局文件",
    ],
)
def test_every_disguise_of_a_mark_is_seen_through(written: str):
    assert ("mark", "机密★10年") in found(letter(written))
    assert len([one for one in held(letter(written)) if one[0] == "mark"]) == 1


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("绝密★长期", "绝密★长期"),
        ("絕密★長期", "绝密★长期"),
        ("秘密★六个月", "秘密★6个月"),
        ("秘密★2030.05.01", "秘密★2030年5月1日"),
        ("机密★二十年", "机密★20年"),
        ("绝密★启用前", "绝密★启用前"),
        ("绝密 启用前", "绝密★启用前"),
        ("机密★项目验收后", "机密★项目验收后"),
        ("秘密★", "秘密"),
        ("机 密", "机密"),
    ],
)
def test_every_form_of_a_period_is_read(written: str, value: str):
    assert held(letter(written)) == [("mark", value)]


@pytest.mark.parametrize(
    "text",
    [
        "文件首页标注“秘密★5年”的，表示该文件为秘密级。",
        "规范的标注是：机密★10年。",
        "例如：秘密★1年、机密★5年、绝密★长期。",
        "A.机密★10年    B.★机密10年    C.机密10年★    D.10年★机密",
        "①机密★10年 ②秘密★5年",
        "应标注（ 机密★10年 ）。",
        "标志样式：机密★10年",
        "示例一：\n机密★10年",
        "《绝密★543》是一档节目",
        "他的日记本里写着：绝密★十年之约！",
        "推荐指数：★★★★ 绝密★★★",
        "机密性、完整性和可用性是信息安全的三个属性",
        "《秘密花园》讲述了一个秘密十年未被发现的故事。",
        "双方的商业秘密★3年内不得披露",
        "国家秘密的密级分为：\n绝密\n机密\n秘密",
        "密级：□绝密 □机密 □秘密",
        "机密级 10年以下的文件由专人保管。",
        "内部控制是管理的重要内容。",
        "份号一般用6位3号阿拉伯数字。",
    ],
)
def test_what_is_only_spoken_of_does_not_hold_a_file(text: str):
    above = "保密知识讲义\n第一讲\n一、总则\n二、范围\n三、要求\n四、方法\n五、其他\n"
    assert held(text) == []
    assert held(above + text) == []


def test_a_mention_is_told_as_such():
    assert found("文件首页标注“秘密★5年”的，表示秘密级。") == [("mention", "秘密★5年")]


def test_a_lone_level_means_a_mark_only_where_marks_stand():
    far = "\n".join(f"第{n}项工作" for n in range(20))
    assert held(f"{far}\n机密\n{far}") == []
    assert held("机密", zone=Zone.MARGIN, head=0) == [("mark", "机密")]
    assert held("关于某事的请示（机密）.docx", zone=Zone.NAME, head=0) == [("mark", "机密")]


def test_a_misread_star_is_understood_in_pictures_only():
    assert held("机密大10年\n某某县水务局文件", zone=Zone.PICTURE, head=8) == [
        ("mark", "机密★10年")
    ]
    assert held("机密大10年\n某某县水务局文件") == []


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("内部资料　注意保存", "内部资料 注意保存"),
        ("内部事项 注意保管", "内部事项 注意保管"),
        ("工作秘密", "工作秘密"),
        ("（内部资料，严禁外传）", "内部资料，严禁外传"),
        ("内部★3年", "内部★3年"),
        ("工作秘密★5年", "工作秘密★5年"),
        ("仅供内部使用", "仅供内部使用"),
    ],
)
def test_marks_of_work_secrets_are_a_kind_of_their_own(written: str, value: str):
    assert ("internal_mark", value) in found(letter(written))
    assert "mark" not in {kind for kind, _ in found(letter(written))}


def test_six_digits_are_a_copy_number_only_beside_a_mark():
    assert ("copy_number", "000123") in found(letter("000123\n机密★10年"))
    assert ("copy_number", "000123") in found(letter("000123 机密★10年 特急"))
    assert found(letter("000123")) == []


PIECES = st.sampled_from(
    [
        "机密",
        "秘 密",
        "绝密",
        "★",
        "☆",
        "10年",
        "长期",
        "启用前",
        "\n",
        "\t",
        " ",
        "\u200b",
        "内部",
        "资料",
        "注意保存",
        "“",
        "”",
        "：",
        "份号",
        "000123",
        "519921199202194625",
        "13800305529",
        "6299021176142993",
        "138 0030 5529",
        "天枢管线综合图",
        "天 枢管线综合图",
        "ＬＸ-63终端",
        "lx-63终端",
        "0319工作组",
        "飞虹路",
        "飞虹",
        "石\n门",
        "a@b.com",
        "0849-6229896",
        "住址：某县某镇某路1号",
        "的文件",
        "通知",
        "。",
        "A.",
        "1",
        "X",
    ]
)


@settings(max_examples=250, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_the_portable_engine_finds_the_same(text: str):
    assert found(text, detector=PORTABLE) == found(text, detector=WITH_WORDS)


def test_every_rule_keeps_to_its_examples():
    check_examples(own_rules())
    assert all(rule.true and rule.false for rule in own_rules().rules)


RULE = """
[signs]
[[rule]]
key = "x"
kind = "email"
verify = "email"
anchor = '[a-z]@[a-z]'
why = "试"
true = [{ text = "%s", value = "a@b.cn" }]
false = [%s]
"""


@pytest.mark.parametrize(
    ("true", "false"), [("没有", '"无"'), ("a@b.cn", '"c@d.cn"'), ("a@b.cn", "")]
)
def test_a_rule_that_breaks_its_word_does_not_load(true: str, false: str):
    with pytest.raises(BadRule):
        check_examples(read_rules(RULE % (true, false)))
