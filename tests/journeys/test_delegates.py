"""What a delegate or an employee of a trader sees of the trader's inbox, through the real door."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlencode

import pytest

from douane.identity.principals import Delegation
from douane.model.circles import ActorKind
from douane.runtime.delivery.sight import INBOX_ROLE
from douane.trust.demo import DemoClient
from tests.journeys.standing import Answer, Client, Standing, identity_in, standing
from tests.journeys.supervised import Supervised

DECLARATION = (Path(__file__).parents[2] / "docs" / "examples" / "declaration.xml").read_bytes()
TRADER, EORI = "trader.fr.lesquin", "FR40123456700017"
HELPFUL, IDLE = "representative.be", "idle.be"
"""Delegates of the trader: of a role that he has, and of one that he does not have."""
COLLEAGUE, CHIEF, NEWCOMER = "arrivals.fr", "chief.fr", "new.fr"
"""Employees under another EORI: for arrivals, with the role for inboxes, without a role."""
FIRM = "FR99999999900013"
HOLDER, CONSIGNEE = "holder of the transit procedure", "trader at destination"
XML, JSON = {"content-type": "application/xml"}, {"content-type": "application/json"}


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("delegates")
    idle = DemoClient(
        IDLE, ActorKind.TRADER, "BE", "BE0123456780",
        delegations=(Delegation(EORI, frozenset({CONSIGNEE})),),
    )  # fmt: skip
    firm = [
        DemoClient(name, ActorKind.TRADER, "FR", FIRM, roles=frozenset(roles))
        for name, roles in (
            ("declarations.fr", {HOLDER}),
            (COLLEAGUE, {CONSIGNEE}),
            (CHIEF, {INBOX_ROLE}),
            (NEWCOMER, ()),
        )
    ]
    with standing(folder, identity_in(folder, (idle, *firm))) as made:
        yield made


class Acting:
    """A client of SPEED2 who acts for the trader."""

    def __init__(self, node: Standing | Supervised, name: str) -> None:
        grant = {"grant_type": "client_credentials", "resource": "speed2", "acting_for": EORI}
        media = {"content-type": "application/x-www-form-urlencoded"}
        token = node.client("uumds", name).ask("POST", "/token", urlencode(grant).encode(), media)
        self._bearer = {"authorization": f"Bearer {token.json['access_token']}"}
        self._client = node.client("speed2", name)

    def ask(self, method: str, path: str, body: bytes = b"", media: Mapping[str, str] = XML) -> Answer:
        """A request with the token that says for whom."""
        return self._client.ask(method, path, body, {**media, **self._bearer})


def waiting(answer: Answer) -> list[str]:
    """The ids of the messages in a page of an inbox."""
    assert answer.status == 200, answer.body
    return [item["id"] for item in answer.json["items"]]


def names(client: Client | Acting) -> set[str]:
    """The LRNs of the cases that a client is shown in a list."""
    answer = client.ask("POST", "/case_files/v1/my_cases", b'{"country": "FR"}', JSON)
    assert answer.status == 200, answer.body
    return {name for each in answer.json["cases"] for name in each["names"]}


def test_a_delegate_sees_and_takes_what_is_his_and_one_without_a_role_nothing(node: Standing) -> None:
    trader, helpful, idle = node.client("speed2", TRADER), Acting(node, HELPFUL), Acting(node, IDLE)
    assert trader.ask("POST", "/v1/messages", DECLARATION, {"content-type": "application/xml"}).status == 202
    (first, *_) = waiting(trader.ask("GET", "/v1/inbox?wait=20"))
    assert waiting(helpful.ask("GET", "/v1/inbox")) == []
    assert helpful.ask("POST", f"/v1/inbox/{first}/ack").status == 404
    assert (idle.ask("GET", "/v1/inbox").status, idle.ask("POST", f"/v1/inbox/{first}/ack").status) == (403, 403)

    own = DECLARATION.replace(b"QUICKSTART-1", b"QUICKSTART-2").replace(b"QS-0000001", b"QS-0000002")
    assert helpful.ask("POST", "/v1/messages", own).status == 202
    seen = waiting(helpful.ask("GET", "/v1/inbox?wait=20"))
    assert seen
    assert first not in seen
    assert {first, *seen} <= set(waiting(trader.ask("GET", "/v1/inbox")))
    assert names(trader) == {"QS-0000001", "QS-0000002"}
    assert names(helpful) == {"QS-0000002"}, "the case that he opened"
    assert names(idle) == set()


def test_an_employee_sees_and_takes_what_his_roles_give_and_the_role_for_inboxes_gives_all(node: Standing) -> None:
    holder, colleague = node.client("speed2", "declarations.fr"), node.client("speed2", COLLEAGUE)
    chief, newcomer = node.client("speed2", CHIEF), node.client("speed2", NEWCOMER)
    own = DECLARATION.replace(EORI.encode(), FIRM.encode())
    sent = [
        holder.ask("POST", "/v1/messages", own.replace(b"QUICKSTART-1", name).replace(b"QS-0000001", id), XML)
        for name, id in ((b"FIRM-1", b"FIRM-0001"), (b"FIRM-2", b"FIRM-0002"))
    ]
    assert [each.status for each in sent] == [202, 202]
    first, second, *_ = waiting(holder.ask("GET", "/v1/inbox?wait=20&limit=2"))
    message = f"/v1/messages/{sent[0].json['receipt']}"
    assert names(holder) == names(chief) == {"FIRM-0001", "FIRM-0002"}
    for other in (colleague, newcomer):
        assert names(other) == set()
        assert waiting(other.ask("GET", "/v1/inbox?limit=1")) == []
        assert other.ask("POST", f"/v1/inbox/{first}/ack").status == 404
        assert other.ask("GET", message).status == 404
    assert holder.ask("GET", message).json["answers"]
    assert {first, second} <= set(waiting(chief.ask("GET", "/v1/inbox")))
    assert chief.ask("POST", f"/v1/inbox/{first}/ack").status == 204
    assert holder.ask("POST", f"/v1/inbox/{second}/ack").status == 204
    left = waiting(holder.ask("GET", "/v1/inbox"))
    assert not {first, second} & set(left)
