"""Operators of a node in production: persons who sign in at the console, let in by a voucher and then by two."""

from __future__ import annotations

import base64
import html
import json
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import msgspec
import pytest

from douane.cli.main import main
from douane.configuration.settings import settings_text
from douane.identity.console.operators_file import text_of
from douane.identity.operators import FILE, Operator, PublicKey, parse
from douane.runtime.store.envelope import JOURNAL, RowKind
from douane.runtime.store.hold import Announcement
from douane.runtime.store.ports import Log
from douane.shared_services.auditing.reads import Block
from douane.standards.webauthn.tests.test_ceremonies import Authenticator
from douane.trust.holding import Holding
from tests.pages.production import DOMAIN, Answer, Production, in_production

pytestmark = pytest.mark.timeout(180)
DEVICES: dict[str, Authenticator] = {}
"""By name: whoever opens another browser has his device still."""
ANNA, BEN, CARL = "eu.anna.berg", "eu.ben.moor", "eu.carl.eder"


@dataclass
class Person:
    """Somebody with a browser and a device that holds his passkey."""

    pages: Production
    name: str
    device: Authenticator = field(init=False)
    jar: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        made = Authenticator(id=self.name.encode(), name=f"console.{DOMAIN}")
        self.device = DEVICES.setdefault(self.name, made)

    def ask(self, method: str, path: str, form: dict[str, str] | None = None, **headers: str) -> Answer:
        url = path if path.startswith("https://") else self.pages.url("console") + path
        cookie = "; ".join(f"{name}={value}" for name, value in self.jar.items() if value)
        said = {"cookie": cookie, "sec-fetch-site": "same-origin", **headers}
        found = self.pages.ask(method, url, **said) if form is None else self.pages.send(url, form, **said)
        for each in found.cookies:
            name, _, value = each.partition(";")[0].partition("=")
            self.jar[name] = value
        return found

    def open(self, path: str) -> Answer:
        """A page, and where it leads on to."""
        found = self.ask("GET", path)
        while found.status == 303:
            found = self.ask("GET", found.headers["location"])
        return found

    def makes(self, path: str, **said: str) -> Answer:
        """A passkey, with what else a form wants."""
        form = hidden(self.open(path))
        made = self.device.make(challenge=form["challenge"], origin=self.pages.url("console"))
        return self.ask("POST", urlsplit(path).path, {**form, **said, **texts(made)})

    def proves(self, **instead: str) -> Answer:
        """Who he is, by his passkey."""
        form = hidden(self.open("/sign-in"))
        said = self.device.prove(challenge=form["challenge"], origin=self.pages.url("console"))
        return self.ask("POST", "/sign-in", {**form, "id": text(self.device.id), **texts(said), **instead})

    def sends(self, path: str, **said: str) -> Answer:
        """A form of a page."""
        return self.ask("POST", path, {"token": hidden(self.open(path)).get("token", ""), **said})

    @property
    def public(self) -> Operator:
        key = PublicKey(text(self.device.id), text(self.device.spki))
        return Operator(f"eu.{self.name}", self.name.title(), passkey=(key,))


def text(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).decode().rstrip("=")


def texts(octets: dict[str, bytes]) -> dict[str, str]:
    return {name: text(value) for name, value in octets.items()}


def hidden(page: Answer) -> dict[str, str]:
    """The hidden fields of the forms of a page."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.body.decode())
    return {name: html.unescape(value) for name, value in found}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    with in_production(tmp_path_factory.mktemp("operators")) as made:
        yield made


@pytest.fixture(scope="module")
def config(pages: Production, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("config") / "douane.toml"
    path.write_text(settings_text(pages.node.node.core.settings, place=True))
    return path


def command(config: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """A command on the host: its exit code, and what it printed."""
    capsys.readouterr()
    code = main(["operator", *words, "--config", str(config)])
    return code, capsys.readouterr().out.strip()


def acts(pages: Production) -> list[tuple[str, str]]:
    """Who did what, as the audit log has it by now."""
    pages.node.run(pages.node.node.read_log.tell())
    core = pages.node.node.core
    rows = [JOURNAL.read(raw) for _, raw in core.store.scan_log(Log.JOURNAL, 0, 1 << 62, 10_000)]
    said = [msgspec.msgpack.decode(e.content.octets, type=Announcement).text for e in rows if e.kind is RowKind.READ]
    reads = [read for each in said for read in msgspec.json.decode(each, type=Block).reads]
    return [(each.operation, each.person) for each in reads]


def agree(who: Person, digest: str, *, reason: str = "I read it") -> Answer:
    """What one proposed and another one agrees with, by the page that shows it."""
    shown = who.open("/proposed").body.decode()
    on = re.search(r'name="on" value="([0-9a-f]{64})"', shown)
    return who.sends(
        "/proposed", deed="operators.replace", on=on[1] if on else "0" * 64, seen=digest, act=secrets.token_hex(16),
        reason=reason,
    )  # fmt: skip


def two_operators(pages: Production, config: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Person, Person]:
    """Two who were let in by vouchers, signed in."""
    anna, ben = Person(pages, "anna.berg"), Person(pages, "ben.moor")
    for each, account in ((anna, ANNA), (ben, "eu.ben.moor")):
        _, link = command(config, capsys, "voucher")
        found = each.makes(link.removeprefix(pages.url("console")), account=account, name=each.name)
        assert found.status == 303, found.body
    assert agree(anna, proposed(config, capsys)).status == 303
    assert ben.proves().status == 303
    return anna, ben


def proposed(config: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The digest of what waits."""
    return str(json.loads(command(config, capsys, "list", "--json")[1])["proposed"])


def test_operators_are_let_in_by_a_voucher_then_by_two_and_nobody_alone(
    pages: Production, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    anna, ben, carl, thief = (Person(pages, name) for name in ("anna.berg", "ben.moor", "carl.eder", "the.thief"))
    assert anna.open("/lanes").status == 401
    assert thief.proves().status == 401, "a passkey that nobody named"

    # --- the first one
    code, link = command(config, capsys, "voucher")
    assert (code, link.startswith(pages.url("console"))) == (0, True)
    assert thief.open("/operators/first?once=guessed").status == 401
    assert anna.makes(link.removeprefix(pages.url("console")), account="nonsense", name="Anna").status == 400
    assert anna.makes(link.removeprefix(pages.url("console")), account=ANNA, name="Anna Berg").status == 303
    assert anna.open("/").status == 200
    assert all(each.startswith("__Host-") for each in anna.jar)
    assert thief.open(link).status == 401, "it held once"
    holding = Holding(pages.node.node.core.settings.data, needed=True)
    holding.must_hold(pages.node.identity.folder / FILE)

    # --- a second one: he comes by a voucher too, and is in once the first one agrees, who proposes nobody alone
    anyone = text_of((anna.public, thief.public)).replace("eu.anna.berg", ANNA)
    assert anna.sends("/operators", text=anyone, reason="my friend joins").status == 303
    assert agree(anna, proposed(config, capsys)).status == 422, "nobody agrees to himself"
    code, link = command(config, capsys, "voucher")
    assert code == 0
    assert ben.makes(link.removeprefix(pages.url("console")), account=BEN, name="Ben Moor").status == 303
    assert thief.open(link).status == 401, "it held once"
    assert ben.proves().status == 401, "it is proposed, and holds not yet"
    digest = proposed(config, capsys)
    assert agree(anna, "0" * 64).status == 422, "not what stood on the page"
    assert agree(anna, digest).status == 303
    assert ben.proves().status == 303
    assert ben.open("/").status == 200
    assert command(config, capsys, "voucher")[0] == 2, "two operators are kept"

    # --- a third one by the two of them
    made = dict(parse_qsl(urlsplit(carl.makes("/operators/key", name="Carl").headers["location"]).query))
    assert PublicKey(made["id"], made["key"]) == carl.public.passkey[0]
    three = text_of((anna.public, ben.public, carl.public))
    assert ben.sends("/operators", text=three, reason="Carl joins").status == 303
    digest = proposed(config, capsys)
    assert agree(ben, digest).status == 422, "nobody agrees to himself"
    assert agree(anna, digest).status == 303
    assert carl.proves().status == 303

    # --- the glass: alone, told to everybody, and no second pair of eyes
    code, link = command(config, capsys, "break-glass", "--as", CARL, "--reason", "nobody answers")
    assert code == 0
    alone = Person(pages, "carl.eder")
    assert alone.open(link).status == 200
    two = text_of((anna.public, ben.public))
    assert alone.sends("/operators", text=three.replace("Carl", "Karl"), reason="alone").status == 303
    assert agree(ben, proposed(config, capsys)).status == 422, "he in whose name it is has not confirmed it"
    assert ben.sends("/operators", text=two, reason="Carl left").status == 303
    digest = proposed(config, capsys)
    assert agree(alone, digest).status == 422
    for each in (anna, ben, carl):
        assert b"nobody answers" in each.open("/").body, "everybody is told"
    assert thief.open(link).status == 401, "the link held once"
    told(pages)

    # --- an operator who left is out with his next request
    assert agree(anna, digest).status == 303
    assert carl.open("/lanes").status == 401
    assert carl.proves().status == 401
    assert sorted(parse((pages.node.identity.folder / FILE).read_text()).accounts) == [ANNA, BEN]
    assert ("enter", BEN) in acts(pages)
    assert replaced(pages)[:3] == [ANNA, ANNA, BEN], "the voucher, what Anna wanted, and Ben by his own"


def told(pages: Production) -> None:
    """That the glass was broken stands in the log, within the time of a look."""
    log, end = pages.node.node.core.settings.data / "node.log", time.monotonic() + 30
    while '"operator.broke_glass"' not in log.read_text():
        assert time.monotonic() < end
        time.sleep(0.2)


def replaced(pages: Production) -> list[str]:
    """Who asked for other operators, or agreed, as the journal has it."""
    store = pages.node.node.core.store
    rows = [JOURNAL.read(raw) for _, raw in store.scan_log(Log.JOURNAL, 0, 1 << 62, 10_000)]
    said = [
        (row.caller.person, msgspec.msgpack.decode(row.content.octets, type=Announcement).text)
        for row in rows if row.kind is RowKind.INTERVENED
    ]  # fmt: skip
    return [who for who, text in said if '"act":"operators.replace"' in text]


def test_a_proof_counts_in_the_browser_in_which_it_began_from_a_page_of_ours_and_once(pages: Production) -> None:
    ben, other = Person(pages, "ben.moor"), Person(pages, "nobody")
    form = hidden(ben.open("/sign-in"))
    said = texts(ben.device.prove(challenge=form["challenge"], origin=pages.url("console")))
    proof = {**form, "id": text(ben.device.id), **said}
    other.open("/sign-in")
    assert other.ask("POST", "/sign-in", proof).status == 401, "he who brings it gets nothing"
    assert ben.ask("POST", "/sign-in", proof, **{"sec-fetch-site": "cross-site"}).status == 403
    held = dict(ben.jar)
    assert ben.ask("POST", "/sign-in", proof).status == 303
    ben.jar = held
    assert ben.ask("POST", "/sign-in", proof).status == 401, "once"


def test_a_file_that_somebody_edited_lets_nobody_in_and_those_who_were_operators_go_on(pages: Production) -> None:
    path = pages.node.identity.folder / FILE
    kept, ben, thief = path.read_text(), Person(pages, "ben.moor"), Person(pages, "the.thief")
    for changed in (kept + "\n" + text_of((thief.public,)), text_of((thief.public,)), "nonsense"):
        path.write_text(changed)
        try:
            assert thief.proves().status == 401
            assert thief.open("/").status == 401
            assert ben.proves().status == 303
            assert "was changed by nobody" in ben.open("/operators").body.decode()
        finally:
            path.write_text(kept)
