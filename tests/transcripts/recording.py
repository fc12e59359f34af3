"""How a script says what is given: each call is an exchange that is kept, with what came back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from tests.hostile import messages
from tests.transcripts.exchanges import Exchange, Facts, Names
from tests.transcripts.played import Played

NOW: Final = "2026-11-18T11:00:00"
TODAY: Final = "2026-11-18"
XML, JSON, SOAP = "application/xml", "application/json", "text/xml; charset=utf-8"


@dataclass
class Recorder:
    """Gives to a node and keeps what was given and told."""

    node: Played
    names: Names = field(default_factory=Names)
    kept: list[Exchange] = field(default_factory=list)

    def give(self, **given: Any) -> Facts:
        """One exchange; what came back, as it came."""
        named = self.names.given(given)
        told = self.node.give(given)
        self.kept.append(Exchange(named, self.names.told(told)))
        return told

    def ask(
        self, who: str, path: str, body: str = "", *, door: str = "speed2", method: str = "", **headers: str
    ) -> Facts:
        """A request over HTTP; headers with hyphens for underscores."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.give(
            who=who, door=door, method=method or ("POST" if body else "GET"), path=path, body=body, headers=named
        )

    def xml(self, who: str, body: str, door: str = "speed2", path: str = "/v1/messages") -> Facts:
        """A message of a family."""
        return self.ask(who, path, undated(body), door=door, content_type=XML)

    def json(self, who: str, operation: str, door: str = "speed2", id: str = "", **content: Any) -> Facts:
        """An operation with its content."""
        service, _, name = operation.partition(".")
        own = {"message_id": id} if id else {}
        return self.ask(who, f"/{service}/v1/{name}", json.dumps(content), door=door, content_type=JSON, **own)

    def collect(self, who: str, door: str = "speed2") -> list[Any]:
        """What is new for somebody, until it is quiet."""
        found: list[Any] = self.give(collect=who, door=door)["items"]
        return found


Script = Callable[[Recorder], None]


def undated(text: str) -> str:
    """A message that says this moment, as one of the transcripts' day."""
    text = re.sub(rf"{messages.now()[:10]}T\d\d:\d\d:\d\d", NOW, text)
    return text.replace(f">{messages.today()}<", f">{TODAY}<")


def mrn_in(items: list[Any]) -> str:
    """The MRN that messages name."""
    found = re.search("<MRN>([0-9A-Z]{18})<", json.dumps(items))
    assert found is not None, items
    return found[1]
