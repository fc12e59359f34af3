"""An entry of a store that a backup holds otherwise, in words: what it is, of which case, and what differs."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import msgspec

from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL
from douane.runtime.store.ports import Log, Reader
from douane.runtime.store.records import RecordKind, kinds
from douane.shared_services.auditing.waiting import reference
from douane.shared_services.backup_restore.telling_apart import Difference
from douane.vocabulary.errors import DouaneError

LONGEST: Final = 120
_NAMED: Final = {
    keys.ALIAS: "name", keys.REPORT: "delivery", keys.EXPECT: "expectation", keys.FINAL: "final data",
    keys.HISTORY: "version of", keys.SERIAL: "series", keys.DECIDED: "operator's decision", keys.TIMER: "timer",
    keys.WAIT: "message set aside", keys.RECORD: "",
}  # fmt: skip


def name_of(each: Difference) -> str:
    """What an entry is: of a record its type, of a timer its name and when it is due."""
    space, key = each.key[:1], each.key
    match space:
        case keys.RECORD | keys.HISTORY:
            kind, number = _kind(key), int.from_bytes(key[13:15], "big")
            record = kind.type.__name__ if kind is not None else f"record of type {number}"
            rest = _text(key[15:]) if space == keys.RECORD else ""
            return " ".join(part for part in (_NAMED[space], record, rest) if part)
        case keys.TIMER:
            return f"timer {_text(key[19:])}, {_due(int.from_bytes(key[3:11], 'big'))}"
        case keys.ALIAS:
            kind_said, _, value = key[5:].partition(b"\0")
            return f"name {_text(kind_said)} {_text(value)} of {_text(key[3:5])}"
        case _:
            return f"{_NAMED.get(space, 'entry')} {_text(key[3:])}"


def case_named(reader: Reader, case: int) -> str:
    """The best name of a case, and its number; its number alone where no message of it is there."""
    if not case:
        return ""
    partition = keys.subject_partition(case)
    prefix = keys.SUBJECT + keys.u16(partition) + keys.u64(case) + b"j"
    for key, _ in reader.scan(prefix, keys.after(prefix), 1):
        (raw,) = reader.read_log(Log.JOURNAL, [int.from_bytes(key[-8:], "big")])
        if raw is not None and (best := reference(reader, JOURNAL.read(raw))):
            return f"{best} ({case:x})"
    return f"{case:x}"


def differs(each: Difference) -> str:
    """What differs, field by field where both can be read."""
    if each.now is None:
        return "taken out"
    if each.before is None:
        return f"added: {_whole(each.key, each.now)}"
    before, now = _fields(each.key, each.before), _fields(each.key, each.now)
    if before is None or now is None:
        return f"{_short(each.before.hex())} became {_short(each.now.hex())}"
    names = [name for name in now if before.get(name) != now[name]]
    told = (f"{name}: {_short(before.get(name))} became {_short(now[name])}" for name in names)
    return "; ".join(told) or "its octets alone"


def _whole(key: bytes, octets: bytes) -> str:
    found = _fields(key, octets)
    return _short(octets.hex() if found is None else found)


def _fields(key: bytes, octets: bytes) -> dict[str, Any] | None:
    """The fields of a record by name; None of what is none, or cannot be read."""
    kind = _kind(key) if key[:1] in (keys.RECORD, keys.HISTORY) else None
    if kind is None:
        return None
    try:
        return _flat(kind.stored.read(octets))
    except (DouaneError, msgspec.MsgspecError, ValueError):
        return None


def _flat(value: msgspec.Struct, head: str = "") -> dict[str, Any]:
    """The fields of a value by name; those of a value in it after its name and a dot."""
    found: dict[str, Any] = {}
    for name, each in msgspec.structs.asdict(value).items():
        inner = isinstance(each, msgspec.Struct)
        found |= _flat(each, f"{head}{name}.") if inner else {f"{head}{name}": each}
    return found


def _kind(key: bytes) -> RecordKind | None:
    number = int.from_bytes(key[13:15], "big")
    return next((each for each in kinds() if each.number == number), None)


def _due(due: int) -> str:
    if due & keys.STATUTORY:
        return f"at {due - keys.STATUTORY} of statutory time"
    return f"due {dt.datetime.fromtimestamp(due / 1e6, dt.UTC):%Y-%m-%d %H:%M:%S} UTC"


def _short(value: object) -> str:
    said = repr(value) if isinstance(value, tuple | list | dict) else str(value)
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}..."


def _text(octets: bytes) -> str:
    """Octets of a key for people: text where it is some, else hexadecimal."""
    said = octets.rstrip(b"\0").decode("utf-8", "replace")
    return said if said.isprintable() else octets.hex()
