"""Whose system serves whom as a page: choices, offers and a preview, sound in every language."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from douane.applications.provision.messages import (
    ConsumerLine,
    DataSetLine,
    OfferLine,
    PlatformLine,
    PlatformShown,
    Preview,
    ProvisionLine,
    ProvisionShown,
)
from douane.channels.browser.visits import Site, Visit
from douane.pages.blocks import Frame, Page
from douane.pages.drawing import draw
from douane.pages.languages import COMPLETE, Words
from douane.pages.tests.linting import faults, parsed
from douane.portal.provision.choosing import PATH, provision_views
from douane.vocabulary.clocks import machine
from douane.vocabulary.errors import NotValid

LINES = (
    ProvisionLine(administration="FR", of="guarantees", provider="BE", since=1_795_000_000_000_000,
                  decided_by="Director general", reason="Shared <from> spring on", said_by="fr.system", said_at=1),
    ProvisionLine(administration="FR", of="transit", provider="FR", since=1_794_000_000_000_000, said_by="fr.system"),
    ProvisionLine(administration="FR", of="*", provider="EU", since=0, said_by="settings"),
)  # fmt: skip
OFFERS = (OfferLine("BE", ("guarantees",), ("FR",)),)
SHOWN = ProvisionShown(machine(1_795_737_600_000_000), LINES, OFFERS, True)
PREVIEW = Preview(
    faults=("The system of DE does not offer guarantees.",), present="EU", former=(), operations=("guarantees.use",),
    contracts=("guarantees 0123",), level="gold", consumers=(ConsumerLine("member state DE", "guarantees.use", 7),),
    cases=12, data_sets=(DataSetLine("guarantees", "General data of guarantees", 3),),
)  # fmt: skip
MOVES = (
    PlatformLine(of="transit", leaves="ccn_csi", enters="ccn2", since=1_795_000_000_000_000,
                 decided_by="Head of <unit>", reason="Queues end", role="service owner", said_by="eu.rossi", said_at=1),
    PlatformLine(of="aeo.conclude", leaves="ccn2", enters="cdco", since=1_794_000_000_000_000,
                 decided_by="Head of unit", reason="Inside", role="service owner", said_by="eu.rossi", said_at=1,
                 until=1_796_000_000_000_000, back_decided_by="Deputy", back_reason="Not ready"),
)  # fmt: skip
ASKED = {"administration": "FR", "of": "guarantees", "provider": "DE", "since": "2027-03-01T00:00"}


class Asked(Visit):
    """Somebody whose questions are answered."""

    moves: tuple[PlatformLine, ...] = ()

    def offers(self, operation: str) -> bool:
        return operation == "provision.platforms"

    async def ask(self, operation: str, /, **content: object) -> Any:
        if operation == "provision.platforms":
            return PlatformShown(SHOWN.at, self.moves, ())
        if operation == "provision.show":
            return SHOWN
        if content["of"] == "nonsense":
            raise NotValid("There is no such instant.")
        assert content["since"] == "2027-03-01T00:00:00+00:00"
        return PREVIEW


def drawn(query: dict[str, str], language: str = "en", moves: tuple[PlatformLine, ...] = ()) -> str:
    (view,) = provision_views("provision.show", "provision.preview", "provision.platforms")
    site = Site("desk", lambda words: words.plain("Officer's desk"), (view,))

    async def show() -> Any:
        visit = Asked(site, Words(language), None, "", PATH, query=query)
        visit.moves = moves
        return await view.show(visit)

    found = asyncio.run(show())
    assert isinstance(found, Page)
    return draw(found, Frame("Desk", "/", PATH), Words(language))


def test_who_chose_is_who_said_it_and_never_what_he_typed() -> None:
    """A sender types who decided; what the node knows is who sent it."""
    page = parsed(drawn({}, moves=MOVES)).text_content()
    for proven in ("fr.system", "eu.rossi (service owner)"):
        assert proven in page
    for typed in ("Director general", "Head of", "Deputy"):
        assert typed not in page


@pytest.mark.parametrize("language", [*COMPLETE, "el"])
@pytest.mark.parametrize("query", [{}, ASKED, {**ASKED, "of": "nonsense"}, {"administration": "x'\"<"}])
def test_the_page_is_sound_in_every_language(language: str, query: dict[str, str]) -> None:
    assert faults(drawn(query, language)) == []
    assert faults(drawn(query, language, MOVES)) == []


def test_a_choice_says_who_serves_since_when_and_by_whose_decision() -> None:
    rows = [" ".join(" ".join(row.itertext()).split()) for row in parsed(drawn({})).xpath("//tbody/tr")]
    assert rows[0] == "FR guarantees Shared BE Wed 18 Nov 2026, 11:06 fr.system Shared <from> spring on"
    assert rows[1].startswith("FR transit Own")
    assert rows[2].startswith("FR all services Central the first start")


def test_a_preview_says_what_would_change_and_why_it_would_be_refused() -> None:
    text = " ".join(parsed(drawn(ASKED)).text_content().split())
    for said in ("does not offer guarantees", "gold", "12", "member state DE guarantees.use", "Served now by"):
        assert said in text
    assert "There is no such instant." in drawn({**ASKED, "of": "nonsense"})


def test_a_move_says_from_where_to_where_by_whose_decision_and_until_when() -> None:
    card = parsed(drawn({}, moves=MOVES)).xpath("//*[@id='h-platforms']/ancestor::section")[0]
    rows = [" ".join(" ".join(row.itertext()).split()) for row in card.xpath(".//tbody/tr")]
    assert rows[0] == "transit CCN/CSI CCN2 Wed 18 Nov 2026, 11:06 – eu.rossi (service owner) Queues end"
    assert rows[1].startswith("aeo.conclude CCN2 the CDCO desk")
    assert rows[1].endswith("2026, 00:53 Not ready eu.rossi (service owner) Inside")
    assert "each is offered wherever its contract permits" in drawn({})
