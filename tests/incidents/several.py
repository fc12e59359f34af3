"""Incidents of processes, partners and callers, on a node of several processes."""

from __future__ import annotations

import contextlib
import hashlib
import http.server
import json
import os
import signal
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import msgspec

from douane.model.circles import ActorKind
from douane.shared_services.logging.events import Event
from douane.supervision.supervisor import RENEW
from douane.trust.demo import DemoClient
from douane.trust.development_identity import DevelopmentIdentity
from tests.cli.nodes import a_list
from tests.incidents.scene import CLOSED, NOTICED, Incident, Missed, Scene
from tests.journeys.standing import identity_in
from tests.journeys.supervised import JSON, OFFICER, ROOT, Supervised, supervised
from tests.journeys.test_counted import guess
from tests.journeys.test_workers import with_lrn

Several = Scene[Supervised]
"""A node of several processes."""
TRADER = "trader.de.rhein"
CLOSING, FAILING, TAKING = "closing", "failing", "taking"
EXAMPLES = ROOT / "docs" / "examples"
AWAY, QUARANTINE = "DouanePartnerAway", "DouaneQuarantine"
PUBLISHER = DemoClient(
    "publisher.eu", ActorKind.COMMISSION, administration="EU", roles=frozenset({"reference data publisher"})
)


NONE: frozenset[str] = frozenset()
GONE = "DouaneProcessGone"


def killed(part: str) -> Callable[[Several], Incident]:
    """A process that is killed is started again by itself."""

    def play(scene: Several) -> Incident:
        before = scene.node.kill(part)
        scene.within(NOTICED, "log", lambda: scene.told(Event.ENDED, part=part))
        if part != "operations":
            restarts = lambda: (scene.metric("douane_process_restarts_total", part=part) or 0) >= 1  # noqa: E731 - short
            scene.within(NOTICED, "metric", restarts)
        yield NONE
        back = lambda: scene.told(Event.SERVING, part=part) and scene.ready()  # noqa: E731 - short
        scene.does(GONE, "Where it ended", by=lambda: scene.within(CLOSED, "over", back))
        if scene.node.pids[part] == before:
            raise Missed("it is the same process")

    return play


def frozen(part: str, step: str, over: Event) -> Callable[[Several], Incident]:
    """A process that stands still is named; a step of the runbook ends it."""

    def play(scene: Several) -> Incident:
        pid = scene.node.kill(part, signal.SIGSTOP)
        try:
            scene.within(NOTICED, "metric", lambda: scene.metric("douane_process_answers", part=part) == 0)
            scene.within(NOTICED, "log", lambda: scene.told(Event.SILENT, part=part))
            yield NONE
            scene.does(GONE, step, PID=str(pid))
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
        scene.within(CLOSED, "over", lambda: scene.ready() and scene.told(over, part=part))

    return play


class Partner:
    """The door of Austria: it hangs up, fails, or takes what comes."""

    def __init__(self, identity: DevelopmentIdentity) -> None:
        self.mode, partner = CLOSING, self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                if partner.mode == CLOSING:
                    self.close_connection = True
                    return
                said = json.dumps({"digest": hashlib.sha256(body).hexdigest()}).encode()
                self.send_response(202 if partner.mode == TAKING else 500)
                self.send_header("content-length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(identity.server_certificate, identity.server_key)
        self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"https://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        """Listen no more."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


PARTNERS: list[Partner] = []
"""The partner of the node that plays."""
_numbers = iter(range(1, 1000))


def lodged(scene: Several, code: bytes = b"A1B2") -> str:
    """A declaration towards Austria; its LRN. code: the access code of the guarantee that it names."""
    trader, lrn = scene.node.client("speed2", "trader.fr.lesquin"), f"INCIDENT{next(_numbers):04}"
    body = with_lrn((EXAMPLES / "declaration.xml").read_bytes(), lrn).replace(
        b"<accessCode>A1B2", b"<accessCode>" + code
    )
    if (sent := trader.ask("POST", "/v1/messages", body, {"content-type": "application/xml"})).status != 202:
        raise Missed(f"nothing is under way: {sent.status} {sent.body!r}")
    return lrn


def held_up(scene: Several) -> Incident:
    """A lane is held up by a partner that fails: it is paused as it asked, goes on, and hits two cases and no other."""
    (partner,) = PARTNERS
    partner.mode = FAILING
    ours = [lodged(scene), lodged(scene)]
    scene.within(NOTICED, "log", lambda: scene.told(Event.UNDELIVERED, partner="AT", channel="rest"))
    scene.within(NOTICED, "metric", lambda: (scene.metric("douane_lanes_failing", channel="rest") or 0) >= 1)
    (lane,) = [each["lane"] for each in scene.says("lane", "list")]
    hit = scene.cases(*ours)
    yield hit
    scene.does(AWAY, "Where it asks for rest", LANE=lane, WHY="asked-for")
    partner.mode = TAKING
    time.sleep(3)
    scene.compares(hit, "while it rests")
    scene.does(AWAY, "Where it is back", LANE=lane, WHY="it-is-back")
    scene.within(CLOSED, "over", lambda: scene.told(Event.LANE_BACK) and not scene.says("lane", "list"))
    partner.mode = CLOSING


def set_aside(scene: Several) -> Incident:
    """A message that cannot be handled waits, and what came behind it; once its cause is mended, a replay ends it."""
    publisher, to = scene.node.client("ccn2", PUBLISHER.id), "/reference_data/v1/publish"
    first = a_list("CL900", "A")
    later = a_list("CL900", "A", "B", previous=first.version, at=2_000_000)
    publisher.ask("POST", to, msgspec.json.encode(later), JSON)
    scene.within(NOTICED, "log", lambda: scene.told(Event.QUARANTINED, operation="reference_data.publish"))
    scene.within(NOTICED, "metric", lambda: scene.metric("douane_quarantine_messages", partition="0") == 1)
    ((place, case),) = [(each["position"], each["case"]) for each in scene.says("message", "quarantine")]
    if scene.cases(place) != {case}:
        raise Missed("the timeline of what is set aside leads to another case")
    yield frozenset({case})
    scene.does(QUARANTINE, "Mend the cause", by=lambda: publisher.ask("POST", to, msgspec.json.encode(first), JSON))
    scene.does(QUARANTINE, "Handle them again", WHY="it-came")
    scene.within(CLOSED, "over", lambda: scene.metric("douane_quarantine_messages", partition="0") == 0)
    scene.within(NOTICED, "act in the log", lambda: scene.told(Event.ACTED, operation="message.release"))


def guessed(scene: Several) -> Incident:
    """Wrong secrets are told with the client that was tried."""
    was = scene.total("douane_events_total", event="secret.wrong")
    for _ in range(3):
        guess(scene.node, TRADER)
    scene.within(NOTICED, "log", lambda: scene.told(Event.WRONG_SECRET, client=TRADER))
    scene.within(NOTICED, "metric", lambda: scene.total("douane_events_total", event="secret.wrong") - was >= 3)
    yield NONE
    scene.does("DouaneGuessing", "One client", by=lambda: no_more(scene, Event.WRONG_SECRET))


def codes_guessed(scene: Several) -> Incident:
    """Wrong access codes of a guarantee are told with its case."""
    was = scene.total("douane_events_total", event="code.wrong")
    for _ in range(3):
        lodged(scene, code=b"Q9Z8")
    scene.within(NOTICED, "log", lambda: scene.told(Event.WRONG_CODE, operation="guarantees.use"))
    scene.within(NOTICED, "metric", lambda: scene.total("douane_events_total", event="code.wrong") - was >= 3)
    yield NONE
    scene.does("DouaneCodesGuessed", "One case", by=lambda: no_more(scene, Event.WRONG_CODE))


def guessed_much(scene: Several) -> Incident:
    """Who guesses beyond his share is turned away, and that is told as a limit."""
    scene.within(NOTICED, "turned away", lambda: guess(scene.node, "trader.fr.lesquin") in (429, 503))
    scene.within(NOTICED, "log", lambda: scene.told(Event.LIMITED, platform="uumds", outcome="guesses"))
    limited = lambda: (scene.metric("douane_limited_total", platform="uumds", limit="guesses") or 0) >= 1  # noqa: E731 - short
    scene.within(NOTICED, "metric", limited)
    yield NONE
    scene.does("DouaneLimited", "A client in a loop", by=lambda: no_more(scene, Event.LIMITED))


def no_more(scene: Several, event: Event) -> None:
    """Whoever did it was told, and does it no more: no further line comes. Raises Missed."""
    scene.begin_again()
    time.sleep(3)
    if scene.told(event):
        raise Missed(f"{event.value} is still told")


def partner_away(scene: Several) -> Incident:
    """A partner that does not answer holds up a case; which one is told, and it goes once the partner answers."""
    (partner,) = PARTNERS
    lrn = lodged(scene)
    scene.within(NOTICED, "log", lambda: scene.told(Event.UNDELIVERED, partner="AT", channel="rest"))
    scene.within(NOTICED, "metric", lambda: (scene.metric("douane_lanes_failing", channel="rest") or 0) >= 1)
    yield scene.cases(lrn)
    scene.does(AWAY, "Call the partner", by=lambda: setattr(partner, "mode", TAKING))
    scene.within(CLOSED, "over", lambda: scene.told(Event.LANE_BACK) and not scene.says("lane", "list"))
    partner.mode = CLOSING


def wrong_door(scene: Several) -> Incident:
    """A trader at the door of administrations is refused, and named."""
    scene.node.client("ccn2", TRADER).ask("GET", "/v1/inbox")
    scene.within(NOTICED, "log", lambda: scene.told(Event.REFUSED, platform="ccn2", client=TRADER))
    scene.within(NOTICED, "metric", lambda: (scene.metric("douane_refusals_total", platform="ccn2") or 0) >= 1)
    yield NONE
    scene.does("DouaneRefusals", "Else tell the client", by=lambda: no_more(scene, Event.REFUSED))


def renewed(scene: Several) -> None:
    """Decoy: every process is renewed, one after the other, as for an upgrade."""
    before = scene.node.pids
    os.kill(scene.node.process.pid, RENEW)
    names = [name for name in before if name != "supervisor"]
    scene.within(90, "renewed", lambda: all(scene.node.pids.get(name, before[name]) != before[name] for name in names))
    scene.within(CLOSED, "ready", scene.ready)
    scene.quiet(Event.DEVELOPMENT, Event.SILENT)  # of one that is being renewed, for a moment


def busy(scene: Several) -> None:
    """Decoy: much work within everybody's share."""
    officer = scene.node.client("ccn2", OFFICER)
    for _ in range(200):
        if officer.ask("GET", "/v1/inbox").status != 200:
            raise Missed("a door refused what it should serve")
    time.sleep(12)
    scene.quiet()


def again(scene: Several) -> Incident:
    """A process that ends again and again is counted, so that its alert can tell it from one that ended once."""

    def counted() -> float:
        return scene.metric("douane_process_restarts_total", part="door-1") or 0

    was = counted()
    for so_often in (1, 2):
        scene.begin_again()
        scene.node.kill("door-1")
        scene.within(NOTICED, "log", lambda: scene.told(Event.ENDED, part="door-1"))
        scene.within(CLOSED, "serves", lambda: scene.told(Event.SERVING, part="door-1") and scene.ready())
        scene.within(NOTICED, "metric", partial(lambda times: counted() - was == times, so_often))
    yield NONE
    scene.does("DouaneProcessRestarts", "Else report", by=lambda: no_more(scene, Event.ENDED))


def slowed(scene: Several) -> Incident:
    """Something stops a process again and again, so that calls take 300 ms more in the middle; nobody is refused."""
    pid, ended = scene.node.pids["door-1"], threading.Event()

    def stops() -> None:
        while not ended.is_set():
            for signal_, seconds in ((signal.SIGSTOP, 0.7), (signal.SIGCONT, 0.1)):
                os.kill(pid, signal_)
                time.sleep(seconds)

    stopper = threading.Thread(target=stops, name="stopper", daemon=True)
    stopper.start()

    def end() -> None:
        ended.set()
        stopper.join()

    try:
        scene.within(NOTICED, "log", lambda: scene.told(Event.PROCESS_SLOW))
        scene.within(NOTICED, "metric", lambda: scene.most("douane_loop_late_seconds") > 0.2)
        if scene.node.client("ccn2", OFFICER).ask("GET", "/v1/inbox").status != 200:
            raise Missed("a caller was refused")
        yield NONE
        scene.does("DouaneProcessSlow", "End what takes the processor", by=end)
    finally:
        end()
    scene.within(CLOSED, "over", lambda: scene.told(Event.PROCESS_QUICK))


INCIDENTS: dict[str, Callable[[Several], Incident]] = {
    "door slow": slowed,
    "door killed": killed("door-1"), "core killed": killed("core"), "operator's door killed": killed("operations"),
    "core stands still": frozen("core", "Where it is stopped", Event.HEARD),
    "door stands still": frozen("door-2", "Where it works without end", Event.SERVING), "message set aside": set_aside,
    "secrets guessed": guessed, "codes guessed": codes_guessed,
    "guessed beyond the share": guessed_much, "wrong door": wrong_door,
    "partner away": partner_away, "lane held up": held_up,
    "door killed again and again": again,
}  # fmt: skip
DECOYS: dict[str, Callable[[Several], None]] = {"processes renewed": renewed, "much work": busy}


@contextlib.contextmanager
def standing_several(folder: Path) -> Iterator[Several]:
    """The node as long as the block lasts; its way to Austria leads to ``PARTNERS``."""
    identity = identity_in(folder, (PUBLISHER,))
    PARTNERS[:] = [Partner(identity)]
    away = {"AT": {"url": PARTNERS[0].url, "client": "fr.officer", "identity": str(folder / "identity")}}
    try:
        with supervised(folder, "--processes", "3", peers=away, elsewhere=["AT"]) as node:
            scene = Several(node, node.folder / "data")
            scene.within(CLOSED, "ready", scene.ready)
            time.sleep(12)  # every process was looked at once
            officer = node.client("ccn2", OFFICER)
            guarantee = (EXAMPLES / "guarantee.json").read_bytes()
            if officer.ask("POST", "/guarantees/v1/register", guarantee, JSON).status != 202:
                raise Missed("nothing can be declared")
            yield scene
    finally:
        PARTNERS[0].close()
