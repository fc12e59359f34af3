"""What the Union publishes, as pages for everybody: numbers, offices, availability; without an identity, at a rate."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from douane.configuration.settings import PagesAt
from douane.pages.tests.linting import faults
from douane.shared_services.web.fair_use import Allowance
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing
from tests.pages.visitor import Seen, Visitor

KNOWN = "FR40123456700017"
RATE = 1


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("checks")
    with standing(folder, identity_in(folder), pages=PagesAt(port=0), limits=GENEROUS) as made:
        yield made


def seen(node: Standing, path: str, language: str = "en") -> Seen:
    """A page of the traders' portal, as somebody sees it who shows nothing."""
    pages = node.node.pages
    assert pages is not None
    return Visitor(pages.port).ask("GET", pages.url("portal").rstrip("/") + path, accept_language=language)


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/checks/eori", "Which numbers?"),
        (f"/checks/eori?numbers={KNOWN}+FR99999999999999", f"{KNOWN} valid not published"),
        (f"/checks/eori?numbers={KNOWN}+FR99999999999999", "FR99999999999999 not valid"),
        ("/checks/eori?numbers=%3Cscript%3E", "<script> not valid"),
        ("/checks/vat", "Which number?"),
        ("/checks/vat?country=FR&number=12345678901", "FR12345678901"),
        ("/checks/vat?country=FR&number=!!", "This is no VAT number"),
        ("/checks/office", "Which office?"),
        ("/checks/office?office=at100000", "AT100000 Name Wien Since"),
        ("/checks/office?office=at100000", "Transit Office of Departure ( DEP ), Office of Destination ( DES )"),
        ("/checks/office?office=at100000", "Decides on applications for authorised consignee, Union transit ( ACE )"),
        ("/checks/office?office=XX999999", "No customs office has this number today."),
        ("/checks/operators", "Whom do you look for?"),
        ("/checks/operators?country=fr&name=nobody", "Nobody of that name is authorised and agreed to be listed."),
        ("/checks/operators?country=%3Cb%3E", "Whom do you look for?"),
        ("/checks/exporter", "Which number?"),
        ("/checks/exporter?number=frrex99", "FRREX99 State not registered"),
        ("/checks/exporter?number=%3Cscript%3E", "<SCRIPT> State not registered"),
        ("/checks/rulings", "Which goods?"),
        ("/checks/rulings?words=cotton&code=6105&country=fr", "No valid ruling holds all of that."),
        ("/checks/rulings?code=61&after=00", "No valid ruling holds all of that."),
        ("/availability", "Every system that announces itself is in service."),
        ("/availability", "Nothing was counted this month, and nothing waits."),
        ("/availability", "Transit A movement that begins under the fallback procedure ends under it."),
        ("/availability", "every other While a computerised system fails for a time"),
    ],
)
def test_everybody_checks_what_is_published(node: Standing, path: str, shown: str) -> None:
    found = seen(node, path)
    assert found.status == 200
    assert shown in found.text
    assert faults(found.body) == []


@pytest.mark.parametrize(
    "path",
    [
        "/checks/eori",
        "/checks/vat",
        "/checks/office",
        "/checks/operators",
        "/checks/exporter",
        "/checks/rulings",
        "/availability",
    ],
)
@pytest.mark.parametrize("language", ["fr", "de"])
def test_the_pages_are_translated(node: Standing, path: str, language: str) -> None:
    assert 'lang="en"' not in seen(node, path, language).body.partition("<main")[2].partition("</main")[0]


def test_nothing_else_is_shown_to_who_shows_nothing(node: Standing) -> None:
    for path in ("/cases", "/messages", "/delegations", "/cases/26FR005350000001J9"):
        assert seen(node, path).status == 401


def test_an_address_checks_at_a_rate(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("rate")
    slow = Allowance(strangers_per_second=RATE)
    with standing(folder, identity_in(folder), pages=PagesAt(port=0), limits=slow) as node:
        first = seen(node, "/checks/eori?numbers=" + KNOWN).status
        refused = any(seen(node, "/checks/eori?numbers=" + KNOWN).status == 429 for _ in range(60))
    assert (first, refused) == (200, True)
