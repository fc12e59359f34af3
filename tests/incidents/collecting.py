"""Incidents of those who collect, and of what is slow instead of dead: administrations, a partner, a store, a provider,
a witness. The node runs in this process; whoever collects from it is a program of its own, with its own certificate.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from douane.assembly.pages.sites import HOSTS
from douane.configuration.settings import PagesAt
from douane.examination import witnessing
from douane.shared_services.logging.events import Event
from douane.standards.ncts import phase5 as p5
from tests.circles.test_pages import Pages
from tests.hostile.partner import Manners, Misbehaving
from tests.incidents.alone import EXAMPLES, Alone, refuses
from tests.incidents.scene import CLOSED, NOTICED, Incident, Missed
from tests.journeys.standing import GENEROUS, Client, Standing, identity_in, standing, trust
from tests.journeys.supervised import JSON, OFFICER
from tests.journeys.test_workers import with_lrn
from tests.pages.union import DECLARATION, TRADER, XML

NONE: frozenset[str] = frozenset()
SILENT, UNHEARD = "DouanePartySilent", "DouaneNodeUnheard"
CALL = "Call whoever operates"
GONE_AFTER, WITHIN = 5, 5
"""Seconds: after which a node is not heard any more, and within which the partner agreed to collect."""
SLOW = 0.3
PARTNER_ID = "trader.fr.lesquin"
AGREED = '[[partner]]\nparty = "{}"\ntitle = "Lesquin"\nbasis = "consent"\ncollects_within = {}\n'


class System:
    """The system of somebody who collects: it says that it is there (an administration) and takes what waits."""

    def __init__(self, node: Standing, platform: str, client: str) -> None:
        self._announces = platform == "ccn2"
        self.says, self.collects, self.confirms = True, True, True
        self._node, self._platform, self._name = node, platform, client
        self._client = self._connected()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name=client, daemon=True)
        self._thread.start()

    def _connected(self) -> Client:
        files = self._node.identity.client(self._name)
        made = trust(self._node.identity, files.certificate, files.key)
        return Client(self._node.node.url(self._platform), made)

    def _work(self) -> None:
        while not self._ended.wait(0.5):
            try:
                self._step()
            except (OSError, http.client.HTTPException, ValueError):  # too late, or hung up on: another connection
                self._client.close()
                self._client = self._connected()

    def _step(self) -> None:
        here = {"instance": self._name, "host": "h", "version": "1", "contracts": "", "services": []}
        if self.says and self._announces:
            self._client.ask("POST", "/architecture/v1/nodes", json.dumps({"here": here}).encode(), JSON)
        if self.collects:
            for item in self._client.ask("GET", "/v1/inbox").json["items"]:
                if self.confirms:
                    self._client.ask("POST", f"/v1/inbox/{item['id']}/ack")

    def rests(self) -> None:
        """It is gone: it says nothing, and collects nothing."""
        self.says = self.collects = False

    def works(self) -> None:
        """It is back."""
        self.says = self.collects = True

    def close(self) -> None:
        """End it."""
        self._ended.set()
        self._thread.join(20)
        self._client.close()


class Provider:
    """The identity provider of Sweden, and how it treats who calls it now."""

    manners: Manners = staticmethod(refuses)


@dataclass
class Collected(Alone):
    """A node from which two administrations collect."""

    germany: System = field(kw_only=True)
    austria: System = field(kw_only=True)
    provider: Misbehaving = field(kw_only=True)
    lodged: int = 0

    def lodge(self) -> str:
        """A movement that leads through Germany to Austria; its LRN."""
        self.lodged += 1
        lrn = f"COLLECT{self.lodged:05}"
        sent = self.node.client("speed2", TRADER).ask("POST", "/v1/messages", with_lrn(DECLARATION, lrn), XML)
        if sent.status != 202:
            raise Missed(f"nothing is under way: {sent.status} {sent.body!r}")
        return lrn

    def waits_for(self, party: str) -> bool:
        """Whether a message waits for somebody who is silent."""
        return any(each["lane"] == f"inbox:{party}" for each in self.says("lane", "list"))

    def silent(self, label: str, party: str) -> None:
        """It stands in log, metrics, console and `lane list` that somebody is silent."""
        self.noticed(Event.PARTY_SILENT)
        self.within(NOTICED, "metric of who", lambda: (self.metric("douane_silent_seconds", party=label) or 0) > 0)
        if not (self.metric("douane_inbox_oldest_seconds", party=label) or 0) > 0:
            raise Missed("the oldest message has no age")
        self.within(NOTICED, "lane list", lambda: self.waits_for(party))

    def over(self, label: str) -> None:
        """And that it is over."""
        self.within(CLOSED, "over", lambda: self.told(Event.PARTY_BACK))
        self.within(NOTICED, "metric over", lambda: self.metric("douane_silent_seconds", party=label) == 0)


def stops_collecting(scene: Collected) -> Incident:
    """A node says that it is there as ever, and collects nothing: its connector hangs."""
    scene.germany.collects = False
    try:
        lrn = scene.lodge()
        scene.silent("DE", "NTA.DE")
        scene.served()
        yield scene.cases(lrn)
        scene.does(SILENT, CALL, by=scene.germany.works)
    finally:
        scene.germany.works()
    scene.over("DE")


def goes_away(scene: Collected) -> Incident:
    """A node is gone without a word; two cases wait for it."""
    scene.germany.rests()
    try:
        lrns = [scene.lodge(), scene.lodge()]
        scene.silent("DE", "NTA.DE")
        yield scene.cases(*lrns)
        scene.does(SILENT, CALL, by=scene.germany.works)
    finally:
        scene.germany.works()
    scene.over("DE")


def both_away(scene: Collected) -> Incident:
    """Two administrations are gone: both are named, and the case is hit until the second one is back."""
    scene.germany.rests()
    scene.austria.rests()
    try:
        lrn = scene.lodge()
        scene.silent("DE", "NTA.DE")
        scene.within(NOTICED, "both", lambda: scene.waits_for("NTA.AT") and scene.waits_for("NTA.DE"))
        ours = scene.cases(lrn)
        yield ours
        scene.does(SILENT, CALL, by=scene.austria.works)
        scene.within(CLOSED, "one is back", lambda: not scene.waits_for("NTA.AT"))
        scene.compares(ours, "while the other is away")
        scene.does(SILENT, CALL, by=scene.germany.works)
    finally:
        scene.germany.works()
        scene.austria.works()
    scene.over("DE")


def unheard(scene: Collected) -> Incident:
    """A node is gone without a word, and nothing waits for it: it is missed, and no case is hit."""
    scene.germany.rests()
    try:
        scene.noticed(Event.NODE_UNHEARD)
        heard = scene.metric("douane_heard_seconds", administration="DE") or 0
        if time.time() - heard < GONE_AFTER:
            raise Missed("it was heard a moment ago")
        yield NONE
        scene.does(UNHEARD, "Where its nodes run", by=scene.germany.works)
    finally:
        scene.germany.works()
    scene.within(CLOSED, "over", lambda: scene.told(Event.NODE_HEARD))


def agreed_with(scene: Collected, seconds: int) -> Path:
    """Agree with the declarant that he collects within so long; a file that says that he never does."""
    party = json.loads((EXAMPLES / "guarantee.json").read_bytes())["holder"]
    file, never = scene.data / "agreed.toml", scene.data / "never.toml"
    file.write_text(AGREED.format(party, seconds))
    never.write_text(AGREED.format(party, 0))
    scene.done("partner", "replace", str(file), "--reason", "he collects")
    return never


def partner_stops(scene: Collected) -> Incident:
    """A partner who agreed to collect lets its messages wait."""
    never = agreed_with(scene, WITHIN)
    partner = System(scene.node, "speed2", PARTNER_ID)
    try:
        scene.within(NOTICED, "collected", lambda: not inbox(scene))
        partner.collects = False
        lrn = scene.lodge()
        scene.within(NOTICED, "it waits", lambda: bool(inbox(scene)))
        scene.noticed(Event.PARTY_SILENT)
        scene.within(NOTICED, "metric", lambda: (scene.metric("douane_silent_seconds", party="partner") or 0) > 0)
        yield scene.cases(lrn)
        scene.does(SILENT, CALL, by=partner.works)
        scene.over("partner")
    finally:
        partner.works()
        scene.within(CLOSED, "collected again", lambda: not inbox(scene))
        partner.close()
        scene.done("partner", "replace", str(never), "--reason", "the incident is over")


def partner_reads_alone(scene: Collected) -> Incident:
    """The system of a partner reads its messages again and again and confirms none."""
    never = agreed_with(scene, 3)
    partner = System(scene.node, "speed2", PARTNER_ID)
    try:
        scene.within(NOTICED, "collected", lambda: not inbox(scene))
        partner.confirms = False
        lrn = scene.lodge()
        scene.within(NOTICED, "it waits", lambda: bool(inbox(scene)))
        scene.noticed(Event.PARTY_SILENT)
        scene.within(  # by what the node wrote down a moment ago
            NOTICED, "that it reads",
            lambda: any("reads and confirms nothing" in each["reason"] for each in scene.says("lane", "list")),
        )  # fmt: skip
        yield scene.cases(lrn)
        scene.does(SILENT, CALL, by=lambda: setattr(partner, "confirms", True))
        scene.over("partner")
    finally:
        partner.confirms = True
        scene.within(CLOSED, "confirmed again", lambda: not inbox(scene))
        partner.close()
        scene.done("partner", "replace", str(never), "--reason", "the incident is over")


def agreed_wrongly(scene: Collected) -> Incident:
    """The agreement of a partner that never collects by design says that it does; the runbook mends it."""
    never = agreed_with(scene, WITHIN)
    scene.within(CLOSED, "agreed", lambda: scene.told(Event.SWAPPED))
    time.sleep(3)  # he is told that his agreement changed
    emptied(scene)
    try:
        lrn = scene.lodge()
        scene.within(NOTICED, "it waits", lambda: bool(inbox(scene)))
        scene.noticed(Event.PARTY_SILENT)
        yield scene.cases(lrn)
        scene.does(SILENT, "Where it never collects by design", FILE=str(never), WHY="by-design")
    except BaseException:
        scene.done("partner", "replace", str(never), "--reason", "the incident is over")
        raise
    scene.within(CLOSED, "over", lambda: scene.told(Event.PARTY_BACK))
    emptied(scene)


def inbox(scene: Collected) -> list[Any]:
    """What waits for the declarant."""
    return list(scene.node.client("speed2", TRADER).ask("GET", "/v1/inbox").json["items"])


def emptied(scene: Collected) -> None:
    """The declarant takes all that waits for him."""
    client = scene.node.client("speed2", TRADER)
    while items := client.ask("GET", "/v1/inbox").json["items"]:
        for item in items:
            client.ask("POST", f"/v1/inbox/{item['id']}/ack")


def store_slow(scene: Collected) -> Incident:
    """Each commit takes 300 ms: everything is accepted, slowly."""
    store = type(scene.node.node.core.store)
    quick = store.apply

    def slowly(*arguments: Any) -> Any:
        time.sleep(SLOW)
        return quick(*arguments)

    slow = patch.object(store, "apply", slowly)
    slow.start()
    try:
        commits(scene)
        scene.noticed(Event.STORE_SLOW)
        scene.within(NOTICED, "metric now", lambda: (scene.metric("douane_store_commit_now_seconds") or 0) > 0.25)
        yield NONE
        scene.does("DouaneStoreSlow", "Move what else uses", by=slow.stop)
    except BaseException:
        slow.stop()
        raise
    commits(scene)
    scene.within(CLOSED, "over", lambda: scene.told(Event.STORE_QUICK))


def commits(scene: Collected) -> None:
    """Some messages are accepted, one after the other."""
    for _ in range(6):
        if scene.accepted() != 202:
            raise Missed("a message was not accepted")


def delayed(taken: socket.socket) -> None:
    """It answers, after a while."""
    time.sleep(SLOW)
    refuses(taken)


def click(scene: Collected) -> int:
    """Somebody begins to sign in at the provider."""
    return scene.pages.ask("GET", HOSTS["signin"], "/begin?country=SE&actor=economic+operator").status


def called(scene: Collected) -> None:
    """Visitors begin to sign in until the provider was called three times: what it answered is kept for a while."""
    was = scene.provider.taken

    def thrice() -> bool:
        click(scene)
        return scene.provider.taken - was >= 3

    scene.within(CLOSED, "called", thrice)


def provider_slow(scene: Collected) -> Incident:
    """An identity provider answers 300 ms later than it did: visitors wait, nobody is refused for it."""
    Provider.manners = staticmethod(delayed)
    try:
        called(scene)
        scene.noticed(Event.HOST_SLOW)
        scene.within(NOTICED, "metric now", lambda: (scene.metric("douane_hosts_slowest_seconds") or 0) > 0.25)
        scene.served()
        yield NONE
        scene.does("DouaneProviderSlow", "Tell the operator of the provider", by=provider_mended)
    finally:
        provider_mended()
    called(scene)
    scene.within(CLOSED, "over", lambda: scene.told(Event.HOST_QUICK))


def hangs_up(taken: socket.socket) -> None:
    """It is away: whoever calls is hung up on."""
    taken.close()


def provider_mended() -> None:
    """The provider answers again as it did."""
    Provider.manners = staticmethod(refuses)


def provider_away(scene: Collected) -> Incident:
    """An identity provider hangs up on whoever calls."""
    Provider.manners = staticmethod(hangs_up)
    try:

        def told() -> bool:  # what it answered before is kept for some seconds
            if (status := click(scene)) != 502:
                raise Missed(f"a visitor was told {status}")
            return scene.told(Event.HOST_AWAY)

        scene.within(NOTICED, "called", told)
        scene.noticed(Event.HOST_AWAY)
        scene.within(NOTICED, "metric of hosts", lambda: scene.metric("douane_hosts_away") == 1)
        scene.served()
        yield NONE
        scene.does("DouaneProviderAway", "Tell the operator of the provider", by=provider_mended)
    finally:
        provider_mended()

    def back() -> bool:
        click(scene)
        return scene.told(Event.HOST_BACK)

    scene.within(CLOSED, "over", back)


def witness_stands(scene: Collected) -> Incident:
    """The volume of the witness is not there: it keeps no newer checkpoint, and the node goes on."""
    folder = scene.data / "witness"
    away = scene.data / "witness.away"
    folder.rename(away)
    folder.write_text("no folder")

    def starts() -> None:
        folder.unlink()
        away.rename(folder)

    try:
        scene.accepted()
        scene.noticed(Event.WITNESS_BEHIND)
        lag = "douane_audit_witness_lag_seconds"
        scene.within(NOTICED, "metric of the lag", lambda: (scene.metric(lag, partition="0") or 0) > 0)
        scene.served()
        yield NONE
        scene.does("DouaneWitnessBehind", "Start it", by=starts)
    finally:
        if not folder.is_dir():
            starts()
    scene.within(CLOSED, "over", lambda: scene.told(Event.WITNESS_BACK))


def seldom(scene: Collected) -> None:
    """Decoy: a trader lets what he is told wait, as he may: nobody agreed with him when he collects."""
    scene.lodge()
    scene.within(NOTICED, "it waits", lambda: bool(inbox(scene)))
    time.sleep(WITHIN + 18)
    scene.quiet()
    if any(each["lane"].startswith("inbox:") for each in scene.says("lane", "list")):
        raise Missed("he is called silent")
    emptied(scene)


def short_rest(scene: Collected) -> None:
    """Decoy: a node is started anew: it is away for some seconds, with a message that waits."""
    scene.germany.rests()
    scene.lodge()
    time.sleep(3)
    scene.germany.works()
    time.sleep(5)
    scene.quiet()


def announced(scene: Collected) -> None:
    """Decoy: an administration is away as it said that it would be, with a message that waits."""
    system = scene.node.client("ccn2", "at.system")
    begin = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0) - dt.timedelta(minutes=1)
    for operation in ("C", "D"):
        outage = p5.Unavailability(
            sequence_number=1, type="U", functionality="A", start_date_and_time=begin, end_date_and_time=None,
            explanation="01", text="Migration",
        )  # fmt: skip
        action = p5.Action(sequence_number=1, operation=operation, unavailability=(outage,))
        said = p5.CD070C(
            message_sender="NTA.AT", message_recipient="NTA.EU", preparation_date_and_time=begin,
            message_identification=f"INCIDENT{operation}{begin:%H%M%S}", message_type="CD070C",
            country=p5.Country02(country="AT", action=(action,)),
        )  # fmt: skip
        answer = system.ask("POST", "/v1/messages", p5.write(said), XML)
        if answer.status != 202:
            raise Missed(f"it could not announce it: {answer.body!r}")
        if operation == "C":
            scene.austria.rests()
            scene.lodge()
            time.sleep(20)
        scene.austria.works()
    scene.quiet()


INCIDENTS: dict[str, Callable[[Collected], Incident]] = {
    "collector stops": stops_collecting, "administration away": goes_away, "two administrations away": both_away,
    "administration unheard": unheard, "agreed partner stops collecting": partner_stops,
    "partner reads and confirms nothing": partner_reads_alone,
    "never collects by design": agreed_wrongly, "store slow": store_slow, "provider slow": provider_slow,
    "provider away": provider_away, "witness stands still": witness_stands,
}  # fmt: skip
DECOYS: dict[str, Callable[[Collected], None]] = {
    "trader who seldom reads": seldom, "node started anew": short_rest, "administration away as announced": announced,
}  # fmt: skip


@contextlib.contextmanager
def standing_collected(folder: Path) -> Iterator[Collected]:
    """The node as long as the block lasts, with whoever collects from it; its witness is asked each second."""
    with contextlib.ExitStack() as stack:
        identity = identity_in(folder)
        provider = stack.enter_context(Misbehaving(lambda taken: Provider.manners(taken)))
        (identity.folder / "providers.toml").write_text(
            f'[[provider]]\ncountry = "SE"\ntitle = "Slow"\nissuer = "http://slow.localhost:{provider.port}"\n'
            'client_id = "us"\nsecret = "s"\ntype = "A"\n'
        )
        stack.enter_context(patch.object(witnessing, "EVERY_SECONDS", 1))
        node = stack.enter_context(
            standing(folder, identity, pages=PagesAt(port=0), limits=GENEROUS, elsewhere=frozenset({"AT", "DE"}),
                     presence_seconds=GONE_AFTER, witness=f"file:{folder / 'witness'}")
        )  # fmt: skip
        systems = [System(node, "ccn2", f"{code}.system") for code in ("de", "at")]
        for each in systems:
            stack.callback(each.close)
        scene = Collected(node, folder, pages=Pages(node), germany=systems[0], austria=systems[1], provider=provider)
        officer = node.client("ccn2", OFFICER)
        guarantee = (EXAMPLES / "guarantee.json").read_bytes()
        if officer.ask("POST", "/guarantees/v1/register", guarantee, JSON).status != 202:
            raise Missed("nothing can be declared")
        scene.within(CLOSED, "heard", lambda: bool(scene.metric("douane_heard_seconds", administration="AT")))
        yield scene
