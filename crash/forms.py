"""What persons were told on pages, and its judgement: no form that was acknowledged is lost, none counts twice.

A person gives delegations, each to another firm, so that what a form said can be found: in the journal at the position
that its page named, once, and at the end on the list that he is shown. Sessions are judged by whom they let in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from crash.checker import Finding, Findings, Harm
from crash.ledger import Line, What

OPERATION = "accounts.delegate"
FIRST = 7_000_000_000
OF_A_BROWSER = 1_000_000
HELD = "held"
"""What a line says of a session that let nobody in though it holds, or somebody in though it was ended."""
TURNED_AWAY, LET_IN = "turned away", "let in"


def delegate_of(browser: int, number: int) -> str:
    """The firm of a form: a number of its own for each form of each browser."""
    return f"BE{FIRST + browser * OF_A_BROWSER + number}"


class Given(msgspec.Struct, frozen=True):
    """What of a delegation tells whose form it was."""

    delegate: str


@dataclass(slots=True)
class Forms:
    """What the browsers sent and were told, by the firm that a form names.

    told: the position that its page named. shown: who stands on the list at the end.
    """

    sent: set[str] = field(default_factory=set)
    told: dict[str, str] = field(default_factory=dict)
    again: list[tuple[str, str]] = field(default_factory=list)
    refused: list[Line] = field(default_factory=list)
    shown: Counter[str] = field(default_factory=Counter)
    entered: int = 0
    left: int = 0
    unknown: int = 0

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Forms:
        """Sort the lines of all browsers."""
        found = cls()
        for line in lines:
            found.take(line)
        return found

    def take(self, line: Line) -> None:
        """Sort one line."""
        match line.what:
            case What.SENT:
                self.sent.add(line.id)
            case What.ACKNOWLEDGED:
                self.told[line.id] = line.text
            case What.AGAIN:
                self.again.append((line.id, line.text))
            case What.REFUSED:
                self.refused.append(line)
            case What.COLLECTED:
                self.shown[line.id] += 1
            case What.ENTERED:
                self.entered += 1
            case What.LEFT:
                self.left += 1
            case _:
                self.unknown += 1

    @property
    def counts(self) -> Counter[str]:
        """What the ledger says of them."""
        return Counter({"forms": len(self.told), "sessions": self.entered})


def form_faults(forms: Forms, rows: Mapping[str, bytes]) -> Findings:
    """Everything that is wrong. rows: the bodies of the delegations in the journal, by their positions."""
    stored: dict[str, list[str]] = {}
    for position, body in rows.items():
        stored.setdefault(msgspec.json.decode(body, type=Given).delegate, []).append(position)
    for line in forms.refused:
        yield Finding(Harm.BROKEN, f"{line.id} was answered {line.status}: {line.text[:200]}")
    for name in sorted(forms.sent - forms.told.keys() - {line.id for line in forms.refused}):
        yield Finding(Harm.BROKEN, f"the form of {name} was never answered")
    for name, position in forms.told.items():
        if position not in stored.get(name, ()):
            yield Finding(Harm.LOST, f"the form of {name} was acknowledged and is not in the journal at {position}")
        if not forms.shown[name]:
            yield Finding(Harm.LOST, f"the form of {name} was acknowledged and stands on no page")
    for name, position in forms.again:
        if forms.told.get(name) != position:
            yield Finding(Harm.DOUBLED, f"the form of {name} was taken again, as {position}")
    for name, positions in stored.items():
        if len(positions) > 1:
            yield Finding(Harm.DOUBLED, f"the form of {name} stands {len(positions)} times in the journal")
        if name not in forms.sent:
            yield Finding(Harm.DOUBLED, f"the form of {name} is in the journal and nobody sent it")
    for name, count in forms.shown.items():
        if count > 1:
            yield Finding(Harm.DOUBLED, f"{name} stands {count} times on the list")
