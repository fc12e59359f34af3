"""What an administration joins, plans, asks for and accepts, entered at its own desk by forms without scripts."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from douane.applications.programme.handlers import requiring
from douane.applications.programme.tests.test_requiring import TEST
from douane.configuration.settings import PagesAt
from douane.pages.tests.linting import faults
from douane.reference_architecture.proof import Proof
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing
from tests.pages.test_programme import actions, visiting
from tests.pages.union import JSON
from tests.pages.visitor import Seen, Visitor

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
LIBRARY, SHARED, PLAN = "/programme/library", "/programme/library/shared-guarantees", "/programme/plans/transit"
REQUIREMENTS, TIED = "/programme/requirements", "/programme/requirements/REQ-PRG-010"
TERMS = {
    "owner": "DE", "initiative": "shared-guarantees", "title": "Guarantees <shared>", "text": "One ledger.",
    "kind": "application", "licence": "EUPL-1.2", "host": "DE", "funding": "by use", "ending": "At the end of a year.",
}  # fmt: skip
BUNDLE = {"owner": "DE", "initiative": "shared-guarantees", "version": "1.0", "address": "https://example.eu/1.tar",
          "digest": "ab" * 32, "octets": 4096}  # fmt: skip


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    """DE began an initiative and published a result, as its system does."""
    folder = tmp_path_factory.mktemp("collaboration")
    with standing(folder, identity_in(folder), pages=PagesAt(port=0), limits=GENEROUS) as found:
        for operation, said in (("state_initiative", TERMS), ("state_result", BUNDLE)):
            assert sent(found, "de.system", operation, said) == 202
        yield found


def sent(node: Standing, client: str, operation: str, said: Any) -> int:
    body = json.dumps(said).encode()
    return node.client("ccn2", client).ask("POST", f"/programme/v1/{operation}", body, JSON).status


def until(visitor: Visitor, at: str, text: str) -> Seen:
    """A page, once it says something: what is entered at a desk is passed on to the centre."""
    end = time.monotonic() + 20
    while text not in (found := visitor.get(at)).text:
        assert time.monotonic() < end, found.text
        time.sleep(0.2)
    assert faults(found.body) == []
    return found


def test_a_coordinator_joins_uses_and_leaves_for_his_own_administration(node: Standing) -> None:
    visitor, url = visiting(node, "fr.officer", "desk")
    assert "Guarantees <shared>" in until(visitor, f"{url}{LIBRARY}?q=guarantees&kind=application", "Guarantees").text
    assert "No initiative holds all of that." in visitor.get(f"{url}{LIBRARY}?q=zebra").text
    page = until(visitor, url + SHARED, "Nobody takes part yet.")
    assert actions(page) == {f"{SHARED}/join", f"{SHARED}/use-result"}
    done = visitor.send(page, f"{SHARED}/join", administration="AT")
    assert "It is recorded." in done.text
    page = until(visitor, url + SHARED, "FR ")
    assert "AT" not in page.text.partition("Who takes part")[2], "for whom he joins is no field"
    assert f"{SHARED}/leave" in actions(page)
    visitor.send(page, f"{SHARED}/use-result", version="1.0")
    until(visitor, url + SHARED, "FR 1.0 ")
    left = visitor.send(visitor.get(url + SHARED), f"{SHARED}/leave")
    assert "It is recorded." in left.text, left.text
    page = until(visitor, url + SHARED, "Left")
    assert f"{SHARED}/join" in actions(until(visitor, url + SHARED, "Take part"))
    visitor.send(visitor.get(url + SHARED), f"{SHARED}/join")
    assert f"{SHARED}/leave" in actions(until(visitor, url + SHARED, "takes part")), "back again, by the same form"


def test_a_coordinator_plans_the_steps_of_his_administration_by_a_form(node: Standing) -> None:
    visitor, url = visiting(node, "de.officer", "desk")
    assert 'href="/programme/plans/transit"' in visitor.get(f"{url}/programme/plans").body
    page = visitor.get(url + PLAN)
    empty = {f"day-{number}": "" for number in range(11)}
    refused = visitor.send(page, f"{PLAN}/plan", **empty | {"day-7": "2027-03-01"})
    assert refused.status == 422
    assert "needs phase 5" in refused.text
    assert 'value="2027-03-01"' in refused.body, "nothing is lost of what was typed"
    wrong = visitor.send(page, f"{PLAN}/plan", **empty | {"day-2": "soon"})
    assert wrong.status == 422
    done = visitor.send(page, f"{PLAN}/plan", **empty | {"day-2": "2027-02-01", "day-4": "2027-02-01"})
    assert "It is recorded." in done.text
    end = time.monotonic() + 20
    while True:
        told = node.client("ccn2", "fr.officer").ask("POST", "/programme/v1/roll_out", b"{}", JSON).json
        own = [each for each in told["lines"] if (each["administration"], each["service"]) == ("DE", "transit")]
        if own and [step["stage"] for step in own[0]["steps"]] == ["service", "central"]:
            break
        assert time.monotonic() < end, own
        time.sleep(0.2)
    assert faults(visitor.get(url + PLAN).body) == []


def test_an_administration_asks_and_accepts_and_the_page_says_who(
    node: Standing, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor, url = visiting(node, "fr.officer", "desk")
    page = visitor.get(f"{url}{REQUIREMENTS}?ask=REQ-PRG-010")
    assert actions(page) == {f"{REQUIREMENTS}/ask-requirement"}
    assert 'value="REQ-PRG-010"' in page.body
    bare = visitor.send(page, f"{REQUIREMENTS}/ask-requirement", requirement="REQ-NEW-1", text="", task="")
    assert bare.status == 422
    assert "say what must hold" in bare.text
    visitor.send(page, f"{REQUIREMENTS}/ask-requirement", requirement="REQ-PRG-010", text="", task="")
    monkeypatch.setattr(requiring, "proof_of", lambda _model: None)
    page = until(visitor, url + TIED, "nobody yet")
    assert "not known for this build" in page.text
    assert f"{TIED}/accept-requirement" not in actions(page), "nobody accepts what no test shows"
    monkeypatch.setattr(requiring, "proof_of", lambda model: Proof("c", model.hash, {f"{TEST}::test_a": "passed"}))
    page = visitor.get(url + TIED)
    accepted = visitor.send(page, f"{TIED}/accept-requirement")
    assert "It is recorded." in accepted.text, accepted.text
    until(visitor, url + TIED, "programme coordinator")
    other, desk = visiting(node, "de.officer", "desk")
    assert f"{TIED}/accept-requirement" not in actions(other.get(desk + TIED)), "DE asked for nothing"
    assert "REQ-PRG-010" in until(other, desk + REQUIREMENTS, "FR (accepted)").text


def test_nobody_speaks_for_another_and_no_stranger_reads(node: Standing) -> None:
    before = node.client("ccn2", "fr.officer").ask("POST", "/programme/v1/library", b"{}", JSON).json
    part = {"initiative": "shared-guarantees", "administration": "AT"}
    for client in ("de.system", "fr.officer", "commission.system"):
        for operation in ("join", "leave"):
            sent(node, client, operation, part)
    for operation, said in (("join", part), ("library", {}), ("requirements", {})):
        body = json.dumps(said).encode()
        answer = node.client("speed2", "trader.fr.lesquin").ask("POST", f"/programme/v1/{operation}", body, JSON)
        assert answer.status in (403, 404)
    portal, url = visiting(node, "trader.fr.lesquin", "portal")
    for path in (LIBRARY, SHARED, REQUIREMENTS, "/programme/plans", "/programme/library.ttl"):
        assert portal.get(url + path).status == 404
    time.sleep(1)
    assert node.client("ccn2", "fr.officer").ask("POST", "/programme/v1/library", b"{}", JSON).json == before


def test_the_commission_begins_an_initiative_and_the_library_goes_to_catalogues(node: Standing) -> None:
    visitor, url = visiting(node, "commission.officer", "centre")
    page = visitor.get(url + LIBRARY)
    said = {name: value for name, value in TERMS.items() if name != "owner"} | {"initiative": "one-list"}
    wrong = visitor.send(page, f"{LIBRARY}/state-initiative", **said | {"host": "Germany"})
    assert wrong.status == 422
    assert "Two letters; EU for the Commission." in wrong.text
    visitor.send(page, f"{LIBRARY}/state-initiative", **said)
    until(visitor, url + LIBRARY, "one-list")
    desk, at = visiting(node, "fr.officer", "desk")
    assert actions(desk.get(at + LIBRARY)) == set(), "an officer of an administration begins none here"
    found = desk.get(f"{at}/programme/library.ttl")
    assert found.status == 200
    for text in ('dct:title "Guarantees <shared>"@en', "one-list", "<https://example.eu/1.tar>", "adms:Asset"):
        assert text in found.body
