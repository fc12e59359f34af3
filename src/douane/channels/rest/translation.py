"""From values of the runtime to the JSON of the REST channel."""

from __future__ import annotations

import base64
import datetime as dt
from email.utils import format_datetime

from douane.runtime.delivery.recent import Item
from douane.runtime.delivery.status import Answered, MessageStatus
from douane.runtime.store.envelope import Receipt, unpack_faults
from douane.runtime.store.origin import Media
from douane.vocabulary.errors import Fault


def instant(value: int) -> str:
    """An instant as RFC 3339 text."""
    return dt.datetime.fromtimestamp(value / 1e6, dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def receipt_json(receipt: Receipt) -> dict[str, object]:
    """A receipt: what a sender keeps as proof that the message is on disk."""
    return {
        "id": receipt.id,
        "receipt": f"{receipt.position:x}",
        "case": f"{receipt.subject:016x}",
        "received": instant(receipt.received),
        "digest": receipt.digest.hex(),
        "leaf": receipt.leaf.hex(),
        "promise": base64.b64encode(receipt.promise).decode(),
    }


def item_json(item: Item) -> dict[str, object]:
    """A message of an inbox; XML bodies as text, JSON bodies as they are."""
    row = item.row
    return {
        "id": f"{item.position:x}",
        "type": row.type,
        "message": row.id,
        "answers": row.correlation,
        "case": f"{row.subject:016x}",
        "origin": row.passed_on_for,
        "origin_kind": row.origin.caller.kind.value if row.origin is not None else "",
        "administration": row.administration,
        "sent": instant(row.at),
        "digest": row.content.digest.hex(),
        "media": "application/json" if row.content.media == Media.JSON else "application/xml",
        "body": item.body.decode(),
    }


def status_json(status: MessageStatus) -> dict[str, object]:
    """What became of a message; answers that can be read again with their bodies, the others by name."""
    return {
        "message": status.id,
        "operation": status.operation,
        "received": instant(status.received),
        "state": status.state,
        "faults": [_fault(fault) for fault in unpack_faults(status.faults)],
        "answers": [_answer(each) for each in status.answers],
        "after": status.after,
    }


def _fault(fault: Fault) -> dict[str, object]:
    return {"pointer": fault.pointer, "code": fault.code, "rule": fault.rule, "value": fault.value,
            "remedy": fault.remedy}  # fmt: skip


def _answer(answered: Answered) -> dict[str, object]:
    whole = item_json(answered.item) | {"delivery": answered.state}
    return whole if answered.readable else {name: value for name, value in whole.items() if name != "body"}


def ending_headers(deprecated: dt.date | None, sunset: dt.date | None, successor: str) -> tuple[tuple[str, str], ...]:
    """What an answer says of the end of what was called: Deprecation (RFC 9745), Sunset (RFC 8594), its successor."""
    found = []
    if deprecated is not None:
        found.append(("deprecation", f"@{int(_midnight(deprecated).timestamp())}"))
    if sunset is not None:
        found.append(("sunset", format_datetime(_midnight(sunset), usegmt=True)))
    if successor:
        found.append(("link", f'<{successor}>; rel="successor-version"'))
    return tuple(found)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
