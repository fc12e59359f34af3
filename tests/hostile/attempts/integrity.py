"""What the node notices of rows that somebody changed behind its back: whoever has the disk, or its copy."""

from __future__ import annotations

import sqlite3
import subprocess

from tests.hostile.attempt import Effect, attempt
from tests.hostile.party import CannotBePlayed
from tests.hostile.scene import Scene
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
