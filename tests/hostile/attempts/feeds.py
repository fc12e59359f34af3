"""Final data and published lists on their way to a replica: forged, edited, replayed, in another order, with a gap."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.hostile.attempt import NEVER, SECOND, Effect, attempt
from tests.hostile.feeds import Asked, Between, Lie, Replica, deliver, faithful
from tests.hostile.party import CannotBePlayed
from tests.hostile.union import Node, Shape, Union, wait_for

CENTRE, OTHER = Shape("centre of feeds"), Shape("centre of another feed")
OPERATORS = ("economic_operators", "full")
LISTS = ("code_list_entries", "public")
KNOWN, NEW = "FR0000000000001", "FR0000000000002"
PAGED = ("snapshot", "changes")
OLDEST = 8
"""Seconds after which the replica answers nothing: longer than a command takes on a busy machine."""


def _edited(find: str, instead: str) -> Lie:
    """Change what entries say."""

    def lie(ask: Asked, operation: str, question: dict[str, Any]) -> dict[str, Any]:
        answer = ask(operation, question)
        for each in answer.get("entries", ()) if operation in PAGED else ():
            if each.get("content"):
                each["content"] = each["content"].replace(find, instead)
        return answer

    return lie


def _turned(ask: Asked, operation: str, question: dict[str, Any]) -> dict[str, Any]:
    """Tell the entries of a page the other way round."""
    answer = ask(operation, question)
    if operation in PAGED:
        answer["entries"] = answer["entries"][::-1]
    return answer


def _with_a_gap(ask: Asked, operation: str, question: dict[str, Any]) -> dict[str, Any]:
    """Leave one page of changes out, and tell the next one in its place."""
    if operation != "changes":
        return ask(operation, question)
    left_out = ask(operation, {**question, "limit": 1})
    return ask(operation, {**question, "limit": 1, "after": left_out["upto"]})


def _cut(ask: Asked, operation: str, question: dict[str, Any]) -> dict[str, Any]:
    """Leave the last entry of each page out."""
    answer = ask(operation, question)
    if operation in PAGED:
        answer["entries"] = answer["entries"][:-1]
    return answer


def _signed_by(other: Between) -> Lie:
    """Answer from another centre, whose key signs all of it."""
    return lambda _ask, operation, question: other.ask(operation, question)


class _Kept:
    """What was answered once is answered for ever."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, Any]] = {}

    def __call__(self, ask: Asked, operation: str, question: dict[str, Any]) -> dict[str, Any]:
        if operation not in self._known:
            self._known[operation] = ask(operation, question)
        return copy.deepcopy(self._known[operation])


def _lied_to(union: Union, lie: Callable[[Between], Lie], evil: str) -> Effect:
    """What a replica that was current takes of a lie about what came since."""
    with union.alone(CENTRE) as node, Between(node, _folder(union)) as between:
        replica = Replica(node, between, _folder(union), *OPERATORS)
        replica.needs(KNOWN)
        deliver(node, {NEW: "Lawful"})
        deliver(node, {KNOWN: "Changed"})
        between.lie = lie(between)
        codes = [replica.pull()[0] for _ in range(2)]
        said = replica.says(KNOWN) + replica.says(NEW)
        half = "Changed" in said and "Lawful" not in said
        between.lie = faithful
        taken = evil in said if evil else half
        believed = taken or 0 in codes
        return Effect(believed, f"pull ends with {codes[0]}, then {codes[1]}; "
                      f"{'what was made up is told' if taken else 'nothing of it is told'}")  # fmt: skip


def _folder(union: Union) -> Path:
    return union.folder / f"feed-{union.number()}"


@attempt("not tried: forged feeds", "part 1", open_at=NEVER)
def entries_of_a_feed_are_edited(union: Union) -> Effect:
    """Somebody between centre and replica writes other names into the entries of a feed (part 1)."""
    return _lied_to(union, lambda _between: _edited("Lawful", "Robber"), "Robber")


@attempt("not tried: forged feeds", "part 1", open_at=NEVER)
def entries_of_a_feed_are_told_in_another_order(union: Union) -> Effect:
    """Somebody between turns the order of changes, so that an older one comes last (part 1)."""
    return _lied_to(union, lambda _between: _turned, "")


@attempt("not tried: forged feeds", "part 1", open_at=NEVER)
def page_of_a_feed_is_left_out(union: Union) -> Effect:
    """Somebody between leaves a page out, and tells the next one in its place, as the centre signed it (part 1)."""
    return _lied_to(union, lambda _between: _with_a_gap, "")


@attempt("not tried: forged feeds", "part 1", open_at=NEVER)
def page_of_a_feed_is_cut_short(union: Union) -> Effect:
    """Somebody between leaves the last entry of each page out (part 1)."""
    return _lied_to(union, lambda _between: _cut, "")


@attempt("not tried: forged feeds", "part 1", open_at=NEVER)
def feed_that_another_centre_signed(union: Union) -> Effect:
    """Somebody between answers from a centre of his own, whose key signs every page and state (part 1)."""
    with union.alone(OTHER) as other, Between(other, _folder(union)) as theirs:
        deliver(other, {KNOWN: "Robber", NEW: "Robber"})
        if not wait_for(lambda: "Robber" in str(theirs.ask("snapshot", _first(OPERATORS))), 20, 0.5):
            raise CannotBePlayed("the other centre tells nothing")
        return _lied_to(union, lambda _between: _signed_by(theirs), "Robber")


def _first(of: tuple[str, str]) -> dict[str, Any]:
    return {"data_set": of[0], "view": of[1], "source": 0, "after": "", "limit": 100}


@attempt("not tried: forged feeds", "part 1", open_at=SECOND)
def state_of_a_feed_is_told_for_ever(union: Union) -> Effect:
    """Somebody between repeats the last signed state, and the replica says for ever that it is current (part 1)."""
    with union.alone(CENTRE) as node, Between(node, _folder(union)) as between:
        replica = Replica(node, between, _folder(union), *OPERATORS, oldest=OLDEST)
        replica.needs(KNOWN)
        between.lie = _Kept()
        replica.pull()
        deliver(node, {KNOWN: "Withdrawn"})

        def refused() -> bool:
            replica.pull()
            return replica.says(KNOWN) == ""

        late = wait_for(refused, 2 * OLDEST, 1.0)
        said = "nothing" if late else "the old name as if it were current"
        return Effect(not late, f"{2 * OLDEST} s after the centre was last heard, {OLDEST} s allowed, it tells {said}")


@attempt("not tried: forged feeds", "part 1", open_at=NEVER)
def published_list_is_forged(union: Union) -> Effect:
    """Somebody between writes another description into a published list on its way to a replica of it (part 1)."""
    node = union.unstarted(CENTRE)
    _publish(node)
    try:
        node.start()
        with Between(node, _folder(union)) as between:
            replica = Replica(node, between, _folder(union), *LISTS)
            if not wait_for(lambda: COUNTRY in str(between.ask("snapshot", _first(LISTS))), 30, 0.5):
                raise CannotBePlayed("the centre publishes no list")
            between.lie = _edited(COUNTRY, "Country of robbers")
            code, _said = replica.pull()
            between.lie = faithful
            true, said = replica.pull()
            if code == 1 and true:
                raise CannotBePlayed(f"the replica takes no list at all: {said[:120]}")
            became = "taken" if code == 0 else "refused"
            return Effect(code == 0, f"the forged list is {became}, the true one behind it taken")
    finally:
        node.stop()


COUNTRY = "Country of the attempt"


def _publish(node: Node) -> None:
    """Import a list into a node that does not run yet."""
    entries = [{"state": "valid", "activeFrom": "2024-02-21", "code": "XX", "description": COUNTRY}]
    lists = {"CountryCodesCTC": {"listName": "CountryCodesCTC", "listEntries": entries}}
    file = node.folder / "lists.json"
    about = {"messageID": "1", "snapshotDate": "2025-02-12"}
    file.write_text(json.dumps({"messageInformation": about, "lists": lists}))
    done = node.douane("reference", "import", str(file), "--reason", "lists of February")
    if done.returncode:
        raise CannotBePlayed(f"no list is imported: {(done.stdout + done.stderr).strip()[:120]}")
