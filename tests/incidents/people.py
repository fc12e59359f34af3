"""Incidents of the persons who run a node in production: two who are at odds, and one who left.

Three operators are let in as the documentation has it. What one of them can still do alone, by page, shell, glass,
certificate or token, is tried by him; what holds is judged by the files, the doors and the others' pages.
"""

from __future__ import annotations

import contextlib
import html
import io
import json
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography import x509

from douane.cli.main import main as command
from douane.configuration.settings import settings_text
from douane.identity.authorities import Revocation, issue_revocations, read_credential
from douane.identity.console.operators_file import text_of
from douane.identity.operators import FILE, Operator, parse
from douane.model.circles import ActorKind, Circle
from douane.shared_services.logging.events import Event
from douane.trust.demo import DemoClient
from douane.trust.development_identity import DevelopmentIdentity
from tests.circles.test_operators import ANNA, BEN, CARL, Person
from tests.incidents.endings import LONG, period
from tests.incidents.scene import CLOSED, NOTICED, Incident, Missed, Scene
from tests.journeys.standing import Client, Standing, trust
from tests.pages.production import Answer, Production, in_production

NONE: frozenset[str] = frozenset()
ODDS, LEFT = "Two operators at odds", "An administrator who left"
HELD = DemoClient("operator.carl", ActorKind.OPERATOR, person=CARL)
SYSTEM = DemoClient("fr.migration", ActorKind.MEMBER_STATE, "FR", administration="FR",
                    roles=frozenset({"administration"}))  # fmt: skip
"""Certificates that Carl holds: that of an operator, and that of a system."""
ACTED = Event.ACTED.value


@dataclass
class People(Scene[Standing]):
    """A node in production with three operators."""

    made: Production = field(kw_only=True)
    config: Path = field(kw_only=True)

    def named(self) -> list[str]:
        return ["--config", str(self.config)]

    def person(self, account: str) -> Person:
        """An operator with a browser of his own, who has not signed in."""
        return Person(self.made, account.removeprefix("eu."))

    def signed_in(self, account: str) -> Person:
        """The same, signed in. Raises Missed where he cannot."""
        found = self.person(account)
        if found.proves().status != 303:
            raise Missed(f"{account} cannot sign in")
        return found

    def shell(self, *words: str) -> tuple[int, str]:
        """A command at the host: its exit code, and what it printed."""
        with contextlib.redirect_stdout(io.StringIO()) as said, contextlib.redirect_stderr(io.StringIO()):
            code = command([*words, *self.named()])
        return code, said.getvalue().strip()

    def operators(self) -> list[str]:
        """Who operates the node, by its file."""
        return sorted(parse((self.made.node.identity.folder / FILE).read_text()).accounts)

    def entries(self, *accounts: str) -> str:
        """The file of those of the present operators."""
        kept = parse((self.made.node.identity.folder / FILE).read_text()).accounts
        return text_of(tuple(kept[each] for each in accounts))

    def metric_is(self, was: float) -> bool:
        """Whether more acts were counted than before."""
        return self.total("douane_events_total", event=ACTED) > was


def waiting(who: Person) -> dict[str, dict[str, str]]:
    """What somebody may agree with or confirm on his page: the fields of each form, by its digest."""
    page = who.open("/proposed").body.decode()
    found = {}
    for form in re.findall(r"<form.*?</form>", page, re.DOTALL):
        pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
        fields = {name: html.unescape(value) for name, value in pairs}
        if "seen" in fields:
            found[fields["seen"]] = fields
    return found


def agrees(who: Person, fields: dict[str, str]) -> Answer:
    """He sends the form of a proposal, by his own session."""
    return who.sends("/proposed", **{**fields, "act": secrets.token_hex(16), "reason": "I read it"} | _own(who))


def _own(who: Person) -> dict[str, str]:
    token = re.search(r'name="token" value="([^"]*)"', who.open("/proposed").body.decode())
    return {"token": html.unescape(token[1])} if token else {}


def proposes(who: Person, text: str, reason: str) -> int:
    """He proposes other operators; how the page answers."""
    return who.sends("/operators", text=text, reason=reason).status


def the_form(who: Person) -> dict[str, str]:
    """The only thing that somebody may agree with. Raises Missed."""
    found = list(waiting(who).values())
    if len(found) != 1:
        raise Missed(f"{who.name} can agree with {len(found)} things")
    return found[0]


def refused(answer: Answer, what: str) -> None:
    """Raise Missed unless a page refused."""
    if answer.status not in (401, 403, 404, 422):
        raise Missed(f"{what} was answered {answer.status}")


def at_odds(scene: People) -> Incident:
    """Each of two wants the other one out: neither gets it alone, by no way; a third one decides."""
    anna, ben = scene.signed_in(ANNA), scene.signed_in(BEN)
    before, was = scene.operators(), scene.total("douane_events_total", event=ACTED)
    proposes(anna, scene.entries(ANNA, CARL), "Ben has to go")
    seen = the_form(ben)
    proposes(ben, scene.entries(BEN, CARL), "Anna has to go")
    scene.within(NOTICED, "log", lambda: scene.told(Event.ACTED, operation="operators.replace"))
    scene.within(NOTICED, "metric", lambda: scene.metric_is(was))
    theirs = the_form(anna)
    refused(agrees(ben, theirs), "Ben's own proposal")
    refused(agrees(anna, seen), "Anna's own, which Ben's has voided")
    code, _ = scene.shell("operator", "voucher")
    if code == 0:
        raise Missed("a voucher was given beside three operators")
    code, link = scene.shell("operator", "break-glass", "--as", ANNA, "--reason", "Ben does not listen")
    if code:
        raise Missed("nobody can break the glass")
    alone = scene.person(ANNA)
    alone.open(link)
    refused(agrees(alone, theirs), "who broke the glass agrees")
    scene.within(NOTICED, "glass, log", lambda: scene.told(Event.GLASS))
    if b"Ben does not listen" not in ben.open("/").body:
        raise Missed("nobody is told who broke the glass")
    proposes(alone, scene.entries(ANNA, CARL), "in Ben's absence")
    refused(agrees(ben, {**theirs, "seen": the_digest(scene)}), "what Anna has not confirmed")
    path = scene.made.node.identity.folder / FILE
    held = path.read_text()
    path.write_text(scene.entries(ANNA))
    try:
        if scene.person(BEN).proves().status != 303:
            raise Missed("an edited file keeps an operator out")
    finally:
        path.write_text(held)
    if scene.operators() != before:
        raise Missed("the operators changed")
    yield NONE
    scene.does(ODDS, "Let a third operator decide", by=lambda: decided(scene, ben))
    if scene.operators() != before:
        raise Missed("the operators changed though nobody wanted it")


def the_digest(scene: People) -> str:
    """The digest of what is proposed about operators."""
    return str(json.loads(scene.shell("operator", "list", "--json")[1])["proposed"])


def decided(scene: People, ben: Person) -> None:
    """A third one has all three stay: he proposes it, and one of the others agrees."""
    carl = scene.signed_in(CARL)
    three = scene.entries(ANNA, BEN, CARL).replace('name = "Carl Eder"', 'name = "Carl"')
    kept = three if "Carl Eder" in scene.entries(CARL) else three.replace('"Carl"', '"Carl Eder"', 1)
    proposes(carl, kept, "both stay")
    if agrees(ben, the_form(ben)).status != 303:
        raise Missed("nobody can agree")
    if waiting(scene.signed_in(ANNA)):
        raise Missed("something waits still")


def who_left(scene: People) -> Incident:
    """He had a session, the glass, a proposal, certificates and a token: nothing of it is worth anything any more."""
    carl, was = scene.signed_in(CARL), scene.total("douane_events_total", event=ACTED)
    _, glass = scene.shell("operator", "break-glass", "--as", CARL, "--reason", "before I leave")
    _, unused = scene.shell("operator", "break-glass", "--as", CARL, "--reason", "for later")
    alone = scene.person(CARL)
    alone.open(glass)
    mine = scene.data / "mine.toml"
    register = scene.node.identity.register
    mine.write_text(register.read_text().replace(f'id = "{SYSTEM.id}"', 'id = "fr.of.carl"'))
    scene.shell("client", "replace", str(mine), "--reason", "a system of mine", "--as", CARL)
    agrees(carl, the_form(carl))  # it is his
    his = waiting(scene.signed_in(ANNA))
    if len(his) != 1:
        raise Missed("his proposal does not wait")
    doors = [("operations", HELD.id, "/metrics"), ("ccn2", SYSTEM.id, "/v1/inbox")]
    if [scene.node.client(door, name).ask("GET", path).status for door, name, path in doors] != [200, 200]:
        raise Missed("his certificates did not open doors")
    token = scene.node.client("uumds", SYSTEM.id).ask(
        "POST", "/token", b"grant_type=client_credentials&resource=ccn2",
        {"content-type": "application/x-www-form-urlencoded"},
    )  # fmt: skip
    if token.status != 200:
        raise Missed(f"he has no token: {token.status} {token.body!r}")
    bearer = {"authorization": f"Bearer {token.json['access_token']}"}
    scene.within(NOTICED, "glass, log", lambda: scene.told(Event.GLASS))
    yield NONE

    scene.does(LEFT, "End his sign-in", by=lambda: without_him(scene))
    scene.within(5.0, "sessions", lambda: carl.open("/lanes").status == alone.open("/lanes").status == 401)
    refused(carl.proves(), "his passkey")
    refused(scene.person(CARL).open(unused), "a glass that he kept")
    scene.within(NOTICED, "metric", lambda: scene.metric_is(was))
    anna = scene.signed_in(ANNA)
    if waiting(anna):
        raise Missed("what he proposed waits still")
    refused(agrees(anna, next(iter(his.values()))), "what he proposed, by who had the page open")
    for words in (("operator", "voucher"), ("operator", "break-glass", "--as", CARL, "--reason", "again"),
                  ("client", "replace", str(mine), "--reason", "again", "--as", CARL)):  # fmt: skip
        if scene.shell(*words)[0] == 0:
            raise Missed(f"{' '.join(words[:2])} in his name is done")
    scene.does(LEFT, "Have his certificates revoked", FILE=str(revoked(scene)))
    scene.within(5.0, "certificates", lambda: not any(enters(scene, *each) for each in doors))
    if scene.node.client("ccn2", SYSTEM.id).ask("GET", "/v1/inbox", headers=bearer).status == 200:
        raise Missed("his token opens a door")
    scene.within(NOTICED, "log", lambda: scene.told(Event.REFUSED, platform="ccn2"))
    scene.does(LEFT, "Take what he held out", FILE=str(fewer(scene)), WHY="he-left", ACCOUNT=ANNA)
    for who in (ANNA, BEN):
        person = scene.signed_in(who)
        agrees(person, the_form(person))
    scene.within(CLOSED, "register", lambda: HELD.id not in register.read_text())
    scene.does(LEFT, "See whether it holds together")
    if 'id = "fr.of.carl"' in register.read_text():
        raise Missed("what he proposed was done")


def without_him(scene: People) -> None:
    """One proposes it, another one agrees."""
    anna, ben = scene.signed_in(ANNA), scene.signed_in(BEN)
    proposes(anna, scene.entries(ANNA, BEN), "Carl left")
    for each in waiting(ben).values():
        if each["deed"] == "operators.replace":
            agrees(ben, each)
    scene.within(CLOSED, "operators", lambda: scene.operators() == [ANNA, BEN])


def enters(scene: People, door: str, name: str, path: str) -> bool:
    """Whether a certificate opens a door, over the connection it had or a fresh one."""
    files = scene.node.identity.client(name)
    fresh = Client(scene.node.node.url(door), trust(scene.node.identity, files.certificate, files.key))
    try:
        asked = (scene.node.client(door, name), fresh)
        return any(each.ask("GET", path).status == 200 for each in asked)
    finally:
        fresh.close()


def revoked(scene: People) -> Path:
    """The next lists of the authorities of his certificates, as they publish them."""
    own, authorities = scene.node.identity, authorities_of(scene)
    lists = b""
    for client, circle in ((HELD, Circle.INTERNAL), (SYSTEM, Circle.TRUSTED)):
        issuer = read_credential(own.authority(circle).read_bytes(), authorities.authority_key(circle).read_bytes())
        card, now = x509.load_pem_x509_certificate(own.client(client.id).certificate.read_bytes()), period(LONG)
        lists += issue_revocations([Revocation(card.serial_number, now.begin)], issuer=issuer, period=now, number=2)
    path = scene.data / "revoked-of-carl.pem"
    path.write_bytes(lists)
    return path


def authorities_of(scene: People) -> DevelopmentIdentity:
    """Where the authorities keep their keys: not where the node is."""
    return DevelopmentIdentity(scene.data.parent / "authority" / "identity")


def fewer(scene: People) -> Path:
    """The register without what he held."""
    parts = scene.node.identity.register.read_text().split("[[client]]")
    path = scene.data / "without-carl.toml"
    held = (f'"{HELD.id}"', f'"{SYSTEM.id}"')
    path.write_text("[[client]]".join(each for each in parts if not any(name in each for name in held)))
    return path


INCIDENTS = {"two operators at odds": at_odds, "an administrator who left": who_left}


@contextlib.contextmanager
def standing_people(folder: Path, **more: Any) -> Iterator[People]:
    """The node as long as the block lasts; three operators were let in. more: settings of its own."""
    with in_production(folder, clients=(HELD, SYSTEM), **more) as made:
        config = folder / "douane.toml"
        config.write_text(settings_text(made.node.node.core.settings, place=True))
        scene = People(made.node, folder / "data", made=made, config=config)
        anna, ben, carl = (scene.person(each) for each in (ANNA, BEN, CARL))
        for person, account, name in ((anna, ANNA, "Anna Berg"), (ben, BEN, "Ben Moor")):
            _, link = scene.shell("operator", "voucher")
            person.makes(link.removeprefix(made.url("console")), account=account, name=name)
        agrees(anna, the_form(anna))
        ben.proves()
        key = carl.public.passkey
        carl.makes("/operators/key", name="Carl")
        three = (*parse(scene.entries(ANNA, BEN)).accounts.values(), Operator(CARL, "Carl Eder", passkey=key))
        proposes(ben, text_of(three), "Carl joins")
        agrees(anna, the_form(anna))
        if scene.operators() != [ANNA, BEN, CARL]:
            raise Missed("the operators were not let in")
        yield scene
