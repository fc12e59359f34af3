"""Names that providers tell: of whose cases they are believed, in which number, and which kinds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from douane.applications.provision.contract import Provision
from douane.applications.provision.messages import CaseElsewhere
from douane.applications.provision.rules.telling import AHEAD, issued_by, within
from douane.author import ALL, NAMES_A_DAY, ActorKind, Chosen, Instant, Operation, Provided
from douane.model import discovery
from douane.vocabulary.provision import NEVER

ISSUES = {"guarantees.register": ("grn",), "guarantees.keep_voucher": ("grn",), "transit.lodge_declaration": ("mrn",)}
BE, DE, EU = 1_000_000_000, 2_000_000_000, 3_000_000_000
"""From when on each of them serves, in microseconds."""
NOW = Instant(3_500_000_000)
PROVIDED = Provided((
    Chosen(Instant(0), "FR", ALL, "EU"), Chosen(Instant(BE), "FR", "guarantees", "BE"),
    Chosen(Instant(DE), "FR", "guarantees", "DE"), Chosen(Instant(EU), "FR", "guarantees", "EU"),
    Chosen(Instant(BE), "FR", "transit", "LU"), Chosen(Instant(BE), "IT", "guarantees", "BE"),
))  # fmt: skip


def told(
    by: str, began: int, *, of: str = "guarantees.register", kind: str = "grn", value: str = "1", whose: str = "FR"
) -> CaseElsewhere:
    return CaseElsewhere(provider=by, administration=whose, kind=kind, value=value, operation=of, began=began)


@pytest.mark.parametrize(
    ("said", "believed"),
    [
        (told("BE", BE), True),
        (told("BE", DE - 1), True),
        (told("BE", DE), False),  # dismissed by then
        (told("BE", BE - 1), False),  # not chosen yet
        (told("DE", DE + 5), True),
        (told("DE", BE + 5), False),  # of the time of another
        (told("LU", BE + 5), False),  # serves with something else
        (told("LU", BE + 5, of="transit.lodge_declaration", kind="mrn"), True),
        (told("LU", BE + 5, of="transit.lodge_declaration", kind="lrn"), False),  # chosen by its sender
        (told("BE", BE + 5, kind="mrn"), False),  # another kind than the operation's
        (told("BE", BE + 5, of="guarantees.change"), False),  # makes no name
        (told("IT", BE + 5, whose="IT"), False),  # the guest, of what its host served
        (told("BE", BE + 5, whose="IT"), True),
        (told("BE", NOW + AHEAD, whose="IT"), True),
        (told("BE", NOW + AHEAD + 1, whose="IT"), False),  # yet to begin
        (told("BE", 0, of="", whose="IT"), True),  # a former release: of who serves now
        (told("BE", 0, of=""), False),
        (told("BE", BE + 5, of=""), False),
        (told("BE", 0, of="", kind="lrn", whose="IT"), False),
        (told("EU", 5), True),
        (told("ES", BE + 5), False),
    ],
)
def test_a_provider_is_believed_of_names_that_he_made_while_he_served(said: CaseElsewhere, believed: bool) -> None:
    assert bool(issued_by(said, provided=PROVIDED, issues=ISSUES, now=NOW)) is believed


def test_names_of_a_day_are_bounded_and_beyond_it_by_what_was_acknowledged() -> None:
    told, taken = (7, NAMES_A_DAY - 1, 0), [within(7, told=(7, NAMES_A_DAY - 1, 0), acknowledged=0)]
    assert taken == [(7, NAMES_A_DAY, 0)]
    assert within(7, told=(7, NAMES_A_DAY, 0), acknowledged=0) is None
    assert within(7, told=(7, NAMES_A_DAY, 0), acknowledged=1) == (7, NAMES_A_DAY, 1)
    assert within(7, told=(7, NAMES_A_DAY, 1), acknowledged=1) is None
    assert within(8, told=(7, NAMES_A_DAY, 1), acknowledged=1) == (8, 1, 1), "another day, and what was used stays used"
    assert told[2] == 0


def test_the_dismissal_of_a_provider_is_when_the_next_one_serves() -> None:
    dismissed = PROVIDED.dismissed
    assert dismissed("FR", "guarantees.use", "BE", Instant(BE)) == NEVER
    assert dismissed("FR", "guarantees.use", "BE", Instant(DE)) == DE
    assert dismissed("FR", "guarantees.use", "BE", NOW) == DE
    assert dismissed("FR", "guarantees.use", "DE", NOW) == EU
    assert dismissed("FR", "guarantees.use", "EU", NOW) == NEVER, "it came back"
    assert dismissed("FR", "guarantees.use", "LU", NOW) == -NEVER, "never"
    assert dismissed("FR", "transit.lodge_declaration", "LU", NOW) == NEVER


TELLS_NOTHING = {
    "provision.choose", "provision.go_back", "provision.offer", "provision.learn", "provision.take_note",
    "provision.move", "provision.move_back",  # how choices are kept is not chosen
    "statistics.report_monthly",  # one case an administration, and each of its messages opens it or goes on with it
    "representation.empower",  # named after who gives a power and who gets it
}  # fmt: skip


def choosable() -> Iterator[Operation]:
    """The operations that open cases and whose provider is chosen."""
    from douane.applications.provision.handlers.choosing import _services

    common = {each.name for each in _services() if each.common}
    for service in discovery.services():
        if service.name not in common:
            yield from (each for each in service.operations if each.opens is not None)


def test_what_an_office_opens_says_which_names_it_makes() -> None:
    """A case that an officer opens at his host's door is found by nobody else unless its name is told."""
    office = [o for o in choosable() if any(actor.kind is ActorKind.OFFICER for actor in o.by)]
    assert len(office) >= 8
    assert {o.qualified for o in office if not o.issues} <= TELLS_NOTHING


def test_no_name_that_its_sender_chose_is_told() -> None:
    assert not [o.qualified for service in discovery.services() for o in service.operations if "lrn" in o.issues]
    assert Provision.learn.issues == ()
