"""What persons can do to the node by signing in: sessions without bound, and what each of them costs."""

from __future__ import annotations

import http.client
import time

from tests.hostile.attempt import NEVER, SECOND, Effect, attempt
from tests.hostile.party import CannotBePlayed
from tests.hostile.union import Shape, Union, free_ports
from tests.pages.visitor import Visitor

SIGN_INS, MOST = 24, 20
HELD = 6
"""Seconds within which what has ended is over at every process of pages."""
LIMITS = dict.fromkeys(("connections_per_second", "strangers_per_second", "requests_per_second"), 100_000)
"""Her own address is not what holds her up."""


def _signed_in(port: int) -> str:
    """One sign-in of the same person: the cookie of her session at the portal."""
    anne = Visitor(port)
    form = anne.get(f"http://signin.localhost:{port}/")
    provider = anne.send(form, "/begin", domain="customs", country="FR", actor="economic operator")
    seen = anne.send(provider, "/authorize", **{"as": "fr.anne.martin"})
    cookie = anne.jar.get("portal.localhost", {}).get("douane-portal", "")
    if seen.status != 200 or not cookie:
        raise CannotBePlayed(f"she does not get in: {seen.status}")
    return cookie


def _holds(port: int, cookie: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"host": f"portal.localhost:{port}", "cookie": f"douane-portal={cookie}", "accept": "text/html"}
    connection.request("GET", "/cases", headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status == 200


@attempt("again 15", open_at=SECOND)
def a_person_signs_in_without_end(union: Union) -> Effect:
    """One person signs in again and again, and every session that she ever began goes on (again 15)."""
    port = free_ports(1)[0]
    with union.alone(Shape("sessions", settings={"pages": {"port": port}, "limits": LIMITS})):
        cookies = [_signed_in(port) for _ in range(SIGN_INS)]
        time.sleep(HELD)
        held = sum(_holds(port, each) for each in cookies)
    return Effect(held > MOST, f"{held} sessions of {SIGN_INS} sign-ins hold at the portal alone")


@attempt("not tried: passkeys", "part 1", open_at=NEVER)
def passkeys_that_prove_nothing(union: Union) -> Effect:
    """Passkeys of other sites, other keys, other challenges, of copies and of nobody are shown to us (part 1)."""
    found = union.tree.inside("passkeys", {})
    if not found["honest"]:
        raise CannotBePlayed("an honest passkey is refused")
    return Effect(
        bool(found["took"]), f"{len(found['took'])} of {found['of']} are believed: {', '.join(found['took'])}"
    )
