"""What is told about a message that came by a queue: arrival, delivery, or an exception with its faults. Pure."""

from __future__ import annotations

import datetime as dt

import msgspec

from douane.runtime.store.transmission import WireForm
from douane.standards.csi.message import Message, Report, report
from douane.vocabulary.errors import DouaneError


def taken(about: Message, position: int) -> list[Message]:
    """The reports about a message that is journalled: it arrived, and the application has it."""
    wanted = [each for each in (Report.COA, Report.COD) if about.asks_for(each)]
    return [report(about, each, id=f"{each.value}-{position:x}") for each in wanted]


def refused(about: Message, error: DouaneError, number: str) -> list[Message]:
    """The report about a message that nobody will take: the same faults as any other channel names."""
    if not about.asks_for(Report.EXCEPTION):
        return []
    made = report(about, Report.EXCEPTION, id=f"EXC-{number}"[:64], reason=f"{error.code} {error.text} {error.remedy}")
    content = {"code": error.code, "detail": error.text, "remedy": error.remedy,
               "faults": [each.named() for each in error.faults]}  # fmt: skip
    return [msgspec.structs.replace(made, body=msgspec.json.encode(content))]


def form_of(message: Message, queue: str) -> WireForm:
    """A message with its properties as evidence keeps them; the user is the one that the carrier proved."""
    qos = message.qos
    expires = dt.datetime.fromtimestamp(qos.expires / 1e6, dt.UTC).isoformat() if qos.expires else ""
    return WireForm(
        (
            ("queue", queue),
            ("message_id", message.id),
            ("user_id", message.user),
            ("type", message.type),
            ("priority", str(qos.priority)),
            ("expires", expires),
            ("reply_to", qos.reply_to),
            ("correlation_id", qos.correlation),
            ("csi-reports", ",".join(sorted(qos.reports))),
            ("csi-report-to", qos.report_to),
        ),
        message.body,
    )
