"""The development identity in files, and the first way through real doors: a token from UUM&DS, then a call."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import ssl
import stat
import time
import urllib.parse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from douane.identity.authentication import Authenticator
from douane.identity.gate import PlatformGate
from douane.identity.tokens import TokenIssuer, TokenVerifier
from douane.model.circles import ActorKind, Platform
from douane.platforms.operations.entry import Readiness, operations
from douane.platforms.uumds.entry import Known, UumDs
from douane.shared_services.web.answers import Response, json_response
from douane.shared_services.web.listener import Address, Door, ListenerSettings, listening
from douane.shared_services.web.requests import Application, Request, application
from douane.trust.demo import MEMBER_STATES, demo_clients
from douane.trust.development_identity import DevelopmentIdentity, prepare
from douane.vocabulary.errors import StoreUnavailable

ISSUER = "https://localhost:8445"
AUDIENCES = {"speed2": Platform.SPEED2, "ccn2": Platform.CCN2, "ccn_csi": Platform.CCN_CSI, "cdco": Platform.CDCO}


def now() -> int:
    return int(time.time() * 1_000_000)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> DevelopmentIdentity:
    return prepare(tmp_path_factory.mktemp("data") / "identity", now=now(), random=os.urandom)


def test_every_administration_and_door_has_an_identity(made: DevelopmentIdentity) -> None:
    register, checker = made.load_register(), made.load_certificates()
    assert len(MEMBER_STATES) == len(set(MEMBER_STATES)) == 27
    assert {c.administration for c in register if c.kind is ActorKind.MEMBER_STATE} == set(MEMBER_STATES)
    for each in demo_clients():
        der = ssl.PEM_cert_to_DER_cert(made.client(each.id).certificate.read_text().split("\n-----BEGIN", 1)[0])
        checked = checker.check(der, now())
        holder = register.holder(checked.thumbprint)
        assert holder is not None
        assert (holder.id, holder.circle) == (each.id, checked.circle)


def test_nobody_else_can_read_it(made: DevelopmentIdentity) -> None:
    for path in [made.folder, *made.folder.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_a_second_start_changes_nothing(made: DevelopmentIdentity) -> None:
    def content() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in made.folder.rglob("*") if path.is_file()}

    before = content()
    assert prepare(made.folder, now=now() + 1, random=os.urandom) == made
    assert content() == before
    assert not made.folder.with_name("identity.new").exists()


def test_a_start_that_was_cut_off_is_made_good(tmp_path: Path) -> None:
    def failing(size: int) -> bytes:
        calls.append(size)
        if len(calls) > 8:
            raise KeyboardInterrupt
        return os.urandom(size)

    calls: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        prepare(tmp_path / "identity", now=now(), random=failing)
    assert not (tmp_path / "identity").exists()
    whole = prepare(tmp_path / "identity", now=now(), random=os.urandom, clients=demo_clients()[:2])
    assert len(whole.load_register()) == 2


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreUnavailable, match="file/identity"):
        prepare(tmp_path / "file" / "identity", now=now(), random=os.urandom)


class Node:
    """UUM&DS, SPEED2, CCN2, the CDCO desk and the operator's door on free ports, with the development identity."""

    def __init__(self, made: DevelopmentIdentity) -> None:
        self.made = made
        self.issuer = TokenIssuer(issuer=ISSUER, keys=[made.load_token_key()])
        self.known = Known(made.load_register(), made.load_certificates())

    def doors(self) -> list[Door]:
        uumds = UumDs(known=self.known, issuer=self.issuer, audiences=AUDIENCES, now=now, random=os.urandom)
        applications = {
            "uumds": uumds.application(),
            "operations": operations(ready=lambda: Readiness({}), metrics=lambda: b""),
            **{name: self.platform(name) for name in ("speed2", "ccn2", "cdco")},
        }
        return [Door(self.settings(name), app) for name, app in applications.items()]

    def settings(self, name: str) -> ListenerSettings:
        made = self.made
        return ListenerSettings(
            name, made.server_certificate, made.server_key, client_authorities=made.client_authorities
        )

    def platform(self, name: str) -> Application:
        tokens = TokenVerifier(issuer=ISSUER, audience=name, jwks=self.issuer.jwks())
        authenticator = Authenticator(register=self.known.register, certificates=self.known.certificates, tokens=tokens)
        gate = PlatformGate(Platform(name), authenticator=authenticator, now=now)

        async def who(request: Request) -> Response:
            caller = gate.authenticate(request.certificate, request.header("authorization"))
            return json_response({"id": caller.id, "acting_for": caller.acting_for, "proof": caller.proof.kind.value})

        return application(who)

    def visit(self, client: Any) -> Any:
        async def story() -> Any:
            async with listening(self.doors(), failed=failures.append) as where:
                return await asyncio.to_thread(client, where)

        failures: list[BaseException] = []
        found = asyncio.run(story())
        assert failures == []
        return found

    def ask(
        self, where: Address, method: str, path: str, *, card: str = "", body: str = "", **headers: str
    ) -> tuple[int, Any]:
        context = ssl.create_default_context(cafile=str(self.made.root))
        if card:
            files = self.made.client(card)
            context.load_cert_chain(files.certificate, files.key)
        link = http.client.HTTPSConnection("localhost", where.port, context=context, timeout=10)
        try:
            link.request(method, path, body.encode(), headers)
            answer = link.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            link.close()

    def token(self, where: Mapping[str, Address], *, card: str = "", **form: str) -> str:
        body = urllib.parse.urlencode({"grant_type": "client_credentials", **form})
        media = {"content-type": "application/x-www-form-urlencoded"}
        status, answer = self.ask(where["uumds"], "POST", "/token", card=card, body=body, **media)
        assert status == 200, answer
        return f"Bearer {answer['access_token']}"


@pytest.fixture(scope="module")
def node(made: DevelopmentIdentity) -> Node:
    return Node(made)


def test_a_trader_with_a_secret_gets_in_at_speed2_and_nowhere_else(node: Node) -> None:
    secret = node.made.client("trader.fr.lesquin").secret
    assert secret is not None

    def client(where: Mapping[str, Address]) -> list[tuple[int, Any]]:
        token = node.token(where, client_id="trader.fr.lesquin", client_secret=secret.read_text())
        return [node.ask(where[door], "GET", "/", authorization=token) for door in ("speed2", "ccn2", "cdco")]

    first, *others = node.visit(client)
    assert first == (200, {"id": "trader.fr.lesquin", "acting_for": "", "proof": "token"})
    for status, problem in others:
        assert (status, problem["code"]) == (401, "DOU-1101")
        assert "The token is for speed2" in problem["detail"]


def test_an_administration_gets_in_with_its_certificate_and_a_bound_token(node: Node) -> None:
    def client(where: Mapping[str, Address]) -> list[tuple[int, Any]]:
        token = node.token(where, card="at.system")

        def ask(**facts: Any) -> Any:
            return node.ask(where["ccn2"], "GET", "/", **facts)

        return [
            ask(card="at.system"),
            ask(card="at.system", authorization=token),
            ask(card="de.system", authorization=token),
            ask(authorization=token),
            ask(),
        ]

    plain, bound, stolen, bare, nothing = node.visit(client)
    assert plain == (200, {"id": "at.system", "acting_for": "", "proof": "certificate"})
    assert bound == (200, {"id": "at.system", "acting_for": "", "proof": "bound_token"})
    for status, problem in (stolen, bare):
        assert status == 401
        assert "bound to another client certificate" in problem["detail"]
    assert nothing[0] == 401
    assert "Present a client certificate of your circle" in nothing[1]["remedy"]


def test_a_representative_acts_for_its_principal(node: Node) -> None:
    def client(where: Mapping[str, Address]) -> tuple[int, Any]:
        token = node.token(where, card="representative.be", acting_for="FR40123456700017")
        return node.ask(where["speed2"], "GET", "/", card="representative.be", authorization=token)

    assert node.visit(client)[1]["acting_for"] == "FR40123456700017"


def test_the_operators_door_tells_that_the_node_is_ready(node: Node) -> None:
    assert node.visit(lambda where: node.ask(where["operations"], "GET", "/health/ready"))[1]["status"] == "ready"
