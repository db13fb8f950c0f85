"""A passage of a registered paper is found where it was pasted, by fingerprints alone."""

from shoumi.screening import Kind, Lineage, Screener, Status, fingerprints
from shoumi.screening.passage import Passage
from shoumi.screening.tests import papers
from shoumi.screening.tests.papers import runs

KEY = b"a key of this installation"
PAPER = (
    "本年度战备物资轮换分三批进行，第一批于四月中旬完成出库，由北线运抵二号库区，沿途设三处交接点；"
    "第二批待雨季过后实施，运力由县运输队承担，押运人员每车不少于两人，交接手续当面办理，不得委托他人。"
    "第三批数量另行下达，各库应于月底前腾出仓容并上报点位，值守电话二十四小时畅通。"
)
OTHER = (
    "为进一步优化营商环境，提升窗口服务水平，县政务服务中心推出延时服务、预约服务和上门服务，"
    "群众办事只进一扇门、最多跑一次，节假日照常受理，受到企业和群众的一致好评。"
)
LINEAGE = Lineage.of({"某水发〔2025〕8号": PAPER, "某水函〔2025〕2号": OTHER}, key=KEY)


def test_a_pasted_passage_names_the_paper_it_comes_from():
    passage = PAPER[30:110]
    paper = papers.docx(top=runs("工作简报", "：") + runs("据了解，", passage[:25], passage[25:]))
    screener = Screener(pictures=False, lineage=LINEAGE)
    (finding,) = screener.scan_bytes(paper, name="简报.docx").findings
    assert (finding.kind, finding.value) == (Kind.LINEAGE, "某水发〔2025〕8号")
    assert finding.place == "正文第2段"


def test_line_ends_and_blanks_do_not_hide_it():
    pasted = "\n".join(PAPER[at : at + 17] + " " for at in range(0, 102, 17))
    (draft,) = LINEAGE.find(Passage(pasted, "正文"))
    assert draft.value == "某水发〔2025〕8号"


def test_common_phrases_are_no_lineage():
    result = Screener(pictures=False, lineage=LINEAGE).scan_bytes(papers.docx(), name="a.docx")
    assert result.status is Status.CLEAN
    assert list(LINEAGE.find(Passage(PAPER[:22] + "，特此报告。", "正文"))) == []


def test_fingerprints_say_nothing_without_the_key():
    assert fingerprints(PAPER, key=KEY) == fingerprints(PAPER, key=KEY)
    assert not fingerprints(PAPER, key=KEY) & fingerprints(PAPER, key=b"another")
    assert all(len(one) == 8 for one in fingerprints(PAPER, key=KEY))
