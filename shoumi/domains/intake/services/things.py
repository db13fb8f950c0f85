"""计算机台账 and 移动存储介质台账 become things in custody, with their keepers and every value of the row."""

from typing import Any

from shoumi.domains.equipment.services import SEEING, enter_opening_device
from shoumi.domains.intake.rules.assets import Asset
from shoumi.domains.intake.rules.computers import network_of
from shoumi.domains.intake.rules.values import name_of
from shoumi.domains.intake.rules.words import has_any, is_blank, words_of
from shoumi.domains.intake.services.rows import REASON, UNCLEAR, Taker, values_of
from shoumi.kernel.levels import Level
from shoumi.platform.access.services import label_for
from shoumi.platform.access.subjects import day_of, person_principal, post_principal
from shoumi.platform.custody.models import Holder, Item
from shoumi.platform.custody.services import Opening, enter_opening


class Things(Taker):
    """One item a row; `keeper` names the field of the person who answers for it."""

    keeper = ""
    kind = Item.Kind.OTHER

    def take(self, records: list[Asset]) -> None:
        for asset in records:
            if asset.is_rejected or not asset.code:
                self.leave(asset.row, "有须定夺的问题" if asset.is_rejected else "没有编号")
                continue
            self._take(asset)
        self.write_rows()

    def kind_of(self, asset: Asset) -> str:
        return self.kind

    def device_of(self, asset: Asset) -> dict[str, Any]:
        """What the row says of the thing as a device."""
        raise NotImplementedError

    def _take(self, asset: Asset) -> None:
        level = asset.mark.level if asset.mark.level is not None else Level.PUBLIC
        person = self.person(name_of(asset.row.get(self.keeper)))
        principals = {post_principal(post, self.body.pk) for post in SEEING}
        label = label_for(
            level=level,
            body=self.body,
            principals=principals | ({person_principal(person.pk)} if person else set()),
            basis="旧台账入账",
            on=day_of(self.at),
        )
        place = self.place_in(asset.row.text("place")) or self.place_called(UNCLEAR)
        kept = self.with_person(person) if person else None
        entered = kept or self.at_place(place)
        gone = asset.is_scrapped and not is_blank(asset.row.get("dest"))
        sink = Holder.Sink.DESTROYED.value
        now = self.gone(sink) if gone else entered
        items = enter_opening(
            [Opening(label, self.kind_of(asset), asset.code[:60], entered, now, case_ref="")],
            at=self.at,
            reason=REASON,
        )
        device = enter_opening_device(
            items[0],
            serial=asset.row.text("serial"),
            location=asset.row.text("place"),
            by=self.actor,
            at=self.at,
            **self.device_of(asset),
        )
        values = values_of(asset.row) | {
            "code": asset.code,
            "is_classified": asset.is_classified,
            "level_value": int(level) if asset.mark.level is not None else None,
        }
        self.keep(
            asset.row,
            label=label,
            values=values,
            made=[label, *items, *([device] if device else [])],
        )


class Computers(Things):
    keeper = "first"
    kind = Item.Kind.COMPUTER

    def device_of(self, asset: Asset) -> dict[str, Any]:
        row = asset.row
        people = [self.person(name_of(row.get(role))) for role in ("first", "second", "third")]
        return {
            "kind": "server" if has_any(row.text("model"), ["服务器"]) else "computer",
            "name": row.text("model"),
            "disks": row.text("disk"),
            "people": tuple(people),
            "network": network_of(row.get("net")),
        }


class Media(Things):
    keeper = "holder"
    kind = Item.Kind.MEDIUM

    def kind_of(self, asset: Asset) -> str:
        discs = words_of("media").lists["item_kinds"]["disc"]
        return Item.Kind.DISC if has_any(asset.row.text("type"), discs) else self.kind

    def device_of(self, asset: Asset) -> dict[str, Any]:
        said = asset.row.text("type")
        words = words_of("media").lists["device_kinds"]
        return {
            "kind": next((kind for kind, names in words.items() if has_any(said, names)), "usb"),
            "name": f"{said} {asset.row.text('size')}".strip(),
            "disks": "",
            "people": (self.person(name_of(asset.row.get(self.keeper))), None, None),
            "network": network_of(None),
        }
