"""The register of authorisations through the doors: who may state, who may ask, and what is answered as of when."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.standing import Answer, Standing, identity_in, standing

JSON = {"content-type": "application/json"}
HOLDER = "FR40123456700017"  # trader.fr.lesquin
GRANTED, SUSPENDED, AGAIN = "2026-03-01T00:00:00Z", "2026-05-12T22:00:00Z", "2026-06-11T22:00:00Z"


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("authorisations")
    with standing(folder, identity_in(folder)) as made:
        yield made


def call(node: Standing, who: str, operation: str, *, door: str = "ccn2", **content: Any) -> Answer:
    return node.client(door, who).ask("POST", f"/authorisations/v1/{operation}", json.dumps(content).encode(), JSON)


def state(node: Standing, who: str, reference: str, number: int, **more: Any) -> list[str]:
    """State an act; what the inbox says of it."""
    known = {"holder": HOLDER, "effect_from": GRANTED}
    answer = call(node, who, "state", reference=reference, number=number, **{**known, **more})
    assert answer.status == 202, answer.body
    inbox = node.client("ccn2", who)
    told = []
    for item in inbox.ask("GET", "/v1/inbox?wait=20").json["items"]:
        body = json.loads(item["body"])
        if (body.get("reference"), body.get("number")) == (reference, number):
            told += [item["type"], *body.get("reasons", ())]
        assert inbox.ask("POST", f"/v1/inbox/{item['id']}/ack").status in (200, 204)
    return told


def ask(node: Standing, reference: str, who: str = "de.system", **more: Any) -> Any:
    answer = call(node, who, "ask", reference=reference, **more)
    assert answer.status == 200, answer.body
    return answer.json


def test_the_authority_states_and_every_administration_is_answered(node: Standing) -> None:
    reference = "FRACR2026700001"
    assert state(node, "fr.system", reference, 1) == ["AuthorisationActKept"]
    for who in ("fr.system", "fr.officer", "de.system", "at.officer"):
        found = ask(node, reference, who, begins_in="FR", ends_in="AT")
        assert (found["standing"], found["type"], found["holder"]) == ("usable", "ACR", HOLDER)
    found = ask(node, reference, begins_in="DE", ends_in="FR")
    assert (found["standing"], found["limited_by"]) == ("outside", "IA art. 313(1)")


def test_what_nobody_granted_is_unknown(node: Standing) -> None:
    found = ask(node, "FRACRINVENTED", begins_in="FR")
    assert (found["standing"], found.get("holder", "")) == ("unknown", "")


def test_nobody_states_acts_of_another_authority(node: Standing) -> None:
    answer = call(node, "de.system", "state", reference="FRACR2026700002", number=1, holder=HOLDER, effect_from=GRANTED)
    assert answer.status in (202, 403), answer.body
    node.client("ccn2", "de.system").ask("GET", "/v1/inbox?wait=1")
    assert ask(node, "FRACR2026700002", begins_in="FR")["standing"] == "unknown"


@pytest.mark.parametrize(("who", "door"), [("trader.fr.lesquin", "speed2"), ("third.ch", "speed2")])
def test_nobody_outside_states_or_asks(node: Standing, who: str, door: str) -> None:
    for operation in ("state", "ask"):
        content = {"reference": "FRACR2026700003", "number": 1, "holder": HOLDER, "effect_from": GRANTED}
        assert call(node, who, operation, door=door, **content).status in (403, 404)


def test_history_is_never_overwritten(node: Standing) -> None:
    """A suspension for a time, and an annulment that was decided later: what was known before is answered as before."""
    reference = "FRSSE2026700001"
    assert state(node, "fr.system", reference, 1) == ["AuthorisationActKept"]
    period = {"effect_from": SUSPENDED, "effect_to": AGAIN}
    assert state(node, "fr.officer", reference, 2, state="suspended", **period) == ["AuthorisationActKept"]
    days = (GRANTED, SUSPENDED, "2026-06-11T21:59:59Z", AGAIN)
    found = [ask(node, reference, valid_at=day, begins_in="FR")["standing"] for day in days]
    assert found == ["usable", "suspended", "suspended", "usable"]
    known_at = call(node, "fr.officer", "show", reference=reference).json["acts"][-1]["known_at"]
    assert state(node, "fr.system", reference, 3, state="annulled", ground="UCC art. 27") == ["AuthorisationActKept"]
    assert ask(node, reference, valid_at=AGAIN, begins_in="FR")["standing"] == "ended"
    assert ask(node, reference, valid_at=AGAIN, known_at=known_at, begins_in="FR")["standing"] == "usable"
    acts = call(node, "fr.officer", "show", reference=reference).json["acts"]
    assert [(act["number"], act["state"]) for act in acts] == [(1, "valid"), (2, "suspended"), (3, "annulled")]


def test_an_act_out_of_turn_or_for_another_holder_is_refused_with_every_reason(node: Standing) -> None:
    reference = "FRTRD2026700001"
    assert state(node, "fr.system", reference, 1) == ["AuthorisationActKept"]
    told = state(node, "fr.system", reference, 3, holder="FR99999999900011")
    assert told[0] == "AuthorisationActNotKept"
    assert len(told) == 3
    assert state(node, "fr.system", reference, 1, ground="Once more")[0] == "AuthorisationActNotKept"


def test_holder_and_authority_see_the_acts_and_others_see_nothing(node: Standing) -> None:
    reference = "FRACR2026700005"
    assert state(node, "fr.system", reference, 1) == ["AuthorisationActKept"]
    shown = {
        who: call(node, who, "show", door=door, reference=reference).status
        for who, door in (
            ("trader.fr.lesquin", "speed2"), ("fr.officer", "ccn2"), ("trader.de.rhein", "speed2"),
            ("de.officer", "ccn2"), ("representative.be", "speed2"),
        )
    }  # fmt: skip
    assert shown == {
        "trader.fr.lesquin": 200, "fr.officer": 200, "trader.de.rhein": 404, "de.officer": 404,
        "representative.be": 403,
    }  # fmt: skip
