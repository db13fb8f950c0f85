"""What people do with a paper; each button stands exactly when its service would agree."""

from typing import Any

from shoumi.domains.documents import forms
from shoumi.domains.documents.forms import matters
from shoumi.domains.documents.models import (
    Attendance,
    Document,
    Opening,
    SentBack,
)
from shoumi.domains.documents.services import (
    anomalies,
    correcting,
    deciding,
    filing,
    labels,
    lapses,
    meetings,
    opening,
    receiving,
    returning,
    telegrams,
)
from shoumi.platform.obligations.services import duties_about
from shoumi.platform.registers.verb import Verb

State = Document.State


def charged(paper: Any, actor: Any) -> bool:
    """Whether the instruction made this person its handler, and the result is still owed."""
    return duties_about(paper, kind=deciding.HANDLE_DUTY, person=actor).exists()


# The rows beside a paper bear its label, and are read once for all buttons of its page.
def lacks_seal(paper: Any) -> bool:
    found = getattr(paper, "opening", None)
    return found is not None and found.seal == Opening.Seal.AWAITED


def owes_slip(paper: Any) -> bool:
    found = getattr(paper, "opening", None)
    return found is not None and found.slip == Opening.Slip.AWAITED


def has_anomaly(paper: Any) -> bool:
    found = getattr(paper, "envelope", None)
    return found is not None and bool(found.anomaly) and found.reported_at is None


def anomaly_waits(paper: Any) -> bool:
    found = getattr(paper, "envelope", None)
    return found is not None and found.reported_at is not None and found.handled_at is None


def unanswered(paper: Any) -> bool:
    found = getattr(paper, "telegram", None)
    return found is not None and found.slip_at is None


def untold(paper: Any) -> bool:
    found = getattr(paper, "telegram", None)
    return found is not None and found.important and found.told_at is None


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

REVIEW = Verb(
    correcting.REVIEW,
    correcting.review,
    when=lambda paper: paper.reviewed_at is None,
    whose=lambda paper, actor: paper.signed_by_id != actor.pk,
)
ADD_SEAL = Verb(
    opening.ADD_SEAL, opening.add_seal, when=lacks_seal, next="「待补章」已销号，可以办结。"
)
SEND_SLIP = Verb(
    opening.SEND_SLIP, opening.send_slip, matters.SlipForm, when=owes_slip, next="回执已退回。"
)
REPORT_ANOMALY = Verb(
    anomalies.REPORT, anomalies.report_anomaly, when=has_anomaly, next="已列入办公室主任待办。"
)
HANDLE_ANOMALY = Verb(
    anomalies.HANDLE, anomalies.handle_anomaly, matters.AnomalyForm, when=anomaly_waits
)
GIVE_SLIP = Verb(telegrams.SLIP, telegrams.give_slip, when=unanswered, next="回单时间已登记。")
TELL = Verb(telegrams.TELL, telegrams.tell, matters.TellForm, when=untold, next="可以拟办。")
NOTE_LAPSE = Verb(lapses.REGISTER, lapses.register_lapse, matters.LapseForm)

REGISTER_RETURN = Verb(
    returning.REGISTER,
    returning.register_return,
    matters.ReturnForm,
    next="请当日退回，并由接件人签名。",
)
GO_BACK = Verb(
    returning.GO,
    returning.go_back,
    matters.GoBackForm,
    when=lambda row: row.state == SentBack.State.HERE,
)
ANNOUNCE = Verb(
    meetings.ANNOUNCE, meetings.announce, matters.AnnounceForm, next="会后请将带回的密件交机要室。"
)
HAND_IN = Verb(
    meetings.HAND_IN,
    meetings.hand_in,
    matters.HandInForm,
    when=lambda row: row.state == Attendance.State.DUE,
)
NOTHING_BROUGHT = Verb(
    meetings.NOTHING,
    meetings.nothing_brought,
    when=lambda row: row.state == Attendance.State.DUE,
    whose=lambda row, actor: row.person_id == actor.pk,
    confirm=True,
)
CHECK_FILES = Verb(filing.CHECK, filing.check_files, matters.FilesForm)
REMEDIED = Verb(
    filing.REMEDY,
    filing.remedied,
    when=lambda row: bool(row.faults) and row.remedied_at is None,
)

ON_A_PAPER = (
    GIVE_SLIP,
    TELL,
    COMPLETE,
    ADD_SEAL,
    SEND_SLIP,
    REPORT_ANOMALY,
    HANDLE_ANOMALY,
    PROPOSE,
    INSTRUCT,
    REPORT,
    PRINT_LABELS,
    REVIEW,
    CORRECT,
    CLOSE,
    NOTE_LAPSE,
)
