"""What a wrong setting does: whether it is named before anybody depends on it."""

from __future__ import annotations

import re
import ssl

import httpx

from tests.hostile.attempt import SECOND, Effect, attempt
from tests.hostile.union import Shape, Union, free_ports
from tests.pages.production import issued, private_tls

SECONDS = 15.0
STRANGE, BOUNDED = 900, 429
"""Requests of a stranger, far beyond what one address may ask at once; the answer to who is found out."""


def _started(union: Union, shape: Shape, extra: str = "") -> tuple[bool, int | None, str]:
    """Whether a node with such settings says it is ready; its exit code, and what it printed."""
    node = union.unstarted(shape)
    try:
        node.start(unready=True, seconds=SECONDS)
        return node.ready, node.exit_code, node.said
    finally:
        node.stop()


@attempt("security smaller", "issue 9 part 4")
def port_that_cannot_be(union: Union) -> Effect:
    """A port above 65535 ends the start in a traceback, or not at all (security smaller)."""
    ready, code, said = _started(union, Shape("high-port", {"ports": {"speed2": 70000}}))
    traced = "Traceback" in said
    last = (said.strip().splitlines() or ["nothing"])[-1][:90]
    return Effect(ready or code != 2 or traced, f"exit {code}{', a traceback' if traced else ''}: {last}")


@attempt("security smaller")
def port_of_no_platform(union: Union) -> Effect:
    """A misspelt platform among the ports is taken without a word, and its door opens elsewhere (security smaller)."""
    ready, code, said = _started(union, Shape("misspelt-port", {"ports": {"spede2": 0}}))
    named = "spede2" in said
    return Effect(ready and not named, f"the node {'says it is ready' if ready else f'ends with {code}'}, "
                  f"{'naming' if named else 'not naming'} the word")  # fmt: skip


@attempt("security 9", "security smaller")
def carrier_that_nobody_reaches(union: Union) -> Effect:
    """The carrier of the queues is away, the node is ready, and nothing judges its settings (security 9)."""
    carrier = {"queues": "amqp://u:s@127.0.0.1:1/", "elsewhere": ["BE"], "queue_users": {"nta-be": "BE"}}
    node = union.unstarted(Shape("no-carrier", carrier))
    judged = node.douane("doctor")
    said = judged.stdout + judged.stderr
    named = judged.returncode != 0 and re.search(r"127\.0\.0\.1(:|, port )1\b", said) is not None
    return Effect(not named, f"doctor ends with {judged.returncode}, {'naming' if named else 'not naming'} the carrier")


@attempt("again 11", open_at=SECOND)
def issuer_that_is_not_asked(union: Union) -> Effect:
    """A careful client compares the issuer with the address where it asked, and cannot use UUM&DS (again 11)."""
    with union.alone(Shape("issuer")) as node:
        client = node.client("trader.de.rhein", "uumds")
        told = str(client.get("/.well-known/oauth-authorization-server").json().get("issuer", ""))
        asked = str(client.base_url).rstrip("/")
        return Effect(told != asked, f"asked at {asked}, the issuer is {told}")


@attempt("again 11", open_at=SECOND)
def address_that_is_made_up(union: Union) -> Effect:
    """Who writes another address into each request for a page escapes each limit, or nobody gets one (again 11)."""
    tls = private_tls(union.folder / "front", ("portal.customs.test", "signin.customs.test"))
    identity, (port,) = issued(union.folder / "front"), free_ports(1)
    public = {"portal": f"https://portal.customs.test:{port}", "signin": f"https://signin.customs.test:{port}"}
    pages = {"port": port, "certificate": str(tls.certificate), "key": str(tls.key), "behind": ["192.0.2.5"]}
    settings = {"identity": str(identity.folder), "issuer": "https://uumds.customs.test", "pages": pages,
                "pages.public": public}  # fmt: skip
    node = union.unstarted(Shape("front", settings))
    try:
        node.start(unready=True)
        if not node.ready:
            return Effect(True, f"no page in production: {(node.said.strip().splitlines() or ['nothing'])[-1][:90]}")
        believes = ssl.create_default_context(cafile=str(tls.root))
        with httpx.Client(base_url=f"https://127.0.0.1:{port}", verify=believes, trust_env=False, timeout=10) as liar:
            host = {"host": f"portal.customs.test:{port}", "x-forwarded-proto": "https"}
            sent = (
                liar.get("/help", headers=host | {"x-forwarded-for": f"10.1.{n // 250}.{n % 250}"},
                         extensions={"sni_hostname": "portal.customs.test"}).status_code for n in range(STRANGE)
            )  # fmt: skip
            refused = next((n for n, status in enumerate(sent) if status == BOUNDED), STRANGE)
        return Effect(refused == STRANGE, f"{refused} of {STRANGE} requests, each of another address, were served")
    finally:
        node.stop()
