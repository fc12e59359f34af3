"""Certificates revoked, clients added and taken out while a node runs: its doors and links follow by themselves."""

from __future__ import annotations

import asyncio
import datetime as dt
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from douane.assembly.link import TlsAddress, connection
from douane.identity.authorities import Period, issue_revocations, read_credential
from douane.identity.principals import Delegation
from douane.identity.register import Client as Registered
from douane.identity.register import Register
from douane.identity.revocations import RevocationList, read_lists
from douane.model.circles import Circle, Platform
from douane.shared_services.link.door_end import RemoteLink
from douane.trust.development_identity import DevelopmentIdentity
from douane.trust.known import EFFECTIVE, LOOK
from tests.cli.nodes import Printed, answer, refused, said
from tests.journeys.authorities import Second, found, new_server, registered
from tests.journeys.standing import Standing, identity_in, standing

DECLARATION = (Path(__file__).parents[2] / "docs" / "examples" / "declaration.xml").read_bytes()
TRADER, OTHER, SYSTEM = "trader.fr.lesquin", "trader.de.rhein", "de.system"


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("revocation")
    with standing(folder, identity_in(folder), links=("tls://127.0.0.1:0",)) as made:
        yield made


def until(true: Callable[[], bool], what: str) -> None:
    """Wait for what a slow machine may take long to notice."""
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.1)


def inbox(node: Standing, name: str, platform: str = "speed2") -> int:
    return node.client(platform, name).ask("GET", "/v1/inbox").status


def list_file(node: Standing, circle: Circle) -> Path:
    (authority,) = node.identity.load_authorities()[circle]
    return node.identity.revocations(authority)


def held(node: Standing, circle: Circle) -> RevocationList:
    (found,) = read_lists(list_file(node, circle).read_bytes())
    return found


def data(node: Standing) -> str:
    return str(node.identity.folder.parent)


def test_the_promise_leaves_room_for_several_looks() -> None:
    assert LOOK * 3 <= EFFECTIVE


def test_a_revoked_certificate_is_refused_on_its_open_connection_and_with_its_token(
    node: Standing, capsys: Printed
) -> None:
    form = urlencode({"grant_type": "client_credentials", "resource": "speed2"}).encode()
    media = {"content-type": "application/x-www-form-urlencoded"}
    token = str(node.client("uumds", TRADER).ask("POST", "/token", form, media).json["access_token"])
    proof = {"authorization": f"Bearer {token}"}
    client = node.client("speed2", TRADER)
    assert client.ask("GET", "/v1/inbox", headers=proof).status == 200
    open_ = client._open
    done = answer(capsys, "certificate", "revoke", TRADER, "--reason", "key-compromise", "--data", data(node))
    name = "CN=Douane development untrusted"
    facts = {"circle": "untrusted", "authority": name, "list": 2, "entries": 1, "added": 1}
    assert done == [{**facts, "effective_seconds": EFFECTIVE}]
    until(lambda: inbox(node, TRADER) == 401, "the certificate is still accepted")
    assert client._open is open_, "the refusal came over another connection"
    told = client.ask("GET", "/v1/inbox", headers=proof)
    assert (told.status, told.json["code"]) == (401, "DOU-1101")
    assert "revoked" in told.json["detail"]
    assert node.client("uumds", TRADER).ask("POST", "/token", form, media).status == 401
    assert inbox(node, OTHER) == 200
    assert inbox(node, SYSTEM, "ccn2") == 200


def test_the_list_keeps_who_was_on_it_since_when_and_why(node: Standing, capsys: Printed) -> None:
    said(capsys, "certificate", "revoke", "at.system", "--data", data(node))
    before = held(node, Circle.TRUSTED)
    chain = node.identity.client("it.system").certificate
    said(capsys, "certificate", "revoke", str(chain), "--reason", "superseded", "--data", data(node))
    after = held(node, Circle.TRUSTED)
    assert set(before.entries) < set(after.entries)
    assert after.number == before.number + 1
    assert "Nothing new" in said(capsys, "certificate", "revoke", "it.system", "--data", data(node))
    states = {c["client"]: c["state"] for c in answer(capsys, "certificate", "list", "--data", data(node))}
    assert states["it.system"] == states["at.system"] == "revoked"
    assert states[SYSTEM] == "good"
    assert "it.system" in said(capsys, "certificate", "list", "--data", data(node))


def test_a_link_between_hosts_ends_when_its_door_is_revoked(node: Standing, capsys: Printed) -> None:
    made = connect_link(node)
    until(lambda: made.connected, "the link of SPEED2 did not connect")
    kept = connect_link(node, Platform.CCN2)
    until(lambda: kept.connected, "the link of CCN2 did not connect")
    said(capsys, "certificate", "revoke", "link.speed2", "--data", data(node))
    until(lambda: not made.connected, "the link of SPEED2 still holds")
    assert kept.connected


def connect_link(node: Standing, platform: Platform = Platform.SPEED2) -> RemoteLink:
    assert node.node.links is not None
    connect = connection(TlsAddress("127.0.0.1", node.node.links.port), platform, node.identity)
    link = RemoteLink(
        platform, name="door", connect=connect, catalogue=node.node.core.catalogue, clock=node.node.core.clock
    )

    async def begin() -> None:
        node.node.tasks.append(asyncio.create_task(link.run()))

    node.run(begin())
    return link


def test_a_client_is_added_and_taken_out_while_the_node_runs(node: Standing) -> None:
    register = node.identity.load_register()
    for clients, status in (([c for c in register if c.id != OTHER], 401), (list(register), 200)):
        written(node.identity, clients)

        def followed(status: int = status) -> bool:
            return inbox(node, OTHER) == status

        until(followed, f"the register of {len(clients)} is not followed")


def written(identity: DevelopmentIdentity, clients: list[Registered]) -> None:
    identity.register.write_text(Register(clients).toml())


def test_what_cannot_be_read_changes_nothing(node: Standing) -> None:
    whole = list_file(node, Circle.UNTRUSTED).read_bytes()
    log = node.identity.folder.parent / "node.log"
    before = log.read_text().count("node.failed")
    trader = inbox(node, TRADER)  # refused or not, as other tests left it
    list_file(node, Circle.UNTRUSTED).write_bytes(b"-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n")
    until(lambda: log.read_text().count("node.failed") > before, "the operator was not told")
    assert inbox(node, OTHER) == 200
    assert inbox(node, TRADER) == trader
    list_file(node, Circle.UNTRUSTED).write_bytes(whole)


def test_a_list_of_an_authority_elsewhere_is_taken_over_and_an_older_one_is_not(
    node: Standing, tmp_path: Path, capsys: Printed
) -> None:
    key = node.identity.authority_key(Circle.UNTRUSTED)
    issuer = read_credential(node.identity.authority(Circle.UNTRUSTED).read_bytes(), key.read_bytes())
    entries, number = held(node, Circle.UNTRUSTED).entries, held(node, Circle.UNTRUSTED).number
    period = Period.days(dt.datetime.now(dt.UTC), 30)
    fresh, old, foreign = tmp_path / "fresh.pem", tmp_path / "old.pem", tmp_path / "foreign.pem"
    fresh.write_bytes(issue_revocations(entries, issuer=issuer, period=period, number=number + 7))
    old.write_bytes(issue_revocations((), issuer=issuer, period=period, number=number - 1))
    stranger = replace(issuer, key=ec.generate_private_key(ec.SECP256R1()))
    foreign.write_bytes(issue_revocations((), issuer=stranger, period=period, number=number + 9))
    assert answer(capsys, "certificate", "load", str(fresh), "--data", data(node))[0]["list"] == number + 7
    assert f"number {number + 7} holds" in refused(capsys, "certificate", "load", str(old), "--data", data(node))
    assert "No authority" in refused(capsys, "certificate", "load", str(foreign), "--data", data(node))
    assert "no revocation list" in refused(capsys, "certificate", "load", str(key), "--data", data(node))
    hidden = key.rename(key.with_suffix(".elsewhere"))
    try:
        assert "douane certificate load" in refused(capsys, "certificate", "revoke", OTHER, "--data", data(node))
    finally:
        hidden.rename(key)
    assert "neither a client" in refused(capsys, "certificate", "revoke", "nobody", "--data", data(node))


def test_the_list_of_a_second_authority_makes_nobody_good_whom_the_first_has_revoked(
    node: Standing, tmp_path: Path, capsys: Printed
) -> None:
    """A roll-over, with a list whose number is higher than the first authority's will be for long."""
    gone, second = "trader.at.linz", Second.of(node.identity)
    said(capsys, "certificate", "revoke", gone, "--data", data(node))
    until(lambda: inbox(node, gone) == 401, "the certificate is still accepted")
    second.card("trader.at.wien")
    second.introduce()
    until(lambda: inbox(node, "second.trader.at.wien") == 503, "an authority without a list vouches for somebody")
    said(capsys, "certificate", "load", second.listed(tmp_path), "--data", data(node))
    until(lambda: inbox(node, "second.trader.at.wien") == 200, "the list of the second authority is not followed")
    assert [inbox(node, name) for name in (gone, "trader.at.wien")] == [401, 200]
    older = node.identity.folder / "untrusted.revoked.pem"  # as a release before this one kept it
    older.write_bytes(Path(second.listed(tmp_path, number=51)).read_bytes())
    before = swaps(node)
    until(lambda: swaps(node) > before, "the file is not followed")
    assert [inbox(node, name) for name in (gone, "trader.at.wien")] == [401, 200]


def swaps(node: Standing) -> int:
    return (node.identity.folder.parent / "node.log").read_text().count("artefact.swapped")


def test_a_role_or_delegation_taken_away_ends_with_the_register_and_not_with_the_token(node: Standing) -> None:
    """Within ``EFFECTIVE`` seconds, though the token says otherwise for five minutes more."""
    name, client = "representative.be", found(node.identity, "representative.be")
    own, acting = bearer(node, name), bearer(node, name, client.delegations[0].principal)
    operator = node.client("speed2", name)

    def declares(token: dict[str, str]) -> int:
        return operator.ask("POST", "/v1/messages", DECLARATION, {"content-type": "application/xml", **token}).status

    assert (declares(own), declares(acting)) == (403, 202)
    registered(node.identity, name, delegations=(Delegation(client.delegations[0].principal, frozenset()),))
    until(lambda: declares(acting) == 403, "the role is still taken")
    registered(node.identity, name, delegations=())
    until(lambda: declares(acting) == 401, "the delegation is still taken")
    assert operator.ask("GET", "/v1/inbox", headers=own).status == 200
    registered(node.identity, name, delegations=client.delegations)


def bearer(node: Standing, name: str, acting_for: str = "") -> dict[str, str]:
    grant = {"grant_type": "client_credentials", "resource": "speed2"} | (
        {"acting_for": acting_for} if acting_for else {}
    )
    media = {"content-type": "application/x-www-form-urlencoded"}
    token = node.client("uumds", name).ask("POST", "/token", urlencode(grant).encode(), media).json["access_token"]
    return {"authorization": f"Bearer {token}"}


def test_a_link_and_its_listener_follow_the_server_certificate(node: Standing) -> None:
    assert node.node.links is not None
    where, made = ("127.0.0.1", node.node.links.port), new_server(node.identity)
    node.identity.server_certificate.write_bytes(
        made.certificate_pem() + (node.identity.folder / "servers.pem").read_bytes()
    )
    node.identity.server_key.write_bytes(made.key_pem())
    shown = made.certificate_pem().decode().strip()
    until(lambda: ssl.get_server_certificate(where).strip() == shown, "the link shows the former certificate")
    link = connect_link(node, Platform.CDCO)
    until(lambda: link.connected, "a door does not connect any more")
