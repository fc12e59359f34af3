"""Statements of UUM&DS on persons, as pages of another process ask for them at the sign-in pages of a real node."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from douane.channels.browser.statements import states_there
from douane.channels.browser.visits import Site, Visit
from douane.configuration.ports import SystemClock
from douane.configuration.settings import PagesAt
from douane.identity.asker_statements import MINUTE, AskerVerifier
from douane.identity.issuers import Issuers
from douane.identity.sessions import Person
from douane.model.circles import ActorKind, Platform
from douane.pages.languages import Words
from douane.trust.demo import REPRESENTED, DemoClient
from douane.vocabulary.askers import AskedCase, AskerStatement
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing
from tests.journeys.test_sign_in import BELGIAN, CHIEF, LESQUIN, Someone, said
from tests.pages.visitor import Seen

CASE = {"keeper": "DE", "country": "DE", "reference": "26DE000000000001R9"}
ANNE, SOFIE = Person("fr.anne.martin", "EU"), Person("be.sofie.peeters", "EU", LESQUIN, BELGIAN)


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    chief = DemoClient(CHIEF, ActorKind.TRADER, "BE", BELGIAN, roles=frozenset({REPRESENTED}))
    folder = tmp_path_factory.mktemp("statements")
    with standing(folder, identity_in(folder, (chief,)), pages=PagesAt(port=0), limits=GENEROUS) as made:
        yield made


def asked(node: Standing, held: str, **change: str) -> Seen:
    """What the sign-in pages answer a program."""
    pages = Someone(node)
    return pages.ask("POST", pages.url("signin", "/statement"), {"session": held, **CASE, **change},
                     accept="application/json")  # fmt: skip


def read(node: Standing, statement: str) -> AskerStatement:
    """What a statement says, judged as a keeper judges it."""
    keys = node.identity.load_token_keys()
    return AskerVerifier(Issuers((), here=True), keys).verify(statement, SystemClock().now())


def test_who_is_signed_in_is_stated_for_a_minute_about_one_case(node: Standing) -> None:
    held = node.signed_in(Platform.SPEED2, ANNE)
    seen = asked(node, held)
    assert seen.status == 200, seen.body
    found = read(node, json.loads(seen.body)["statement"])
    assert (found.sub, found.person, found.party, found.by) == ("fr.anne.martin", "fr.anne.martin", LESQUIN, "")
    assert (found.aud, found.country, found.reference) == tuple(CASE.values())
    assert found.exp - found.iat == MINUTE
    assert found.roles
    assert found.jti != read(node, json.loads(asked(node, held).body)["statement"]).jti


def test_nothing_is_stated_of_who_is_not_signed_in_at_the_portal(node: Standing) -> None:
    luc = Person("fr.luc.bernard", "FR")
    for held in ("", "EUinvented", node.signed_in(Platform.CCN2, luc), node.signed_in(Platform.UUMDS, ANNE),
                 f"{node.signed_in(Platform.SPEED2, ANNE)[:-2]}xx"):  # fmt: skip
        assert asked(node, held).status == 401
    held = node.signed_in(Platform.SPEED2, ANNE)
    for wrong in ({"keeper": "nobody"}, {"reference": ""}, {"country": "d"}):
        assert asked(node, held, **wrong).status == 400
    node.run(node.sessions.end(Platform.SPEED2, held))
    assert asked(node, held).status == 401


def test_of_a_delegate_nothing_is_stated_once_his_delegation_ended(node: Standing) -> None:
    between = {"principal": LESQUIN, "delegate": BELGIAN}
    said(node, "trader.fr.lesquin", "/accounts/v1/delegate", **between, scope="full", valid_from="2026-01-01")
    said(node, CHIEF, "/accounts/v1/accept", **between)
    held = node.signed_in(Platform.SPEED2, SOFIE)
    found = read(node, json.loads(asked(node, held).body)["statement"])
    assert (found.person, found.party, found.by) == ("be.sofie.peeters", LESQUIN, BELGIAN)
    said(node, "trader.fr.lesquin", "/accounts/v1/end", **between)
    assert asked(node, held).status == 403


def test_pages_of_another_process_bring_what_the_browser_holds(node: Standing) -> None:
    held, pages = node.signed_in(Platform.SPEED2, ANNE), Someone(node)
    site = Site("portal", lambda words: words.plain("Trader portal"), (), Platform.SPEED2)

    def stated(holds: str, at: str = "") -> str:
        states = states_there(lambda: at or pages.pages.url("signin"), node.identity.root)
        visit = Visit(site, Words("en"), None, "", "/", cookies={site.cookie: holds})

        async def asks() -> str:
            return await states(visit, AskedCase(**CASE))

        return node.run(asks())

    assert read(node, stated(held)).party == LESQUIN
    assert stated("EUinvented") == ""
    assert stated(held, at="https://127.0.0.1:9") == "", "who gives none makes nobody wait"
