"""A CC015C of 1, 12 and 100 items as EDIFACT and as fixed-width records: written and read, beside our own XML.

Writing goes from the typed message to octets, reading back to the typed message with every fault looked for. The peer,
pydifact, only splits an interchange into segments and joins them: it knows no message, so it is the floor of any
reader that is built on it, ours included.
"""

from __future__ import annotations

import datetime as dt
import itertools
from importlib.metadata import version

from pydifact.segmentcollection import Interchange

from bench.declaration import declaration
from bench.xml_binding import ITEMS, Row, cost
from douane.standards.edifact import interchange as edifact
from douane.standards.edifact.repertoires import REPERTOIRES
from douane.standards.ncts import phase5 as xml
from douane.standards.ncts.legacy import records, segments
from douane.standards.ncts.phase5.generated.structs import Message

REPERTOIRE = REPERTOIRES["UNOC"]
HEADER = edifact.Header(edifact.Party("NTA.FR"), edifact.Party("NTA.DE"), dt.datetime(2026, 11, 24, 12), "R1")


def segmented(message: Message) -> bytes:
    """An interchange with this message."""
    return edifact.write(HEADER, [segments.write(message, REPERTOIRE)[0]])


def desegmented(data: bytes) -> Message:
    """Its message."""
    return segments.read(edifact.read(data).messages[0])


def recorded(message: Message) -> bytes:
    """A file with this message."""
    return records.write(message, REPERTOIRE)[0]


def read_records(data: bytes) -> Message:
    """Its message."""
    return records.read(records.blocks(data)[0])


FORMS = {
    "EDIFACT": (segmented, desegmented),
    "records": (recorded, read_records),
    "XML": (xml.write, xml.read),
}


def measure(items: int, share: float) -> list[Row]:
    """A declaration of so many items in each form, and what the peer does with its interchange."""
    message = declaration(items)
    mark = b"<descriptionOfGoods>"
    data = xml.write(message)
    # our XML writer remembers the last consignment and repeated texts: all write other declarations, with other goods
    others = itertools.cycle([xml.read(data.replace(mark, mark + b"%d " % n)) for n in range(200)])
    rows: list[Row] = []
    for form, (write, read) in FORMS.items():
        data = write(message)
        assert read(data) == message
        rows.append(_row(form, items, len(data), cost(lambda w=write: w(next(others)), share),  # type: ignore[misc]  # mypy infers no types of lambda defaults
                         cost(lambda r=read, d=data: r(d), share)))  # type: ignore[misc]  # as above # fmt: skip
    text = segmented(message).decode("latin-1")
    theirs = Interchange.from_str(text)
    rows.append(_row("pydifact: segments only", items, len(text), cost(theirs.serialize, share),
                     cost(lambda: Interchange.from_str(text), share)))  # fmt: skip
    return rows


def _row(form: str, items: int, size: int, write: float, read: float) -> Row:
    return {"form": form, "items": items, "bytes": size, "write_us": write, "read_us": read,
            "written_per_s": round(1e6 / write), "read_per_s": round(1e6 / read)}  # fmt: skip


def run(seconds: float) -> dict[str, object]:
    """Measure for about ``seconds`` in all."""
    share = seconds / (len(ITEMS) * 8)
    rows = [row for items in ITEMS for row in measure(items, share)]
    ratios = {}
    for own, peer in (("EDIFACT", "pydifact: segments only"), ("EDIFACT", "XML"), ("records", "XML")):
        found = {str(r["form"]): r for r in rows if r["items"] == 12}
        for what in ("write_us", "read_us"):
            mine, other = found[own][what], found[peer][what]
            assert isinstance(mine, float)
            assert isinstance(other, float)
            ratios[f"{what.removesuffix('_us')}, 12 items: {own} / {peer.partition(':')[0]}"] = round(mine / other, 1)
    note = f"CPU of one core. pydifact {version('pydifact')} splits and joins segments for us; it reads no message."
    return {"name": "EDIFACT and records of a CC015C", "rows": rows, "ratios": ratios, "notes": [note]}
