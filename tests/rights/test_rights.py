"""Rights as the law has them: the table holds on a running node, and notices every fault that is put in."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from douane.configuration.settings import PagesAt
from douane.model.circles import Platform
from douane.pages.tests.linting import faults
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing
from tests.pages.union import EXAMPLES, JSON, Union
from tests.pages.visitor import Visitor
from tests.rights.faults import FAULTS
from tests.rights.rows import ROWS, Row
from tests.rights.scene import CLIENTS, DELEGATE, FIRM, Scene
from tests.simulation.patching import Mutation

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("rights")
    with standing(folder, identity_in(folder, CLIENTS), pages=PagesAt(port=0), limits=GENEROUS) as made:
        yield made


@pytest.fixture(scope="module")
def union(node: Standing) -> Union:
    """A guarantee for many movements, and the account of a person of the firm at Duisburg."""
    officer, system = node.client("ccn2", "fr.officer"), node.client("ccn2", "de.system")
    guarantee = (EXAMPLES / "guarantee.json").read_bytes().replace(b"100000.00", b"9000000.00")
    assert officer.ask("POST", "/guarantees/v1/register", guarantee, JSON).status == 202
    karl = {
        "account": DELEGATE, "provider": "https://idp.example", "subject": "karl", "name": "Karl Braun",
        "kind": "trader", "country": "DE", "eori": FIRM, "roles": ["person represented"],
    }  # fmt: skip
    said = json.dumps({"keeper": "EU", "accounts": [karl]}).encode()
    assert system.ask("POST", "/accounts/v1/deliver", said, JSON).status == 202
    return Union(node)


def scene_on(node: Standing, union: Union) -> Scene:
    made = Scene(node, union)
    made.prepare()
    return made


def wrong(scene: Scene, *, first: bool = False) -> list[Row]:
    """The rows that come out otherwise than the law has it."""
    found: list[Row] = []
    for row in ROWS:
        if row.deed(scene, row.who) is not row.achieved:
            found.append(row)
            if first:
                break
    return found


def test_everybody_can_do_what_the_law_gives_him_and_nothing_else(node: Standing, union: Union) -> None:
    assert len(ROWS) >= 60
    found = [row.sentence for row in wrong(scene_on(node, union))]
    assert not found, "\n".join(found)


def test_the_file_of_a_movement_is_a_page_that_its_case_leads_to(node: Standing, union: Union) -> None:
    scene, pages = scene_on(node, union), node.node.pages
    assert pages is not None
    visitor, url = Visitor(pages.port), pages.url("desk").rstrip("/")
    sessions = pages.sessions
    session = sessions.enter(Platform.CCN2, sessions.invite("fr.officer", Platform.CCN2)).name
    visitor.jar[url.partition("//")[2].partition(":")[0]] = {"douane-desk": session}
    assert f'href="/movements/{scene.held}"' in visitor.ask("GET", f"{url}/cases/{scene.held}").body
    shown = visitor.ask("GET", f"{url}/movements/{scene.held}")
    assert (shown.status, faults(shown.body)) == (200, [])
    assert "Sporting rifles, bolt action" in shown.text


@pytest.mark.parametrize("fault", FAULTS, ids=lambda each: each.name)
def test_the_table_notices_what_is_taken_away(node: Standing, union: Union, fault: Mutation) -> None:
    scene = scene_on(node, union)
    with fault.patch():
        assert wrong(scene, first=True), fault.takes_away
