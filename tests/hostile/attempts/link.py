"""What a captured door can do: whoever holds the certificate of one door's link speaks to the core in its name."""

from __future__ import annotations

import json
from typing import Any

import httpx

from tests.hostile import messages
from tests.hostile.attempt import SECOND, Effect, attempt
from tests.hostile.party import CannotBePlayed
from tests.hostile.scene import Scene, mrn_in, scene
from tests.hostile.union import Union


def captured(s: Scene, step: dict[str, Any], platform: str = "speed2") -> dict[str, Any]:
    """What becomes of a step of a captured door.

    A lawful step goes before it over the same connection, as that door would send it for a trader of its circle: where
    that is refused, the script does not speak the link's language, and nothing is shown.
    """
    lawful = _lawful(s, step["verb"])
    plan = {
        "identity": str(s.node.identity), "port": s.node.link_port, "client": f"link.{platform}", "platform": platform,
        "steps": [{"platform": platform} | each for each in (lawful, step)],
    }  # fmt: skip
    control, told = s.node.tree.inside("captured_door", plan)["steps"]
    if "refused" in control:
        raise CannotBePlayed(f"the link refuses what a door sends for its traders: {control['refused'][:120]}")
    found: dict[str, Any] = told
    return found


def _lawful(s: Scene, verb: str) -> dict[str, Any]:
    """A step of the same kind that a door of traders may do."""
    match verb:
        case "submit" | "lie":
            request = messages.invalidation(s.id("L"), sender=messages.STRANGER, lrn="L", holder=messages.STRANGER)
            return {
                "verb": "submit", "operation": "transit.request_invalidation", "administration": "FR", "body": request,
                "media": "FAMILY", "id": s.id("L"), "sender": messages.STRANGER, "client": "trader.de.rhein",
                "circle": "untrusted", "kind": "trader",
            }  # fmt: skip
        case "ask":
            s.lodge(messages.declaration(f"{s.lrn}L", s.id("L"), grn=messages.grn("BE", s.n)))
            mrn = mrn_in(s.holder.needs("CC028C", s.id("L")).body)
            return {
                "verb": "ask", "operation": "transit.find_movement", "administration": "FR", "caller": messages.HOLDER,
                "client": "trader.fr.lesquin", "kind": "trader", "request": {"mrn": mrn, "lrn": "", "office": ""},
            }  # fmt: skip
        case _:
            return {"verb": "collect", "party": messages.STRANGER, "client": "trader.de.rhein"}


def order(s: Scene, operation: str, content: dict[str, Any], *, sender: str, circle: str, kind: str) -> dict[str, Any]:
    """An order in JSON, as a door hands it over."""
    return {
        "verb": "submit", "operation": operation, "administration": "FR", "media": "JSON", "id": s.id(f"K{s.n}"),
        "body": json.dumps(content), "sender": sender, "circle": circle, "kind": kind,
    }  # fmt: skip


@attempt("security 2")
def captured_door_registers_a_guarantee(union: Union) -> Effect:
    """A captured SPEED2 door registers a guarantee of 99,999,999 EUR as a trader (security 2)."""
    s = scene(union)
    content = messages.registration(s.grn, holder=messages.STRANGER, limit="99999999.00")
    told = captured(
        s, order(s, "guarantees.register", content, sender=messages.STRANGER, circle="untrusted", kind="trader")
    )
    return _registered(s, told)


@attempt("security 2")
def captured_door_speaks_as_an_officer(union: Union) -> Effect:
    """A captured SPEED2 door names an officer as its caller, under the circle of traders (security 2)."""
    s = scene(union)
    content = messages.registration(s.grn, holder=messages.STRANGER, limit="99999999.00")
    told = captured(
        s, order(s, "guarantees.register", content, sender="fr.officer", circle="untrusted", kind="officer")
    )
    return _registered(s, told)


def _registered(s: Scene, told: dict[str, Any]) -> Effect:
    s.settled()
    shown = s.officer("FR").order("guarantees", "show", {"grn": s.grn})
    seen = f"France holds {shown.json()['limit']} EUR" if shown.status_code == 200 else "France knows no guarantee"
    return Effect(shown.status_code == 200, f"{seen} ({told.get('refused', 'taken')[:80]})")


@attempt("security 2")
def captured_door_invalidates_a_released_movement(union: Union) -> Effect:
    """A captured SPEED2 door ends a released movement by an order of the office; its guarantee is free (security 2)."""
    s = scene(union)
    mrn = s.released()
    before = s.reserved()
    content = {"mrn": mrn, "officer": "fr.officer", "justification": "none"}
    step = order(s, "transit.invalidate_by_office", content, sender=messages.HOLDER, circle="untrusted", kind="trader")
    told = captured(s, step)
    s.settled()
    state, after = s.becomes(mrn, "invalidated", seconds=1.5), s.reserved()
    return Effect(
        state != "released", f"the movement on the road is {state}, {after} of {before} EUR stay reserved "
        f"({told.get('refused', 'taken')[:80]})",
    )  # fmt: skip


@attempt("security 2")
def captured_door_reads_an_officers_inbox(union: Union) -> Effect:
    """A captured SPEED2 door collects what lies in the inbox of an officer (security 2)."""
    s = scene(union)
    s.guarantee()
    told = captured(s, {"verb": "collect", "party": "fr.officer", "kind": "officer"})
    found = [each["type"] for each in told.get("done", [])]
    why = told.get("refused", "taken")[:80]
    return Effect(bool(found), f"the door gets {len(found)} messages of the officer ({why})")


@attempt("security 2")
def captured_door_empties_an_officers_inbox(union: Union) -> Effect:
    """A captured SPEED2 door acknowledges what lies in the inbox of an officer, who never sees it (security 2)."""
    s = scene(union)
    s.guarantee()
    answer = s.officer("FR").needs("GuaranteeRegistered", s.grn)
    told = captured(s, {"verb": "acknowledge", "party": "fr.officer", "kind": "officer", "item": answer.id})
    again = s.node.party("fr.officer", "ccn2")
    again.collect()
    left = any(each.id == answer.id for each in again.items)
    why = told.get("refused", "taken")[:80]
    return Effect(not left, f"the answer is {'still there' if left else 'gone'} ({why})")


@attempt("base 2", "security 2")
def captured_door_asks_as_an_office(union: Union) -> Effect:
    """A captured SPEED2 door asks under a name that looks like no trader's, and any movement is shown (base 2)."""
    s = scene(union)
    mrn = s.released()
    told = captured(
        s, {"verb": "ask", "operation": "transit.find_movement", "administration": "FR", "caller": "de.officer",
            "kind": "officer", "request": {"mrn": mrn, "lrn": "", "office": ""}},
    )  # fmt: skip
    shown = s.lrn in str(told.get("done", ""))
    return Effect(shown, f"the door is {'shown the movement' if shown else 'told ' + told.get('refused', '')[:90]}")


@attempt("house 0", open_at=SECOND)
def captured_door_ends_the_core_by_garbage(union: Union) -> Effect:
    """A captured SPEED2 door hands over octets that are no message, and then a trader declares (house 0)."""
    s = scene(union)
    s.guarantee()
    told = captured(s, _of_a_trader(s, "X", "<garbage"))
    try:
        taken = f"{s.holder.send(messages.declaration(s.lrn, s.id('D'), grn=s.grn)).status_code}"
    except httpx.TransportError as gone:  # nobody listens any more
        taken = type(gone).__name__
    return Effect(taken != "202", f"the next declaration gets {taken} ({told.get('refused', 'taken')[:80]})")


@attempt("house 0", open_at=SECOND)
def captured_door_names_what_no_message_says(union: Union) -> Effect:
    """A captured SPEED2 door hands over another message than the octets that the journal keeps (house 0)."""
    s = scene(union)
    grn = messages.grn("DE", s.n)
    made = messages.declaration(s.lrn, s.id("D"), sender=messages.STRANGER, holder=messages.STRANGER, grn=grn)
    lie = messages.declaration(f"{s.lrn}LIE", s.id("D"), sender=messages.STRANGER, holder=messages.STRANGER, grn=grn)
    told = captured(s, _of_a_trader(s, "D", made) | {"verb": "lie", "told": lie})
    s.settled()
    s.stranger.collect()
    about = [each.body for each in s.stranger.items if s.id("D") in each.body]
    lied = any(f"{s.lrn}LIE" in body for body in about)
    return Effect(
        lied, f"{len(about)} answers, {'about the lie' if lied else 'none about the lie'} "
        f"({told.get('refused', 'taken')[:80]})",
    )  # fmt: skip


@attempt("house 0", open_at=SECOND)
def captured_door_names_another_country(union: Union) -> Effect:
    """A captured SPEED2 door hands a declaration for France over as one for Germany (house 0)."""
    s = scene(union)
    grn = messages.grn("DE", s.n)
    made = messages.declaration(s.lrn, s.id("D"), sender=messages.STRANGER, holder=messages.STRANGER, grn=grn)
    told = captured(s, _of_a_trader(s, "D", made) | {"administration": "DE"})
    taken = "refused" not in told
    return Effect(
        taken, f"Germany has {'a declaration for France' if taken else 'nothing'} ({told.get('refused', 'taken')[:80]})"
    )


def _of_a_trader(s: Scene, id: str, body: str) -> dict[str, Any]:
    """A message as the door hands it over for a trader of its circle."""
    return {
        "verb": "submit", "operation": "transit.lodge_declaration", "administration": "FR", "body": body,
        "media": "FAMILY", "id": s.id(id), "sender": messages.STRANGER, "client": "trader.de.rhein",
        "circle": "untrusted", "kind": "trader",
    }  # fmt: skip
