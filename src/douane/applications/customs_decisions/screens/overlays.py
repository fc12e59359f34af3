"""What administrations add to the common procedure, beside the elements of the architecture: versions, by whom, why."""

from __future__ import annotations

from typing import Final

import msgspec

from douane.applications.customs_decisions.messages.overlays import (
    OverlayChange,
    OverlayRefused,
    OverlaysShown,
    OverlayVersionShown,
)
from douane.author import MEMBER_STATES, Fault
from douane.author.pages import (
    Act,
    Block,
    Card,
    Chips,
    Column,
    Empty,
    Entry,
    Facts,
    Given,
    Inline,
    Link,
    Note,
    Page,
    Row,
    Screen,
    Situation,
    Table,
    Tag,
    Text,
    Tone,
    Words,
    outcome,
)

PATH: Final = "/explore/overlays"
_OVERLAYS: Final = "customs_decisions.overlays"
_APPROVE: Final = ("customs_decisions", "approve_overlay")


def shown(answer: OverlaysShown, given: Given) -> Page:
    """Every version of an overlay, the latest first, and the forms of the own experts."""
    words = given.words
    chips = tuple((Link(each, f"{PATH}?administration={each}"), each == answer.administration)
                  for each in sorted(MEMBER_STATES))  # fmt: skip
    lead = words.say("An administration adds tasks, internal targets, letters and data elements with status B. It "
                     "changes no time limit and leaves nothing out.")  # fmt: skip
    became = outcome(given, words.say("It is recorded."))
    blocks: list[Block] = [*became, Card("whose", words.plain("Administration"), (Chips(chips),))]
    blocks += [Card("form", words.model(each.title), (each,)) for each in given.acts]
    blocks += [_version(each, words) for each in answer.versions]
    if not answer.versions:
        blocks.append(Empty(words.say("This administration adds nothing.")))
    steps = Text(words.plain("Something can be added after: %(steps)s", steps=", ".join(answer.steps)))
    blocks.append(Card("steps", words.plain("The common procedure"), (steps,)))
    return Page(words.plain("National overlays"), tuple(blocks), state=lead, faulty=bool(given.refused))


def _version(version: OverlayVersionShown, words: Words) -> Card:
    title = words.plain("Version %(number)s", number=version.version)
    facts: list[tuple[str, Inline]] = [
        (words.plain("State"), Tag(words.model(version.state), Tone.GOOD if version.approved_by else Tone.WAIT)),
        (words.plain("For applications from"), words.day(version.since)),
        (words.plain("Reason"), version.reason), (words.plain("Proposed by"), version.proposed_by),
        (words.plain("Approved by"), version.approved_by or "–"),
    ]  # fmt: skip
    blocks: list[Block] = [Facts(tuple(facts))]
    if not version.fits:
        blocks.append(Note("", words.say("It names a step that the procedure of this release does not have."),
                           Tone.BAD))  # fmt: skip
    names = (words.plain("Kind"), words.plain("At"), words.plain("What is added"))
    rows = tuple(Row((words.model(each.kind.value), ", ".join(each.at), _added(each, words)))
                 for each in version.changes)  # fmt: skip
    if rows:
        blocks.append(Table(title, tuple(map(Column, names)), rows))
    return Card(f"version-{version.version}", title, tuple(blocks))


def _added(change: OverlayChange, words: Words) -> str:
    days = words.plain("%(days)s days", days=change.days) if change.days else ""
    return "; ".join(filter(None, (change.text, change.announced, days, ", ".join(change.types))))


def _situation(answer: OverlaysShown, given: Given) -> Situation:
    """A version that waits is approved by the own experts."""
    waits = next((each for each in answer.versions if not each.approved_by), None)
    own = waits is not None and answer.administration == given.country
    known: dict[str, str | int] = {
        "administration": answer.administration,
        "version": waits.version if waits is not None else 0,
        "digest": waits.digest if waits is not None else "",
    }
    return Situation(frozenset({_APPROVE}) if own else frozenset(), known)


def refused(type: str, body: bytes) -> tuple[Fault, ...]:
    """Why a version was not kept."""
    if type != OverlayRefused.__name__ or not body:
        return ()
    told = msgspec.json.decode(body, type=OverlayRefused)
    return tuple(Fault("/", "92", f"{f.remedy} ({f.article})" if f.article else f.remedy) for f in told.faults)


def _question(given: Given) -> dict[str, object]:
    said = given.query.get("administration", "")[:2].upper()
    own = given.country if given.country in MEMBER_STATES else min(MEMBER_STATES)
    return {"administration": said if said in MEMBER_STATES else own}


ACTS: Final = (
    Act(
        "customs_decisions.approve_overlay", "Approve this version", (Entry("reason"),),
        {"administration": "administration", "version": "version"}, refused, PATH, seen={"digest": "digest"},
        tasks=frozenset({_APPROVE}),
    ),
)  # fmt: skip
"""The forms of experts."""
SCREENS: Final = (Screen(_OVERLAYS, PATH, shown, "National overlays", _question, _situation, place=9),)
"""What administrations add."""
