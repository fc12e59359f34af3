"""What the node notices of rows that somebody changed behind its back: whoever has the disk, or its copy."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import time
import zlib
from dataclasses import replace

from tests.hostile.attempt import SECOND, Effect, attempt
from tests.hostile.party import CannotBePlayed
from tests.hostile.scene import Scene, all_roles
from tests.hostile.union import Node, Shape, Union

JOURNAL, SENT = "log0", "log1"
OFFICE, OTHER = b'"office":"FR000000"', b'"office":"FR999999"'


def _changed(node: Node, table: str, old: bytes, new: bytes) -> int:
    """Change some octets of the first row that holds them; its position. The row keeps its length and its form."""
    with sqlite3.connect(node.data / "store" / "node.db") as store:
        for position, value in store.execute(f"SELECT position, value FROM {table} ORDER BY position").fetchall():
            if old in value:
                changed = value.replace(old, new, 1)
                store.execute(f"UPDATE {table} SET value = ? WHERE position = ?", (changed, position))
                return int(position)
    raise CannotBePlayed(f"no row of {table} holds {old.decode()}")


def _names(done: subprocess.CompletedProcess[str], position: int) -> bool:
    """Whether a command ends with a complaint that leads to a row."""
    said = done.stdout + done.stderr
    return done.returncode != 0 and (f"{position:x}" in said or "changed" in said or "digest" in said)


def _kept(union: Union, name: str) -> Node:
    """A node with a guarantee registered."""
    node = union.unstarted(Shape(name))
    node.start()
    Scene(node, union.number()).guarantee()
    return node


@attempt("security 15")
def changed_row_goes_into_the_backup(union: Union) -> Effect:
    """The sender of a stored message is changed, and the node takes it into its backup (security 15)."""
    node = _kept(union, "changed-row")
    try:
        node.stop()
        position = _changed(node, JOURNAL, b"fr.officer", b"de.officer")
        node.start()
        key = str(node.folder / "backup.key")
        looks = {
            "inspection": node.douane("audit", "inspect"),
            "backup": node.douane("backup", str(node.folder / "backups"), "--key", key, "--make-key"),
        }
        noticed = [name for name, done in looks.items() if _names(done, position)]
        told = ", ".join(f"{name} ends with {done.returncode}" for name, done in looks.items())
        named = f"named by {' and '.join(noticed) or 'nothing'}"
        return Effect(not noticed, f"row {position:x} is {named}: {told}")
    finally:
        node.stop()


@attempt("issue 9 part 6")
def rewritten_body_passes_every_look(union: Union) -> Effect:
    """The body of a sent message is rewritten in place; drill and proof find nothing (part 6)."""
    node = _kept(union, "rewritten-body")
    try:
        node.stop()
        position = _changed(node, SENT, OFFICE, OTHER)
        node.start()
        officer = node.party("fr.officer", "ccn2")
        officer.collect(2)
        handed_out = any(OTHER.decode() in each.body for each in officer.items)
        key, folder = str(node.folder / "drill.key"), str(node.folder / "drills")
        looks = {
            "drill": node.douane("drill", folder, "--key", key, "--make-key", seconds=90),
            "proof": node.douane("audit", "prove", f"out:{position:x}"),
        }
        missed = [name for name, done in looks.items() if done.returncode == 0]
        seen = f"the inbox {'hands out the forgery' if handed_out else 'does not hand it out'}; "
        seen += f"{' and '.join(missed)} find nothing" if missed else "drill and proof name it"
        return Effect(bool(missed), seen)
    finally:
        node.stop()


PARTS = {"record": "R", "alias": "A", "timer": "T", "expectation": "E", "operator's decision": "N", "final data": "F"}
"""What units of work and operators decided, by the space of the map in which it lies."""
NAMED = {
    "record": "state: records", "alias": "state: aliases", "timer": "state: timers",
    "expectation": "state: expectations", "operator's decision": "state: operators' decisions",
    "final data": "state: final data",
}  # fmt: skip


def _decided(union: Union, name: str) -> Node:
    """A stopped node that decided something of each kind: a case with its names and limits, a question to another
    administration, an operator's decision about a lane, an office's published data."""
    node = union.unstarted(Shape(name, {"elsewhere": ["BE"]}, prepare=all_roles, linked=True))
    node.start()
    Scene(node, union.number()).released()
    Scene(node, union.number()).waiting()
    node.douane("lane", "pause", "be.system:rest:ccn2", "--reason", "partner away")
    time.sleep(1)
    node.stop()
    return node


def _spoilt(store: sqlite3.Connection, space: str, way: str) -> tuple[bytes, bytes, bytes] | None:
    """Change, add or remove one entry of a space: its key, what it said and what it says; None where there is none."""
    found = store.execute(
        "SELECT key, value FROM map WHERE substr(key, 1, 1) = CAST(? AS BLOB) ORDER BY length(value) DESC LIMIT 1",
        (space,),
    ).fetchone()
    if found is None:
        return None
    key, value = found
    changed = value[:-1] + bytes((value[-1] ^ 1,))
    match way:
        case "removed":
            store.execute("DELETE FROM map WHERE key = ?", (key,))
        case "added":
            store.execute("INSERT INTO map (key, value) VALUES (?, ?)", (key + b"x", value))
        case _:
            store.execute("UPDATE map SET value = ? WHERE key = ?", (changed, key))
    return key, value, changed


def _forge_the_sum(store: sqlite3.Connection, key: bytes, old: bytes, new: bytes) -> None:
    """Carry the change of a record on in the sum of its part, as the node itself would."""
    where = b"U" + key[1:3] + b"s" + bytes((zlib.crc32(key[5:13]) % 64,))
    kept = store.execute("SELECT value FROM map WHERE key = ?", (where,)).fetchone()
    if kept is None:
        return  # a release that keeps no sums has nothing to forge
    one, two = (
        int.from_bytes(hashlib.shake_128(len(key).to_bytes(2, "big") + key + value).digest(512), "big")
        for value in (old, new)
    )
    total = (int.from_bytes(kept[0], "big") - one + two) % (1 << 4096)
    store.execute("UPDATE map SET value = ? WHERE key = ?", (total.to_bytes(512, "big"), where))


def _state(union: Union, way: str) -> Effect:
    node = _decided(union, f"state-{way}")
    with sqlite3.connect(node.data / "store" / "node.db") as store:
        touched = [what for what, space in PARTS.items() if _spoilt(store, space, way)]
    if len(touched) < 4:
        raise CannotBePlayed(f"the node decided {', '.join(touched)} only")
    done = node.douane("audit", "inspect", seconds=90)
    missed = [what for what in touched if NAMED[what] not in done.stdout] if done.returncode else touched
    return Effect(bool(missed), f"{way}: inspection misses {', '.join(missed) or 'nothing'} of {', '.join(touched)}")


@attempt("again 6", open_at=SECOND)
def what_was_decided_is_changed_on_disk(union: Union) -> Effect:
    """What was decided (records, names, timers, final data) is changed in the store; all fits (again 6)."""
    return _state(union, "changed")


@attempt("again 6", open_at=SECOND)
def what_was_decided_is_removed_on_disk(union: Union) -> Effect:
    """What was decided (records, names, timers, final data) is removed from the store; all fits (again 6)."""
    return _state(union, "removed")


@attempt("again 6", open_at=SECOND)
def what_nobody_decided_is_added_on_disk(union: Union) -> Effect:
    """Records, names, timers, final data that nobody decided are added to the store; all fits (again 6)."""
    return _state(union, "added")


@attempt("again 6", open_at=SECOND)
def backup_takes_a_changed_record(union: Union) -> Effect:
    """A record of a case is changed in the store, and a backup of it ends well (again 6)."""
    node = _decided(union, "backup-record")
    with sqlite3.connect(node.data / "store" / "node.db") as store:
        _spoilt(store, "R", "changed")
    key = str(node.folder / "backup.key")
    done = node.douane("backup", str(node.folder / "backups"), "--key", key, "--make-key", seconds=90)
    named = done.returncode != 0 and "state: records" in done.stdout
    return Effect(not named, f"the backup ends with {done.returncode} and names {'it' if named else 'nothing'}")


@attempt("again 15", open_at=SECOND)
def backup_ends_well_over_a_changed_row(union: Union) -> Effect:
    """The sender of a stored message is changed; the backup ends with 0 (again 15)."""
    node = _kept(union, "backup-row")
    node.stop()
    position = _changed(node, JOURNAL, b"fr.officer", b"de.officer")
    key = str(node.folder / "backup.key")
    done = node.douane("backup", str(node.folder / "backups"), "--key", key, "--make-key", seconds=90)
    return Effect(not _names(done, position), f"the backup ends with {done.returncode} over row {position:x}")


@attempt("again 6", open_at=SECOND)
def sums_are_forged_with_the_record(union: Union) -> Effect:
    """A record and the sum of its part are changed; the next leaf covers the forgery (again 6)."""
    node = _decided(union, "forged-sums")
    with sqlite3.connect(node.data / "store" / "node.db") as store:
        spoilt = _spoilt(store, "R", "changed")
        assert spoilt is not None
        _forge_the_sum(store, *spoilt)
    node.start()
    try:
        Scene(node, union.number()).guarantee()
    finally:
        node.stop()
    done = node.douane("audit", "inspect", seconds=90)
    seen = next((line for line in done.stdout.splitlines() if "state" in line), "nothing about the state")
    return Effect(done.returncode == 0, f"inspection ends with {done.returncode}: {seen[:160]}")


AHEAD_SECONDS = 3600
_AHEAD = """
import time

_ns, _now = time.time_ns, time.time
time.time_ns = lambda: _ns() + {seconds} * 10**9
time.time = lambda: _now() + {seconds}
"""


def _with_clock(node: Node, seconds: int) -> None:
    """Let the next start of a node have a clock that is ahead of that of this machine."""
    folder = node.folder / "clock"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sitecustomize.py").write_text(_AHEAD.format(seconds=seconds))
    node.shape = replace(node.shape, environment={"PYTHONPATH": str(folder)})


@attempt("again 3", open_at=SECOND)
def clock_that_is_set_back_dates_a_message_before_those_it_follows(union: Union) -> Effect:
    """An operator sets the clock back an hour; what comes then is dated before what was there already (again 3)."""
    node = union.unstarted(Shape("clock-back"))
    _with_clock(node, AHEAD_SECONDS)
    node.start()
    Scene(node, union.number()).guarantee()
    node.stop()
    _with_clock(node, 0)
    node.start(unready=True)
    try:
        if not (node.alive and node.ready):
            return Effect(False, f"the node does not start: {node.output.read_text()[-160:].strip()}")
        later = Scene(node, union.number())
        later.guarantee()
        node.stop()
        inspected = node.douane("audit", "inspect")
        return Effect(
            inspected.returncode == 0, f"it starts and takes messages; inspection ends with {inspected.returncode}"
        )
    finally:
        node.stop()
