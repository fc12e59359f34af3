"""The circles of trust at the running doors: every cell of the matrix, every proof that proves nothing."""

from __future__ import annotations

import itertools
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from msgspec import structs

from douane.identity.policy import Cell, OperationAccess, admit, matrix
from douane.identity.principals import Principal, Proof, ProofKind
from douane.model.caller import of_the_core
from douane.model.circles import ActorKind, Circle, Platform
from douane.model.declare import Kind, Operation
from douane.runtime.door.link import SAID_BY_DOORS, DirectLink, Question
from douane.runtime.store.envelope import Arrival, Envelope, ReplyTo, RowKind
from douane.runtime.store.origin import Media
from douane.trust.demo import demo_clients
from douane.trust.development_identity import DevelopmentIdentity
from douane.vocabulary.errors import NotFound, NotValid, WrongCircle
from tests.callers import admitted, reads, system, trader
from tests.circles.identities import OPERATIONS, everybody
from tests.journeys.standing import Answer, Client, Standing, standing

PLATFORMS = (Platform.SPEED2, Platform.CCN2, Platform.CDCO)
READ = {200, 202, 409, 422}
"""What a door answers once it has looked at a message."""
CLOSED = {403, 404}
GARBAGE = b"\x00<no message at all"


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> DevelopmentIdentity:
    return everybody(tmp_path_factory.mktemp("circles")).identity


@pytest.fixture(scope="module")
def node(identity: DevelopmentIdentity) -> Iterator[Standing]:
    with standing(identity.folder.parent, identity) as made:
        yield made


# --- the matrix


def call(client: Client, operation: Operation) -> Answer:
    """Call an operation with a body that nobody can read."""
    if operation.kind is Kind.EVENT:
        return client.ask("GET", f"/v1/feeds/{operation.qualified}")
    path = f"/{operation.service}/v1/{operation.name}"
    return client.ask("POST", path, GARBAGE, {"content-type": "application/json"})


def cells() -> list[Cell]:
    access = [OperationAccess(o.qualified, o.by) for o in OPERATIONS.values()]
    return list(matrix(ActorKind, PLATFORMS, access))


def test_the_service_descriptions_of_each_circle_name_what_the_matrix_opens(node: Standing) -> None:
    """SOAP: an operation that is not opened to a circle has no port there."""
    different = []
    opened = {(c.platform, c.kind, c.operation) for c in cells() if c.verdict.allowed}
    for platform, kind in itertools.product(PLATFORMS, ActorKind):
        client = node.client(platform.value, f"all.{kind.value}")
        for service in {o.service for o in OPERATIONS.values()}:
            found = client.ask("GET", f"/{service}/v1?wsdl")
            named = set(re.findall(rb'<wsdl:operation name="(\w+)">', found.body)) if found.status == 200 else set()
            wanted = {
                n.partition(".")[2].encode()
                for p, k, n in opened
                if (p, k) == (platform, kind) and n.startswith(f"{service}.")
            }
            if named != wanted or (found.status == 200) != bool(wanted):
                different.append((platform.value, kind.value, service, found.status, named ^ wanted))
    assert different == []


def test_the_matrix_holds_open_and_closed_cells_for_every_door_and_operation() -> None:
    found = cells()
    assert len(found) == len(ActorKind) * len(PLATFORMS) * len(OPERATIONS)
    for platform in (Platform.SPEED2, Platform.CCN2):
        assert {c.verdict.allowed for c in found if c.platform is platform} == {True, False}
    inside = {ActorKind.SERVICE, ActorKind.OPERATOR}  # parts of the node, and who runs it, use no door
    outside = {name for name, o in OPERATIONS.items() if any(a.kind not in inside for a in o.by)}
    assert {c.operation for c in found if c.verdict.allowed} == outside


def test_every_client_of_the_demonstration_may_do_what_its_roles_say(node: Standing) -> None:
    """An operation of traders, of systems and of everybody for each of the clients, at each door: the role counts."""
    chosen = [OPERATIONS[f"transit.{name}"] for name in ("lodge_declaration", "enquire", "find_movement")]
    proof = Proof(ProofKind.CERTIFICATE, "")
    for one in demo_clients():
        who = Principal(one.id, one.kind, one.kind.circle, proof, administration=one.administration, roles=one.roles)
        for platform, operation in itertools.product(PLATFORMS, chosen):
            verdict = admit(who, platform, operation.qualified, operation.by)
            answer = call(node.client(platform.value, one.id), operation)
            assert answer.status in (READ if verdict.allowed else CLOSED), (one.id, platform, operation.qualified)


def test_only_the_commission_enters_the_cdco_desk(node: Standing) -> None:
    statuses = {k: node.client("cdco", f"all.{k.value}").ask("GET", "/v1/inbox").status for k in ActorKind}
    assert {k for k, status in statuses.items() if status == 200} == {ActorKind.COMMISSION}
    assert set(statuses.values()) == {200, 403}


def test_the_operator_alone_reads_metrics_and_everybody_health(node: Standing) -> None:
    statuses = {k: node.client("operations", f"all.{k.value}").ask("GET", "/metrics").status for k in ActorKind}
    assert {k for k, status in statuses.items() if status == 200} == {ActorKind.OPERATOR}
    assert set(statuses.values()) == {200, 403}
    assert node.client("operations", "").ask("GET", "/metrics").status == 401
    assert node.client("operations", "").ask("GET", "/health/ready").status == 200


def test_cdco_listens_inside_wherever_the_other_doors_are_opened(identity: DevelopmentIdentity, tmp_path: Path) -> None:
    shutil.copytree(identity.folder, tmp_path / "identity")
    with standing(tmp_path, DevelopmentIdentity(tmp_path / "identity"), "127.0.0.2") as node:
        hosts = {name: address.host for name, address in node.node.listeners.addresses.items()}
    assert hosts.pop("cdco") == "127.0.0.1"
    assert set(hosts.values()) == {"127.0.0.2"}


def test_nobody_makes_events_through_a_door(node: Standing) -> None:
    """An operation that is open to followers is not open to writers."""
    body = json.dumps({}).encode()
    for event in (o for o in OPERATIONS.values() if o.kind is Kind.EVENT):
        path = f"/{event.service}/v1/{event.name}"
        answer = node.client("ccn2", "all.member_state").ask("POST", path, body, {"content-type": "application/json"})
        assert answer.status == 404


def test_openapi_shows_each_caller_what_is_open_and_nothing_else(node: Standing) -> None:
    for kind, platform in itertools.product(ActorKind, PLATFORMS):
        answer = node.client(platform.value, f"all.{kind.value}").ask("GET", "/openapi.json")
        if not platform.admits(kind):
            assert answer.status == 403
            continue
        shown = {m["operationId"] for p in answer.json["paths"].values() for m in p.values()}
        open_ = {c.operation for c in cells() if c.kind is kind and c.platform is platform and c.verdict.allowed}
        bus = {"services", "service", "call", "exchange", "reply"} if "service_bus.find" in open_ else set()
        assert shown - {"send", "collect", "acknowledge", "status"} - bus == open_


# --- proofs that prove nothing


def token(node: Standing, name: str, audience: str, secret: str = "") -> str:
    form = {"grant_type": "client_credentials", "resource": audience}
    if secret:
        form |= {"client_id": "trader.fr.lesquin", "client_secret": secret}
    media = {"content-type": "application/x-www-form-urlencoded"}
    answer = node.client("uumds", name).ask("POST", "/token", urlencode(form).encode(), media)
    assert answer.status == 200, answer
    return str(answer.json["access_token"])


def bearer(node: Standing, platform: str, name: str, given: str) -> Answer:
    return node.client(platform, name).ask("GET", "/v1/inbox", headers={"authorization": f"Bearer {given}"})


def test_a_token_works_where_it_was_made_for_and_with_the_certificate_it_is_bound_to(node: Standing) -> None:
    bound = token(node, "trader.fr.lesquin", "speed2")
    assert bearer(node, "speed2", "trader.fr.lesquin", bound).status == 200
    for name in ("", "trader.de.rhein", "confused"):
        assert bearer(node, "speed2", name, bound).status in (401, 403)
    assert bearer(node, "ccn2", "trader.fr.lesquin", bound).status in (401, 403)
    forged = bound[:-6] + ("aaaaaa" if bound[-6:] != "aaaaaa" else "bbbbbb")
    assert bearer(node, "speed2", "trader.fr.lesquin", forged).status == 401


def test_a_token_by_secret_needs_no_certificate_but_bears_none_of_another(
    node: Standing, identity: DevelopmentIdentity
) -> None:
    path = identity.client("trader.fr.lesquin").secret
    assert path is not None
    given = token(node, "", "speed2", path.read_text())
    assert bearer(node, "speed2", "", given).status == 200
    assert bearer(node, "speed2", "trader.de.rhein", given).status == 401


# --- the link


def envelope(platform: str, circle: str) -> Envelope:
    one = structs.replace(trader("FR1") if circle == "untrusted" else system("FR"), circle=Circle(circle))
    return admitted(one, "guarantees.use", b"{}", id="id", administration="FR", platform=platform)


@pytest.mark.parametrize("door", PLATFORMS)
def test_a_door_speaks_for_its_own_platform_and_circle_only(node: Standing, door: Platform) -> None:
    """A captured door asserts whatever it likes over its link; the core knows whose link it is."""
    link = DirectLink(door, node.node.core.end())
    before = node.node.core.node.owners[0].state.leaf
    for platform, circle in itertools.product(Platform, Circle):
        own = platform is door and circle in {kind.circle for kind in door.kinds}
        if not own:
            with pytest.raises(WrongCircle):
                node.run(link.submit(Arrival(envelope(platform.value, circle.value))))
    assert node.node.core.node.owners[0].state.leaf == before


def test_a_door_does_not_speak_for_a_process_of_the_core(node: Standing) -> None:
    link = DirectLink(Platform.CCN2, node.node.core.end())
    good = envelope("ccn2", "trusted")
    for forged in (
        structs.replace(good, reply_to=ReplyTo(1, "departure", 1, 1)),
        structs.replace(good, content=structs.replace(good.content, media=Media.VALUE)),
        structs.replace(good, origin=structs.replace(good.origin, caller=of_the_core("FR"))),
        *(structs.replace(good, kind=kind) for kind in RowKind if kind not in SAID_BY_DOORS),
    ):
        with pytest.raises(WrongCircle):
            node.run(link.submit(Arrival(forged)))


def test_what_a_link_carries_reaches_the_core(node: Standing) -> None:
    """The other way round: an honest envelope is not stopped at the link but judged by the core."""
    link = DirectLink(Platform.SPEED2, node.node.core.end())
    honest = structs.replace(envelope("speed2", "untrusted"), operation="import_procedure.declare")
    with pytest.raises(NotValid):  # by the core, which read it
        node.run(link.submit(Arrival(honest)))


def test_a_link_reads_and_asks_only_for_parties_of_its_platform(node: Standing) -> None:
    """A captured SPEED2 door collects no administration's inbox, asks nothing that is not open to its circle."""
    end = node.node.core.end()
    speed2, ccn2, cdco = (DirectLink(p, end) for p in (Platform.SPEED2, Platform.CCN2, Platform.CDCO))
    whole, posing = envelope("speed2", "untrusted"), structs.replace(system("FR"), circle=Circle.UNTRUSTED)
    closed = Question("guarantees.show", "FR", trader("FR1"), frozenset({"customs officer of guarantee"}), None)
    for forbidden in (
        speed2.collect(reads("NTA.FR"), "", 1, 0),
        speed2.acknowledge(reads("NTA.FR"), "1", "rest"),
        speed2.collect(reads("@1"), "", 1, 0),
        speed2.ask(closed),
        cdco.ask(closed),
        speed2.submit(Arrival(structs.replace(whole, origin=structs.replace(whole.origin, caller=posing)))),
    ):
        with pytest.raises((WrongCircle, NotFound)):
            node.run(forbidden)
    assert node.run(ccn2.collect(reads("NTA.DE"), "", 1, 0))[0] == []
    assert node.run(cdco.collect(reads("NTA.EU"), "", 1, 0))[0] == []
    assert node.run(speed2.collect(reads("FR1"), "", 1, 0))[0] == []
