"""What is new to a party in its cases: marked as read when somebody of it opens the case, and told in its lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

import msgspec

from douane.channels.browser.visits import Visit
from douane.model.needs import CASE_FILE, MESSAGES, READ, WHAT_IS_READ
from douane.pages.screens import Given, Screen
from douane.runtime.catalogue.catalogue import UNION

MOST: Final = 100


async def marks(visit: Visit, cases: Iterable[str]) -> Mapping[str, int] | None:
    """Up to when each case was read (microseconds); None where nobody keeps that for whoever visits."""
    asked = _filling(visit, WHAT_IS_READ)
    if not asked:
        return None
    found = await visit.ask(asked, keeper=UNION, cases=tuple(dict.fromkeys(cases))[:MOST])
    visit.asked.pop()  # of the party, not of the page
    return {each.case: each.at for each in found.lines}


async def opened(screen: Screen, answer: Any, visit: Visit) -> None:
    """Somebody of a party opened a case in which it was told something new: now that is read."""
    asked = _filling(visit, READ)
    if not asked or screen.operation != _filling(visit, CASE_FILE) or {"part", "format"} & set(visit.query):
        return
    newest = max((micros(each.at) for each in answer.messages if each.direction == "out"), default=0)
    known = await marks(visit, (answer.line.case,)) or {}
    if newest > known.get(answer.line.case, 0):
        body = {"keeper": UNION, "case": answer.line.case, "at": newest}
        await visit.send(msgspec.json.encode(body), operation=asked, json=True)


async def with_read(screen: Screen, answer: Any, given: Given, visit: Visit) -> Given:
    """What a list of messages is given so that it tells what is new."""
    if screen.operation != _filling(visit, MESSAGES):
        return given
    return replace(given, read=await marks(visit, (each.case for each in answer.messages)))


def micros(at: dt.datetime) -> int:
    """Microseconds since 1970."""
    return int(at.timestamp() * 1e6)


def _filling(visit: Visit, need: Any) -> str:
    """The operation that fills a need and is open to whoever visits; empty for none."""
    door = visit.site.door
    operation = door.catalogue.filling(need) if door is not None and visit.caller is not None else ""
    return operation if operation and visit.offers(operation) else ""
