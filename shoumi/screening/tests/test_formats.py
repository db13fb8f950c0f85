"""Planted marks are found in every position of every format, and said to be there."""

import email.message
import io
import zipfile

import pytest

from shoumi.screening import Kind, Screener, Status
from shoumi.screening.tests import papers
from shoumi.screening.tests.papers import letter, part, runs, table, text_box

MARK = "机密★10年"
ROWS = [["序号", "事项", "时限"], [1, "巡查", "六月"], [2, "值守", "七月"]]


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener(pictures=False)


def mail() -> bytes:
    message = email.message.EmailMessage()
    message["Subject"] = "关于值守安排"
    message["From"] = "a@example.com"
    message.set_content(letter("各科室："))
    message.add_attachment(
        letter(MARK).encode("gb18030"), maintype="text", subtype="plain", filename="附件.txt"
    )
    return message.as_bytes()


def gbk_named_zip() -> bytes:
    """As the archiver of a Chinese Windows writes names: GBK without the UTF-8 flag."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        info = zipfile.ZipInfo("placeholder.txt")
        package.writestr(info, letter(MARK).encode("gb18030"))
    name = "通知1234567.txt".encode("gb18030")
    assert len(name) == len(b"placeholder.txt")
    return out.getvalue().replace(b"placeholder.txt", name)


PLANTED = {
    "docx body, cut into runs": ("a.docx", papers.docx(top=runs("机", "密", "★1", "0年")), "正文"),
    "docx header": ("a.docx", papers.docx(extra={"word/header1.xml": part("hdr", MARK)}), "页眉"),
    "docx footer": ("a.docx", papers.docx(extra={"word/footer2.xml": part("ftr", MARK)}), "页脚"),
    "docx text box": ("a.docx", papers.docx(top=text_box(MARK)), "文本框"),
    "docx table": ("a.docx", papers.docx(top=table([["密级", MARK], ["份数", "3"]])), "第2列"),
    "docx comment": (
        "a.docx",
        papers.docx(extra={"word/comments.xml": part("comments", MARK)}),
        "批注",
    ),
    "docx footnote": (
        "a.docx",
        papers.docx(extra={"word/footnotes.xml": part("footnotes", MARK)}),
        "脚注",
    ),
    "docx deleted": (
        "a.docx",
        papers.docx(top=f"<w:p><w:del><w:r><w:delText>{MARK}</w:delText></w:r></w:del></w:p>"),
        "正文",
    ),
    "docx properties": (
        "a.docx",
        papers.docx(extra={"docProps/core.xml": f"<c><keywords>{MARK}</keywords></c>"}),
        "文档属性",
    ),
    "docx embedded workbook": (
        "a.docx",
        papers.docx(extra={"word/embeddings/b.xlsx": papers.xlsx(ROWS, place="cell", text=MARK)}),
        "A1",
    ),
    "docx picture description": (
        "a.docx",
        papers.docx(top=f'<w:p><w:r><w:drawing><docPr descr="{MARK}"/></w:drawing></w:r></w:p>'),
        "替代文字",
    ),
    **{
        f"xlsx {place}": ("a.xlsx", papers.xlsx(ROWS, place=place, text=MARK), word)
        for place, word in (
            ("cell", "A1"),
            ("comment", "批注B2"),
            ("print header", "打印页眉"),
            ("print footer", "打印页眉页脚"),
            ("hidden sheet", "隐藏工作表「底稿」"),
            ("very hidden sheet", "深度隐藏工作表"),
            ("sheet name", "工作表名"),
            ("properties", "文档属性"),
        )
    },
    "pptx slide": (
        "a.pptx",
        papers.pptx({"ppt/slides/slide2.xml": papers.slide(MARK, "题目")}),
        "幻灯片2",
    ),
    "pptx notes": (
        "a.pptx",
        papers.pptx({"ppt/notesSlides/notesSlide1.xml": papers.slide(MARK)}),
        "备注页1",
    ),
    "odt body": ("a.odt", papers.odt("<text:p>机<text:span>密★</text:span>10年</text:p>"), "正文"),
    "odt header": ("a.odt", papers.odt("", styles=f"<text:p>{MARK}</text:p>"), "页眉页脚"),
    "odt properties": ("a.odt", papers.odt("", meta=f"<k>{MARK}</k>"), "文档属性"),
    "ofd body, a sign an object": ("a.ofd", papers.ofd(MARK), "第1页"),
    "ofd template": ("a.ofd", papers.ofd(template=MARK), "模板页"),
    "ofd custom data": ("a.ofd", papers.ofd(data=MARK), "自定义数据"),
    "pdf page": ("a.pdf", papers.pdf([MARK, *papers.BODY]), "第1页"),
    "pdf properties": ("a.pdf", papers.pdf(papers.BODY, title=MARK), "PDF 属性"),
    "pdf annotation": ("a.pdf", papers.pdf(papers.BODY, note=MARK), "批注"),
    "doc body": ("a.doc", papers.doc(letter(MARK).replace("\n", "\r")), "正文"),
    "doc header": ("a.wps", papers.doc("正文\r", header=f"{MARK}\r"), "页眉"),
    "xls hidden sheet": ("a.xls", papers.xls({(0, 0): "事项", (1, 1): MARK}, hidden=True), "B2"),
    "rtf body": ("a.rtf", papers.rtf(MARK), "正文"),
    "rtf header": ("a.rtf", papers.rtf("各科室", header=MARK), "页眉"),
    "html split by tags": ("a.html", "<p>机<b>密</b>&#9733;1<i>0</i>年</p>".encode(), "网页正文"),
    "html comment": ("a.html", f"<p>正文</p><!-- {MARK} -->".encode(), "网页注释"),
    "html description": ("a.html", f'<img alt="{MARK}"><p>正文</p>'.encode("gb18030"), "替代文字"),
    "txt utf-8": ("a.txt", letter(MARK).encode(), "第1行"),
    "txt gb18030": ("a.txt", letter(MARK).encode("gb18030"), "第1行"),
    "txt utf-16": ("a.txt", letter(MARK).encode("utf-16"), "第1行"),
    "txt utf-16 without a mark": ("a.txt", letter(MARK).encode("utf-16-le"), "第1行"),
    "csv": ("a.csv", f"{MARK}\n序号,事项\n1,巡查".encode("gb18030"), "第1行"),
    "eml attachment": ("a.eml", mail(), "第1行"),
    "file name": ("（机密★10年）通知.txt", letter("各科室").encode(), "文件名"),
    "wrong extension": ("a.jpg", papers.docx(top=runs(MARK)), "正文"),
    "zip in zip": (
        "a.zip",
        papers.packed({"b.zip": papers.packed({"c.txt": letter(MARK)})}),
        "第1行",
    ),
    "zip with gbk names": ("a.zip", gbk_named_zip(), "第1行"),
    "tar.gz": ("a.tar.gz", papers.tarred({"b.txt": letter(MARK).encode()}), "第1行"),
}


@pytest.mark.parametrize("case", PLANTED)
def test_a_planted_mark_is_found_where_it_stands(case: str, screener: Screener):
    name, data, place = PLANTED[case]
    result = screener.scan_bytes(data, name=name)
    marks = [finding for finding in result.findings if finding.kind is Kind.MARK]
    assert {finding.value for finding in marks} == {MARK}
    assert any(place in finding.place for finding in marks), [m.place for m in marks]
    assert result.status is Status.FOUND
    assert not result.unread


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", papers.docx()),
        ("a.xlsx", papers.xlsx(ROWS)),
        ("a.pptx", papers.pptx({})),
        ("a.odt", papers.odt("")),
        ("a.ofd", papers.ofd()),
        ("a.pdf", papers.pdf(papers.BODY)),
        ("a.doc", papers.doc("某某县水务局\r关于值守的通知\r")),
        ("a.xls", papers.xls({(0, 0): "事项", (1, 0): "巡查"})),
        ("a.rtf", papers.rtf("各科室")),
    ],
)
def test_the_same_papers_without_a_mark_are_clean(name: str, data: bytes, screener: Screener):
    result = screener.scan_bytes(data, name=name)
    assert result.status is Status.CLEAN, (result.findings, result.unread)


def test_members_of_archives_are_named_as_their_makers_wrote_them(screener: Screener):
    nested = papers.packed(
        {"外层资料.zip": papers.packed({"内层.docx": papers.docx(top=runs(MARK))})}
    )
    (finding,) = screener.scan_bytes(nested, name="a.zip").findings
    assert finding.inside == "外层资料.zip!内层.docx"
    (finding,) = screener.scan_bytes(gbk_named_zip(), name="a.zip").findings
    assert finding.inside == "通知1234567.txt"


def test_one_mark_of_a_sheet_is_told_once_and_what_was_deleted_is_told_too(screener: Screener):
    shown = screener.scan_bytes(papers.xlsx(ROWS, place="cell", text=MARK), name="a.xlsx")
    assert [finding.place for finding in shown.findings] == ["工作表「一览表」A1"]
    book = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(papers.xlsx(ROWS))) as old, zipfile.ZipFile(book, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/sharedStrings.xml", f"<sst><si><t>{MARK}</t></si></sst>")
    (finding,) = screener.scan_bytes(book.getvalue(), name="a.xlsx").findings
    assert finding.place == "已删除而仍保存的文字"


def test_a_part_of_unknown_kind_is_not_passed_over(screener: Screener):
    extra = {"word/media/录音.dat": bytes(range(256)) * 8, "word/afchunk.mht": letter(MARK)}
    result = screener.scan_bytes(papers.docx(extra=extra), name="a.docx")
    assert [finding.value for finding in result.findings] == [MARK]
    assert [one.inside for one in result.unread] == ["嵌入对象录音.dat"]


def test_numbers_of_old_and_new_workbooks_are_read_as_they_were_typed(screener: Screener):
    for name, data in (
        (
            "a.xls",
            papers.xls({(0, 0): "姓名", (0, 1): "手机号", (1, 0): "某甲", (1, 1): 13900768797.0}),
        ),
        ("a.xlsx", papers.xlsx([["姓名", "手机号"], ["某甲", 13900768797.0]])),
    ):
        (finding,) = screener.scan_bytes(data, name=name).findings
        assert (finding.kind, finding.value) == (Kind.PHONE, "13900768797")
        assert "B2" in finding.place


def test_a_scanned_page_is_read_as_a_picture():
    lines = ["000123", MARK, "某某县水务局文件", "关于做好汛期值守工作的通知"]
    result = Screener().scan_bytes(papers.page_image(lines, form="PDF"), name="扫描.pdf")
    found = {(finding.kind, finding.value) for finding in result.findings}
    assert {(Kind.MARK, MARK), (Kind.COPY_NUMBER, "000123")} <= found
    assert not result.unread


def test_a_picture_without_writing_about_secrets_is_clean():
    data = papers.page_image(["某某县水务局", "本周安排如下"], form="JPEG")
    assert Screener().scan_bytes(data, name="a.jpg").status is Status.CLEAN
