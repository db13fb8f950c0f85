"""What people do with a paper; each button stands exactly when its service would agree."""

from typing import Any

from shoumi.domains.documents import forms
from shoumi.domains.documents.models import Document
from shoumi.domains.documents.services import correcting, deciding, labels, receiving
from shoumi.platform.obligations.services import duties_about
from shoumi.platform.registers.verb import Verb

State = Document.State


def charged(paper: Any, actor: Any) -> bool:
    """Whether the instruction made this person its handler, and the result is still owed."""
    return duties_about(paper, kind=deciding.HANDLE_DUTY, person=actor).exists()


RECEIVE = Verb(
    receiving.RECEIVE,
    receiving.receive,
    forms.ReceiveForm,
    next="已编号入账，办公室主任的待办中已有拟办；请打印标签贴于各份。",
)
COMPLETE = Verb(
    deciding.COMPLETE,
    deciding.complete,
    when=lambda paper: paper.state == State.RECEIVED,
    next="可以拟办。",
)
PROPOSE = Verb(
    deciding.PROPOSE,
    deciding.propose,
    forms.ProposeForm,
    when=lambda paper: paper.state == State.REGISTERED,
    next="已送请领导批示。",
)
INSTRUCT = Verb(
    deciding.INSTRUCT,
    deciding.instruct,
    forms.InstructForm,
    when=lambda paper: paper.state == State.PROPOSED,
    next="已通知机要员和承办人。",
)
REPORT = Verb(
    deciding.REPORT,
    deciding.report,
    forms.ReportForm,
    whose=charged,
    next="承办事项已销号。",
)
CLOSE = Verb(
    deciding.CLOSE,
    deciding.close,
    forms.CloseForm,
    when=lambda paper: paper.state in (State.INSTRUCTED, State.CIRCULATED),
    confirm=True,
    next="待立卷归档。",
)
PRINT_LABELS = Verb(
    labels.PRINT,
    labels.print_labels,
    forms.LabelsForm,
    next="按「单据」栏的「标签」打开本次标签页打印。",
)
CORRECT = Verb(correcting.CORRECT, correcting.correct, forms.CorrectForm, confirm=True)

ON_A_PAPER = (COMPLETE, PROPOSE, INSTRUCT, REPORT, PRINT_LABELS, CORRECT, CLOSE)
