"""More time to answer an enquiry, at the desk: the form stands while the procedure waits, though no task does."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from douane.configuration.settings import PagesAt
from tests.circles.test_pages import JSON, Pages, act, until_shown
from tests.journeys.standing import GENEROUS, identity_in, standing
from tests.pages.union import Union


@pytest.fixture
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    folder = tmp_path_factory.mktemp("time")
    with standing(folder, identity_in(folder), pages=PagesAt(port=0), limits=GENEROUS) as node:
        yield Pages(node)


def test_it_is_offered_while_the_holder_is_asked_and_given_for_a_carnet_alone(pages: Pages) -> None:
    union = Union(pages.node)
    union.prepare()
    mrn = union.released()
    french = pages.node.client("ccn2", "fr.officer")
    suspicion = json.dumps({"mrn": mrn, "grounds": "The lorry was seen elsewhere."}).encode()
    assert french.ask("POST", "/transit/v1/begin_enquiry", suspicion, JSON).status == 202
    to = f"/cases/{mrn}/prolong-answer"
    until_shown(pages, "fr.officer", f"/cases/{mrn}", f'action="{to}"')
    refused = act(pages, "fr.officer", to)
    assert (refused.status, "TIR carnets alone" in refused.body) == (422, True)
