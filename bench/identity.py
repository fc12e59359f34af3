"""Tokens granted, proofs and tokens checked, policy decided: each in one process, CPU time of its thread alone.

A grant is a whole request through the door of UUM&DS, by certificate; its issuer, register and certificate
checks are those of a node. Aims: 1,000 grants a second and core, 50 µs for a decision.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from statistics import median
from typing import Any
from urllib.parse import urlencode

import msgspec
import uvloop
from cryptography.hazmat.primitives.serialization import Encoding
from joserfc import jwt
from joserfc.jwk import ECKey

from bench.brief import size
from douane.identity.authentication import Authenticator
from douane.identity.authorities import Period, create_issuer, create_root, issue_client, issue_revocations
from douane.identity.certificates import CertificateChecker, thumbprint
from douane.identity.gate import PlatformGate
from douane.identity.policy import admit
from douane.identity.possession import Proofs, hash_of
from douane.identity.principals import Delegation, Presented
from douane.identity.register import Client, Register
from douane.identity.revocations import read_lists
from douane.identity.tokens import TokenIssuer, TokenKey, TokenVerifier
from douane.model.circles import ActorKind, Circle, Platform
from douane.platforms.uumds.entry import Known, UumDs
from douane.platforms.uumds.exchange import ACCESS, EXCHANGE
from douane.runtime.door.proof import Possession
from douane.shared_services.web.requests import Request

Deed = Callable[[], Awaitable[object] | None]
HEADERS = (("content-type", "application/x-www-form-urlencoded"), ("host", "uumds.example"))
CLIENTS, ROUNDS = size((10_000, 9), brief=(100, 1))
ISSUER, HERE = "https://uumds.example", "https://uumds.example/token"
ROLES = frozenset({"declarant"})


@dataclass(frozen=True)
class Callers:
    """To whom an operation is open."""

    operation: str
    kind: ActorKind
    name: str


class Ground:
    """A UUM&DS with ten thousand clients, two of whom have a certificate."""

    def __init__(self) -> None:
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        self.now, self.count = int(now.timestamp()) * 1_000_000, 0
        period = Period.days(now, 30)
        root = create_root("root", period=period, serial=1)
        authorities = {each: create_issuer(each.value, root=root, period=period, serial=2) for each in Circle}
        cards = [
            issue_client(f"c{n}", issuer=authorities[Circle.UNTRUSTED], period=period, serial=10 + n) for n in (0, 1)
        ]
        self.cards = [each.certificate.public_bytes(Encoding.DER) for each in cards]
        held = {n: (thumbprint(card),) for n, card in enumerate(self.cards)}
        self.register = Register(
            Client(f"c{n}", ActorKind.TRADER, eori=f"FR{n:013d}", roles=ROLES,
                   certificates=held.get(n, (f"{n:043d}",)),
                   delegations=(Delegation("FR0000000000000", ROLES),) if n == 1 else ())
            for n in range(CLIENTS)
        )  # fmt: skip
        lists = [
            each for ca in authorities.values() for each in read_lists(issue_revocations([], issuer=ca, period=period))
        ]
        checker = CertificateChecker({each: [ca.certificate] for each, ca in authorities.items()}, lists)
        self.issuer = TokenIssuer(issuer=ISSUER, keys=[TokenKey(TokenKey.generate_pem())])
        self.application = UumDs(
            known=Known(self.register, checker), issuer=self.issuer, audiences={"speed2": Platform.SPEED2},
            now=lambda: self.now, random=self.random, public=ISSUER,
        ).application()  # fmt: skip
        tokens = TokenVerifier(issuer=ISSUER, audience="speed2", jwks=self.issuer.jwks())
        self.authenticator = Authenticator(register=self.register, certificates=checker, tokens=tokens)
        self.gate = PlatformGate(Platform.SPEED2, authenticator=self.authenticator, now=lambda: self.now)
        self.key = ECKey.generate_key("P-256")

    def random(self, size: int) -> bytes:
        """Octets that never come twice."""
        self.count += 1
        return self.count.to_bytes(size, "big")

    async def ask(self, card: int, form: dict[str, str]) -> bytes:
        """One request for a token; the body of its answer."""
        asked = Request(
            "POST", "/token", headers=HEADERS, content=urlencode(form).encode(), certificate=self.cards[card]
        )
        answer = await self.application(asked)
        assert answer.status == 200, answer
        return bytes(answer.body)

    def proofs(self, count: int, token: str = "") -> list[Possession]:
        """Proofs of possession, each with a name of its own."""
        head = {"alg": "ES256", "typ": "dpop+jwt", "jwk": self.key.as_dict(private=False)}
        found = []
        for _ in range(count):
            self.count += 1
            said = {"jti": f"{self.count:012d}", "htm": "POST", "htu": HERE, "iat": self.now // 1_000_000,
                    **({"ath": hash_of(token)} if token else {})}  # fmt: skip
            found.append(Possession(jwt.encode(head, said, self.key), "POST", HERE))
        return found


async def _each(deed: Deed, times: int) -> list[float]:
    """The CPU time of one, µs, by round."""
    found = []
    for _ in range(ROUNDS):
        before = time.thread_time_ns()
        for _ in range(times):
            done = deed()
            if done is not None:
                await done
        found.append((time.thread_time_ns() - before) / 1_000 / times)
    return found


async def _measure(times: int) -> list[dict[str, Any]]:
    ground, proofs = Ground(), Proofs()
    own = {"grant_type": "client_credentials"}
    named = msgspec.json.decode(await ground.ask(0, {**own, "may_act": "c1"}))["access_token"]
    exchange = {"grant_type": EXCHANGE, "subject_token": named, "subject_token_type": ACCESS}
    shown, caller = iter(ground.proofs(times * ROUNDS)), ground.gate.authenticate(ground.cards[0], "")
    operation = Callers("transit.declare", ActorKind.TRADER, "declarant")

    def prove() -> None:
        proofs.take(proofs.read(next(shown), ground.now), "trader", ground.now)

    def decide() -> None:
        admit(caller, Platform.SPEED2, operation.operation, (operation,)).enforce()

    def authenticate() -> None:
        ground.authenticator.authenticate(Presented(ground.cards[0]), ground.now)

    deeds: dict[str, Deed] = {
        "a token granted, by certificate": lambda: ground.ask(0, own),
        "a token exchanged, on behalf of another": lambda: ground.ask(1, exchange),
        "a proof of possession checked": prove,
        "a policy decision, anew": decide,
        "a caller by certificate": authenticate,
    }
    rows = []
    for name, deed in deeds.items():
        took = await _each(deed, times)
        rows.append({"what": name, "cpu_us": median(took), "least_us": min(took), "times_per_s": 1e6 / median(took)})
    return rows


def run(seconds: float) -> dict[str, Any]:
    """The figures. seconds: about how long."""
    rows = uvloop.run(_measure(max(50, int(seconds * 20))))
    return {"name": "identity: tokens, proofs, policy", "rows": rows, "clients": CLIENTS}
