"""What a run is played on: a union, the people at its doors and pages, and what was begun with each keeper."""

from __future__ import annotations

import contextlib
import http.client
import json
import ssl
from dataclasses import dataclass, field
from typing import Any

from tests.one_view.expected import Sheet
from tests.one_view.messages import WAYS, Way
from tests.one_view.person import Person, named, signed_in
from tests.one_view.union import Union
from tests.outside.door import Caller, Doors, Unexpected

HOLDER, RECEIVER, STRANGER = "trader.fr.lesquin", "trader.at.wien", "trader.de.rhein"


@dataclass
class Keeper:
    """An administration that keeps cases. own: the door of its system, None where it has no door of ours; served_by:
    the administration whose system that is; cover: the guarantee for movements that begin there."""

    way: Way
    served_by: str
    own: Caller | None = None
    cover: str = ""

    @property
    def code(self) -> str:
        """Of the administration."""
        return self.way.code

    def line(self, name: str) -> dict[str, Any]:
        """What its own door says of a case, by a name of the case. Raises Unexpected where it has none."""
        assert self.own is not None
        after = ""
        while True:
            page = self.own.call("case_files", "my_cases", limit=100, after=after)
            for each in page["cases"]:
                if named(each, name):
                    found: dict[str, Any] = each
                    return found
            after = page.get("after", "")
            if not after:
                raise Unexpected(f"the door of {self.served_by} has no case {name}")


@dataclass
class Scene:
    """A run. begun: by keeper and what it is, the name of each case of the holder."""

    union: Union
    sheet: Sheet
    keepers: dict[str, Keeper] = field(default_factory=dict)
    begun: dict[tuple[str, str], str] = field(default_factory=dict)
    number: str = ""
    """Of an exporter that Austria registered."""

    def __post_init__(self) -> None:
        self.holder = Caller(self.centre, HOLDER, "speed2")
        self.receiver = Caller(self.centre, RECEIVER, "speed2")
        self.declarant: Person = signed_in(self.union.pages, HOLDER)
        self.wien: Person = signed_in(self.union.pages, RECEIVER)

    @property
    def centre(self) -> Doors:
        """The doors of the centre."""
        return self.union.centre

    @property
    def run(self) -> str:
        """What is unlike any other run at this union."""
        return self.centre.run

    def name(self, code: str, what: str) -> str:
        """A name of this run for a case."""
        return f"OV{self.run}{code}{what}"

    def way(self, code: str) -> Way:
        """Goods that begin in an administration."""
        return WAYS[code]

    def validated(self, number: str, *, who: str = "") -> dict[str, Any]:
        """What a check of the number of an exporter says at the centre, to the public or to a client."""
        if who:
            return dict(Caller(self.centre, who, "speed2").call("rex", "validate", number=number))
        return _public(self.centre, "/rex/v1/validate", {"number": number})


def _public(doors: Doors, path: str, content: dict[str, Any]) -> dict[str, Any]:
    """The answer to somebody who shows nothing."""
    tls = ssl.create_default_context(cafile=str(doors.identity / "root.pem"))
    with contextlib.closing(
        http.client.HTTPSConnection("localhost", doors.ports["speed2"], timeout=40, context=tls)
    ) as connection:
        connection.request("POST", path, json.dumps(content), {"content-type": "application/json"})
        answer = connection.getresponse()
        text = answer.read().decode()
    if answer.status != 200:
        raise Unexpected(f"{path} is answered with {answer.status}: {text[:200]}")
    return dict(json.loads(text))
