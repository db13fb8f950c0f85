"""What the tests of this room start from: machines and media in every state, shops, approvers who agree."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from conftest import NOW, prepared
from shoumi.domains.equipment.models import Device, Provider
from shoumi.domains.equipment.services import issuing, permits, providers, registering
from shoumi.kernel.levels import Level
from shoumi.platform.approvals.models import Case, Seat
from shoumi.platform.approvals.services import agree
from shoumi.platform.custody.models import Handover
from shoumi.platform.custody.services import accept
from shoumi.platform.directory.models import Person

PROOF = {
    "passed": True,
    "standard_proof": "BMJC-2026-001",
    "certificate": "RZ-2026-7",
    "emission": "低辐射机",
    "import_check": "JC-1",
}


def fresh(row: Any) -> Any:
    """The row as it now stands in the database, with nothing kept from before."""
    return type(row)._base_manager.get(pk=row.pk)


def registered(office: SimpleNamespace, level: Level = Level.PUBLIC, **changed: Any) -> Device:
    """A computer of 单平; a classified one has all three responsible persons."""
    at = changed.pop("at", NOW)
    given: dict[str, Any] = {
        "kind": "computer",
        "number": "甲-001",
        "name": "长城 TN140",
        "level": level,
        "place": office.safe,
        "disks": "WD-1",
        "first": office.handler,
        "location": "三楼 305 室",
    }
    if level.is_state_secret:
        given |= {"number": "涉-001", "second": office.chief, "third": office.leader}
    given |= changed
    given.setdefault("serial", f"SN-{given['number']}")
    return registering.register(actor=office.office, at=at, **given)


def in_use(office: SimpleNamespace, level: Level = Level.PUBLIC, **changed: Any) -> Device:
    """The same, looked at and put into use; it lies in the safe until it is issued."""
    at = changed.get("at", NOW)
    device = registered(office, level, **changed)
    registering.accept(actor=office.office, subject=device, at=at, **PROOF)
    registering.commission(actor=office.office, subject=fresh(device), at=at)
    return fresh(device)


def stick(office: SimpleNamespace, level: Level = Level.PUBLIC, **changed: Any) -> Device:
    """A USB stick in use, on the shelf."""
    secret = level.is_state_secret
    given = {
        "kind": "usb",
        "number": "涉盘-1" if secret else "盘-1",
        "name": "华旗 32G",
        "serial": "U-9" if secret else "U-1",
        "disks": "",
        "second": None,
        "third": None,
    }
    return in_use(office, level, **(given | changed))


def handed(office: SimpleNamespace, device: Device, receiver: Person, *, at: Any = NOW) -> Device:
    """Issued and signed for."""
    batch: Handover = issuing.issue(
        actor=office.office, subject=fresh(device), receiver=receiver, at=at
    )
    accept(actor=receiver, subject=batch, at=at)
    return fresh(device)


def provider(office: SimpleNamespace, kind: str = "repair", **changed: Any) -> Provider:
    at = changed.pop("at", NOW)
    given: dict[str, Any] = {
        "kind": kind,
        "name": "岚江涉密设备维修中心" if kind == "repair" else "岚江公文销毁站",
        "credential": "岚保〔2026〕3号",
        "valid_until": at.date() + timedelta(days=300),
    }
    return providers.enter_provider(actor=office.office, at=at, **(given | changed))


def approve(paper: Any, *, at: Any = NOW) -> Any:
    """Every approver in turn agrees; the paper as it then stands."""
    case = Case.unscoped.get(pk=fresh(paper).case_id)
    while case.state == Case.State.OPEN:
        seat = Seat.objects.filter(step__case=case, state=Seat.State.WAITING).first()
        agree(actor=Person.objects.get(pk=seat.person_id), subject=case, at=at)
        case = Case.unscoped.get(pk=case.pk)
    return fresh(paper)


def permitted(
    office: SimpleNamespace, device: Device, kind: str, *, actor: Person, at: Any = NOW, **more: Any
) -> Any:
    """Leave that was asked for and granted."""
    asked = permits.request_permit(
        actor=actor,
        subject=device,
        at=at,
        kind=kind,
        reason="工作需要",
        since=at.date(),
        until=at.date() + timedelta(days=30),
        **more,
    )
    return approve(asked, at=at)


def put(office: SimpleNamespace, device: Device, **fields: Any) -> Device:
    """Fields set directly while a world is prepared."""
    with prepared(office.body):
        Device.unscoped.filter(pk=device.pk).update(**fields)
    return fresh(device)
