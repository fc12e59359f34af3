"""Taking a move back, under the page of moves: each move that holds, with the form by which its owner takes it back.

A move whose instant has not come is void at once; else the service is offered as before from an instant on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from douane.channels.browser.visits import Visit
from douane.model.circles import Platform
from douane.pages.blocks import Button, Card, Details, Field, Form
from douane.pages.languages import Words
from douane.pages.screens import Act
from douane.portal import acting
from douane.vocabulary.errors import Fault

PATH: Final = "/provision/moves/back"
LETTERS: Final = {"what": 121, "since": 16, "decided_by": 201, "reason": 501}
"""Letters of each field that are read; one more than what its message takes, so that the door says so."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a form that takes back said, and why it was refused: by field, and in whole."""

    values: Mapping[str, str]
    faults: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[str, ...] = ()


async def taken_back(act: Act, visit: Visit, at: str) -> tuple[str, Said]:
    """Send it as whoever visits: where its status stands; empty where it was refused, and why. at: whose doors."""
    said = {name: visit.form.get(name, "").strip()[:most] for name, most in LETTERS.items()}
    try:
        since = visit.words.read(said["since"]).isoformat()
    except ValueError:
        return "", Said(said, {"since": visit.words.plain("Write day and time as 2027-03-01T08:00.")})
    body = {"at": at, "of": said["what"], "since": since, **{each: said[each] for each in ("decided_by", "reason")}}
    item, _, refused = await acting.refusal(act, visit, json.dumps(body).encode())
    places = [(each.pointer.strip("/"), each.remedy) for each in refused]
    at_fields = {place: remedy for place, remedy in places if place in said}
    rest = tuple(remedy for place, remedy in places if place not in at_fields)
    return "" if refused else item, Said(said, at_fields, rest)


def why_not(_type: str, body: bytes) -> tuple[Fault, ...]:
    """Why it was not taken back."""
    return tuple(Fault("", "14", each) for each in json.loads(body).get("reasons", ()))


def card(moves: Sequence[Any], visit: Visit, said: Said | None = None) -> Card:
    """The moves that hold, each with its form. said: what the one said that was refused."""
    words = visit.words
    parts = tuple(
        Details(_title(each, words), (_form(each, visit, said, n),), open=_is(each, said))
        for n, each in enumerate(moves)
    )  # fmt: skip
    return Card("back", words.plain("Take a move back"), parts, str(len(moves)))


def _is(move: Any, said: Said | None) -> bool:
    return said is not None and said.values["what"] == move.of


def _title(move: Any, words: Words) -> str:
    return words.plain(
        "%(what)s: %(before)s to %(after)s, from %(moment)s", what=move.of, before=Platform(move.leaves).title,
        after=Platform(move.enters).title, moment=words.moment(move.since),
    )  # fmt: skip


def _form(move: Any, visit: Visit, said: Said | None, number: int) -> Form:
    words, mine = visit.words, said if _is(move, said) else None
    values: Mapping[str, str] = mine.values if mine is not None else {}
    faults: Mapping[str, str] = mine.faults if mine is not None else {}
    begins = f"{words.local(move.since):%Y-%m-%dT%H:%M}"
    fields = (
        Field("since", words.plain("From (%(zone)s)", zone=words.zone), values.get("since", begins),
              words.plain("A move that has not begun is void at once, whatever stands here."),
              type="datetime-local", short=True, fault=faults.get("since", "")),
        Field("decided_by", words.plain("Who decided it, by office and name"), values.get("decided_by", ""),
              fault=faults.get("decided_by", "")),
        Field("reason", words.plain("Why"), values.get("reason", ""), rows=2, fault=faults.get("reason", "")),
    )  # fmt: skip
    return Form(PATH, (Button(words.plain("Take it back"), look="btn danger"),), fields,
                {"what": move.of, acting.OF: str(visit.at)}, mark=f"-back-{number}",
                problems=mine.refused if mine is not None else ())  # fmt: skip
