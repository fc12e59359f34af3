"""What systems measure, as OTLP 1.x carries it (opentelemetry-proto, ``opentelemetry.proto.collector.*.v1``).

Protobuf is brought to the shape that OTLP gives to JSON, and read from there, so both say the same. Kept of an item is
what a person looks for: when, by which system, its name, a value or a text, its trace, some attributes; all short.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

import msgspec

from douane.standards.otlp.protobuf import FIXED32, FIXED64, OCTETS, VARINT, double, field, fields, fixed, signed
from douane.vocabulary.errors import NotWellFormed

MOST: Final = 5_000
"""Items of a request that are read; those beyond are left out, and the sender is told how many."""
ATTRIBUTES, LONG, SHORT = 16, 400, 120
"""How many attributes of an item are kept, and the letters of a text and of a name or value."""
DIGITS: Final = 19
"""Of a time in nanoseconds."""
DEEPEST: Final = 8
"""How deep values may lie in each other."""


class Signal(enum.StrEnum):
    """What is told: each has an address of its own."""

    TRACES = "traces"
    METRICS = "metrics"
    LOGS = "logs"


class Item(NamedTuple):
    """A span, a point of a metric or a line of a log. at: microseconds since 1970. value: None where there is none."""

    at: int
    source: str
    name: str
    text: str
    value: float | None
    trace: str
    facts: Mapping[str, str]


# --- protobuf: number of a field to its name in JSON and what it holds; a name in capitals is another message

_ANY = {1: ("stringValue", "text"), 2: ("boolValue", "flag"), 3: ("intValue", "int"), 4: ("doubleValue", "double"),
        7: ("bytesValue", "hex")}  # fmt: skip
_PAIR = {1: ("key", "text"), 2: ("value", "ANY")}
_RESOURCE = {1: ("attributes", "PAIR*")}
_POINT = {3: ("timeUnixNano", "fixed"), 4: ("asDouble", "double"), 6: ("asInt", "signed"), 7: ("attributes", "PAIR*")}
_SPREAD = {3: ("timeUnixNano", "fixed"), 4: ("count", "fixed"), 5: ("sum", "double"), 9: ("attributes", "PAIR*")}
_TABLES: Final[Mapping[str, Mapping[int, tuple[str, str]]]] = {
    "ANY": _ANY, "PAIR": _PAIR, "RESOURCE": _RESOURCE, "POINT": _POINT, "SPREAD": _SPREAD,
    "TRACES": {1: ("resourceSpans", "OF_SPANS*")},
    "OF_SPANS": {1: ("resource", "RESOURCE"), 2: ("scopeSpans", "SCOPE_SPANS*")},
    "SCOPE_SPANS": {2: ("spans", "SPAN*")},
    "SPAN": {1: ("traceId", "hex"), 2: ("spanId", "hex"), 5: ("name", "text"), 7: ("startTimeUnixNano", "fixed"),
             8: ("endTimeUnixNano", "fixed"), 9: ("attributes", "PAIR*"), 15: ("status", "STATUS")},
    "STATUS": {2: ("message", "text"), 3: ("code", "int")},
    "LOGS": {1: ("resourceLogs", "OF_LOGS*")},
    "OF_LOGS": {1: ("resource", "RESOURCE"), 2: ("scopeLogs", "SCOPE_LOGS*")},
    "SCOPE_LOGS": {2: ("logRecords", "LOG*")},
    "LOG": {1: ("timeUnixNano", "fixed"), 3: ("severityText", "text"), 5: ("body", "ANY"), 6: ("attributes", "PAIR*"),
            9: ("traceId", "hex"), 11: ("observedTimeUnixNano", "fixed")},
    "METRICS": {1: ("resourceMetrics", "OF_METRICS*")},
    "OF_METRICS": {1: ("resource", "RESOURCE"), 2: ("scopeMetrics", "SCOPE_METRICS*")},
    "SCOPE_METRICS": {2: ("metrics", "METRIC*")},
    "METRIC": {1: ("name", "text"), 3: ("unit", "text"), 5: ("gauge", "NUMBERS"), 7: ("sum", "NUMBERS"),
               9: ("histogram", "SPREADS")},
    "NUMBERS": {1: ("dataPoints", "POINT*")},
    "SPREADS": {1: ("dataPoints", "SPREAD*")},
}  # fmt: skip
_READ: Final[Mapping[str, tuple[tuple[int, ...], Callable[[Any], Any]]]] = {
    "text": ((OCTETS,), lambda value: value.decode(errors="replace")), "hex": ((OCTETS,), bytes.hex),
    "int": ((VARINT,), signed), "flag": ((VARINT,), bool), "double": ((FIXED64,), double),
    "fixed": ((FIXED64, FIXED32), fixed), "signed": ((FIXED64,), lambda value: fixed(value, negative=True)),
}  # fmt: skip


def of_protobuf(signal: Signal, octets: bytes) -> dict[str, Any]:
    """A request in protobuf in the shape of JSON. Raises NotWellFormed."""
    return _message(signal.value.upper(), octets, 0)


def _message(table: str, octets: bytes, depth: int) -> dict[str, Any]:
    if depth > DEEPEST:
        raise NotWellFormed("Values lie too deep in each other.")
    found: dict[str, Any] = {}
    for number, wire, value in fields(octets):
        known = _TABLES[table].get(number)
        if known is None:
            continue  # a field that is not looked at, or one of a later version
        name, kind = known
        wires, read = _READ.get(kind, ((OCTETS,), None))
        if wire not in wires:
            raise NotWellFormed(f"The field {name} is of another kind.")
        if read is not None:
            found[name] = read(value)
        elif kind.endswith("*"):
            found.setdefault(name, []).append(_message(kind[:-1], value, depth + 1))  # type: ignore[arg-type] # octets
        else:
            found[name] = _message(kind, value, depth + 1)  # type: ignore[arg-type] # octets, by its wire type
    return found


def of_json(octets: bytes) -> dict[str, Any]:
    """A request in JSON. Raises NotWellFormed."""
    try:
        return msgspec.json.decode(octets, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise NotWellFormed(f"This is no request of OTLP: {problem}.") from problem


# --- the items of a request


def items(signal: Signal, request: Mapping[str, Any]) -> Iterator[Item]:
    """What a request tells, one after the other. Raises NotWellFormed for what has another shape."""
    above, scope, each, read = _WAYS[signal]
    for group in _several(request, above):
        source = _facts(_one(group, "resource")).get("service.name", "")
        for inner in _several(group, scope):
            for raw in _several(inner, each):
                yield from read(source, raw)


def _span(source: str, raw: Mapping[str, Any]) -> Iterator[Item]:
    begin, end = _time(raw, "startTimeUnixNano"), _time(raw, "endTimeUnixNano")
    status = _one(raw, "status")
    text = f"failed {status.get('message', '')}".strip() if status.get("code") in (2, "STATUS_CODE_ERROR") else ""
    yield Item(
        begin,
        source,
        _text(raw.get("name"), SHORT),
        _text(text, LONG),
        max(0, end - begin) / 1e6,
        _id(raw),
        _facts(raw),
    )


def _log(source: str, raw: Mapping[str, Any]) -> Iterator[Item]:
    at = _time(raw, "timeUnixNano") or _time(raw, "observedTimeUnixNano")
    yield Item(
        at, source, _text(raw.get("severityText"), SHORT), _plain(_one(raw, "body"))[:LONG], None, _id(raw), _facts(raw)
    )


def _metric(source: str, raw: Mapping[str, Any]) -> Iterator[Item]:
    name, unit = _text(raw.get("name"), SHORT), _text(raw.get("unit"), SHORT)
    for kind in ("gauge", "sum", "histogram"):
        for point in _several(_one(raw, kind), "dataPoints"):
            value = next((point[each] for each in ("asDouble", "asInt", "sum") if each in point), None)
            yield Item(_time(point, "timeUnixNano"), source, name, unit, _number(value), "", _facts(point))


_WAYS: Final[Mapping[Signal, tuple[str, str, str, Callable[[str, Mapping[str, Any]], Iterator[Item]]]]] = {
    Signal.TRACES: ("resourceSpans", "scopeSpans", "spans", _span),
    Signal.LOGS: ("resourceLogs", "scopeLogs", "logRecords", _log),
    Signal.METRICS: ("resourceMetrics", "scopeMetrics", "metrics", _metric),
}


def _several(holder: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = holder.get(name) or []
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise NotWellFormed(f"{name} is no list of objects.")
    return found


def _one(holder: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = holder.get(name) or {}
    if not isinstance(found, dict):
        raise NotWellFormed(f"{name} is no object.")
    return found


def _facts(holder: Mapping[str, Any]) -> dict[str, str]:
    pairs = _several(holder, "attributes")[:ATTRIBUTES]
    return {_text(each.get("key"), SHORT): _plain(_one(each, "value"))[:SHORT] for each in pairs}


def _plain(value: Mapping[str, Any]) -> str:
    """A value in words; one that is a list or a table is only said to be one."""
    for name in ("stringValue", "boolValue", "intValue", "doubleValue", "bytesValue"):
        if name in value:
            return _text(str(value[name]), LONG)
    return "(several)" if value else ""


def _text(value: object, most: int) -> str:
    """One line of what can be shown."""
    text = value if isinstance(value, str) else ""
    return "".join(letter if letter.isprintable() else " " for letter in text[:most])


def _time(holder: Mapping[str, Any], name: str) -> int:
    """Nanoseconds (a number, or its digits) as microseconds; 0 for nothing that is a time."""
    value = holder.get(name)
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= DIGITS:
        value = int(value)
    return value // 1000 if isinstance(value, int) and 0 <= value < 1 << 63 else 0


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value) if not isinstance(value, str) or len(value) <= LONG else None
    except (ValueError, OverflowError):
        return None


def _id(holder: Mapping[str, Any]) -> str:
    """A trace id in hexadecimal; empty for what is none."""
    found = _text(holder.get("traceId"), SHORT).lower()
    return found if len(found) == 32 and all(each in "0123456789abcdef" for each in found) else ""


# --- the answer


def answer(signal: Signal, left_out: int, *, json: bool) -> bytes:
    """What is answered to a request that was taken, all but so many of its items."""
    rejected = {Signal.TRACES: "rejectedSpans", Signal.METRICS: "rejectedDataPoints", Signal.LOGS: "rejectedLogRecords"}
    why = "More than is taken at once, or within a minute."
    if json:
        said: dict[str, Any] = (
            {"partialSuccess": {rejected[signal]: str(left_out), "errorMessage": why}} if left_out else {}
        )
        return msgspec.json.encode(said)
    return field(1, field(1, left_out) + field(2, why.encode())) if left_out else b""
