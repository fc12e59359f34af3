"""What two persons answer for is not swapped between looking and agreeing: each act of the table, each way it has.

An act of operators is proposed at the shell and in the console and agreed with in the console; one of officers goes by
the interface of the platform, and by a page where a screen offers it. Whoever adds a row adds here what it is about.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import json
import re
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest

from douane.cli.main import main
from douane.configuration.settings import PagesAt, Uplink
from douane.identity.operators import Doer
from douane.model.circles import Platform
from douane.model.discovery import persons
from douane.operation.intervening import have_done
from douane.runtime.store.envelope import JOURNAL
from douane.runtime.store.ports import Log
from douane.supervision.operating import declared
from douane.supervision.operating.acts import Acts
from douane.supervision.operating.declared import PERSONS
from douane.supervision.operating.lodging import lodge
from douane.supervision.operating.outcome import Asked, Outcome
from douane.supervision.operating.two_persons import PROPOSED
from douane.vocabulary.errors import DouaneError
from douane.vocabulary.four_eyes import Persons
from tests.circles.test_console import DEPUTY, HOST, NAME, OPERATOR, PUBLISHER, plain, poisoned, until
from tests.circles.test_pages import Pages, Seen
from tests.cli.nodes import a_list
from tests.contracts.test_acts import WEBHOOK
from tests.journeys.standing import GENEROUS, identity_in, standing
from tests.pages.union import JSON, Union

DESK, OVERLAYS = "desk.localhost", "/explore/overlays"
SECOND = "eu.dora.lang"
PERSON = '[[operator]]\naccount = "%s"\nname = "A person"\nissuer = "https://id.example"\nsubject = "%s"\n'
PROVIDER = '[[provider]]\ncountry = "%s"\ntitle = "A country"\ntype = "D"\n'
APART: dict[str, str] = {
    "transit.close_enquiry": "nothing is drawn: it is not done by whoever controlled",
    "transit.decide_control": "nothing is drawn: it is done once, by a person, and settled by another one",
}
"""Acts in which two persons follow each other and nobody agrees with a text: ``tests/journeys/test_tasks.py``."""
AWAY: dict[str, str] = {
    declared.GO_BACK: "it is proposed and agreed on while no core of the node begins: tests/cli/test_timekeeping.py"
}
"""Acts of operators in which no node of this test can be: ``test_nobody_agrees_with_a_clock_that_he_did_not_see``."""
OFFICERS = {name for name, row in persons().items() if row.persons is Persons.TWO} - APART.keys()
OPERATORS = sorted(name for name, row in PERSONS.items() if row.persons is Persons.TWO and name not in AWAY)


@dataclass
class Scene:
    """A node, and two operators: one proposes, the other one looks and agrees."""

    union: Union
    pages: Pages
    number: int = field(default=0)

    @property
    def data(self) -> str:
        return str(self.union.node.node.core.settings.data)

    def lodged(self, text: str) -> str:
        return lodge(self.union.node.node.core.settings.data, text.encode())

    def shell(self, act: str, on: str, reason: str, seen: str = "", account: str = NAME) -> Outcome:
        """As a command asks, by the socket of the node."""
        asked = Asked(act, secrets.token_hex(16), on, reason, seen=seen)
        (came,) = have_done(self.union.node.node.core.settings, [asked], account)
        return came

    def page(self, who: str = DEPUTY.id) -> str:
        return self.pages.ask("GET", HOST, "/proposed", cookie=self.pages.session(who, Platform.OPERATIONS)).body

    def agree(self, page: str, act: str, who: str = DEPUTY.id) -> Seen:
        """Send the form of an act as a page had it."""
        forms = [form for form in page.split("<form")[1:] if f'value="{act}"' in form and 'name="seen"' in form]
        (hidden,) = (_hidden(form.partition("</form>")[0]) for form in forms)
        cookie = self.pages.session(who, Platform.OPERATIONS)
        form = hidden | {"reason": "I read it"}
        return self.pages.ask("POST", HOST, "/proposed", cookie=cookie, form=form, sec_fetch_site="same-origin")

    def waiting(self, act: str) -> list[str]:
        """The digests of what waits of an act."""
        return [each.digest for each in self.acts.waiting() if each.act == act]

    @property
    def acts(self) -> Acts:
        found = self.union.node.node.operator._acts
        assert found is not None
        return found


def _hidden(form: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """A node whose way to Austria leads nowhere, and two operators who are kept."""
    folder = tmp_path_factory.mktemp("swaps")
    identity = identity_in(folder, (PUBLISHER, DEPUTY))
    (folder / "partners.toml").write_text(WEBHOOK)  # a node opens the channels of its agreements as it starts
    away = {"AT": Uplink("https://127.0.0.1:1", "fr.officer", folder / "identity")}
    with standing(folder, identity, pages=PagesAt(port=0), limits=GENEROUS, peers=away,
                  elsewhere=frozenset({"AT"})) as node:  # fmt: skip
        union = Union(node)
        union.prepare()
        yield Scene(union, Pages(node))


def _aside(scene: Scene) -> tuple[str, str]:
    scene.number += 1
    place = poisoned(scene.union, scene.pages, f"CL93{scene.number}")
    return place, place


def _sent(scene: Scene) -> tuple[str, str]:
    scene.union.released()
    (at,) = set(re.findall(r'href="(/lane\?name=rest[^"]+)"', until(scene.pages, "/lanes", "/lane?name=rest")))
    first = _hidden(until(scene.pages, at, 'name="first" value="out'))["first"]
    return first, first


def _register(scene: Scene) -> tuple[str, str]:
    before = scene.union.node.identity.register.read_text()
    scene.number += 1
    return scene.lodged(before + f"# {scene.number}\n"), scene.lodged(before.replace("trader.fr.lille", "evil"))


def _operators(scene: Scene) -> tuple[str, str]:
    """Both keep the two of this test, whom commands name from then on."""
    two = PERSON % (NAME, "1") + PERSON % (SECOND, "2")
    scene.number += 1
    return scene.lodged(two), scene.lodged(two + PERSON % (f"eu.evil{scene.number}", "3"))


def _agreements(scene: Scene) -> tuple[str, str]:
    scene.number += 1
    return scene.lodged(f"{WEBHOOK}# {scene.number}\n"), scene.lodged(WEBHOOK.replace("vauban", "evil"))


def _list(scene: Scene) -> tuple[str, str]:
    scene.number += 1
    made = (a_list(f"CL94{scene.number}", *codes) for codes in ("A", "AB"))
    harmless, _ = (scene.lodged(msgspec.json.encode(each).decode()) for each in made)
    return harmless, harmless  # each version is a thing of its own: the same one is proposed anew


def _invitation(scene: Scene) -> tuple[str, str]:
    """A person, and another link for him."""
    (scene.union.node.identity.folder / "providers.toml").write_text(PROVIDER % "LV")
    scene.number += 1
    return tuple(f"LV/janis{scene.number} {each * 64}" for each in "0f")  # type: ignore[return-value]


ABOUT: dict[str, Callable[[Scene], tuple[str, str]]] = {
    declared.DISCARD: _aside,
    declared.DROP: _sent,
    declared.REGISTER: _register,
    declared.OPERATORS: _operators,
    declared.AGREE: _agreements,
    declared.PROVIDERS: lambda scene: (scene.lodged(PROVIDER % "SE"), scene.lodged(PROVIDER % "FI")),
    declared.PUBLISH: _list,
    declared.INVITE: _invitation,
}
"""What each act of operators is about: what was read, and what it is swapped for."""


def test_every_act_of_two_persons_is_swapped_here() -> None:
    assert ABOUT.keys() == set(OPERATORS)
    assert {"customs_decisions.propose_overlay", "customs_decisions.approve_overlay"} == OFFICERS


@pytest.mark.parametrize("again", ["the shell", "the console"])
@pytest.mark.parametrize("act", OPERATORS)
def test_of_an_act_of_operators_nobody_agrees_with_what_he_did_not_see(scene: Scene, act: str, again: str) -> None:
    """``again``: where the other proposal comes from, between looking and agreeing."""
    harmless, evil = ABOUT[act](scene)
    read = scene.shell(act, harmless, "tidying up")
    assert scene.agree(scene.page(OPERATOR), act, OPERATOR).status == 303, "whom the command named confirms it"
    looked = scene.page()
    assert read.digest in looked
    if again == "the shell":
        swapped = scene.shell(act, evil, "tidying up").digest
    else:
        asked = Asked(act, secrets.token_hex(16), evil, "tidying up")
        swapped = scene.union.node.run(scene.acts.perform(asked, Doer(NAME))).digest
    assert swapped != read.digest
    stale = scene.agree(looked, act)
    assert stale.status == 422, "what stood on the page stands there no more"
    assert "Another proposal stands there since you looked" in plain(stale.body)
    for digest in (read.digest, swapped):
        with pytest.raises(DouaneError):
            scene.shell(act, evil, "I read it", digest, SECOND)
    assert scene.waiting(act) == [swapped], "nothing was done, by page or by shell"
    if again == "the shell":
        assert scene.agree(scene.page(OPERATOR), act, OPERATOR).status == 303
    assert scene.agree(scene.page(), act).status == 303, "who reads what stands there now agrees"
    assert scene.waiting(act) == []


def test_another_file_is_proposed_in_the_console_and_is_judged_before_it_waits(scene: Scene) -> None:
    cookie = scene.pages.session(OPERATOR, Platform.OPERATIONS)
    form = _hidden(scene.page(OPERATOR).partition('action="/proposed/file"')[2])

    def propose(text: str, **changed: str) -> Seen:
        said = form | {"deed": declared.PROVIDERS, "text": text, "reason": "a new country"} | changed
        return scene.pages.ask("POST", HOST, "/proposed/file", cookie=cookie, form=said, sec_fetch_site="same-origin")

    assert propose(PROVIDER % "SE", reason=" ").status == 422
    assert propose(PROVIDER % "SE", deed=declared.DROP).status == 404
    assert propose(PROVIDER % "SE", token="").status == 403
    assert "cannot be read" in plain(propose("[[provider]]\ncountry = 1\n").body)
    assert scene.waiting(declared.PROVIDERS) == []
    assert propose((PROVIDER % "PT").replace("\n", "\r\n")).headers["location"] == "/proposed"
    page = scene.page()
    assert "provider PT is new." in plain(page)
    assert scene.agree(page, declared.PROVIDERS).status == 303
    assert (scene.union.node.identity.folder / "providers.toml").read_text() == PROVIDER % "PT"


# --- officers


@dataclass
class Overlays:
    """The overlays of France: proposed by an expert, read and approved by another officer."""

    scene: Scene
    version: int

    def call(self, who: str, path: str, content: dict[str, object]) -> int:
        door = self.scene.union.node.client("ccn2", who)
        return door.ask("POST", f"/customs_decisions/v1/{path}", json.dumps(content).encode(), JSON).status

    def now(self) -> dict[str, str]:
        door = self.scene.union.node.client("ccn2", "fr.officer")
        asked = json.dumps({"administration": "FR"}).encode()
        found = door.ask("POST", "/customs_decisions/v1/overlays", asked, JSON).json["versions"]
        return next((each for each in found if each["version"] == self.version), {})

    def propose(self, text: str) -> dict[str, str]:
        """Propose it, and what stands there once that is kept."""
        since = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=400)
        changes = [{"kind": "letter", "at": ["grant"], "text": text}]
        said = {"administration": "FR", "version": self.version, "since": since.isoformat(), "reason": "Seen first",
                "changes": changes}  # fmt: skip
        assert self.call("fr.expert", "propose_overlay", said) == 202
        end = time.monotonic() + 20
        while text not in json.dumps(self.now()):
            assert time.monotonic() < end
            time.sleep(0.05)
        return self.now()

    def by_api(self, digest: str) -> None:
        said = {"administration": "FR", "version": self.version, "digest": digest, "reason": "I have read it"}
        assert self.call("fr.officer", "approve_overlay", said) == 202
        time.sleep(1)

    def by_shell(self, digest: str) -> None:
        node = self.scene.union.node
        way = ["--at", node.node.url("ccn2"), "--client", "fr.officer", "--identity", str(node.identity.folder)]
        main(["overlay", "approve", "FR", str(self.version), "--digest", digest, "--reason", "I have read it", *way])

    def page(self) -> str:
        cookie = self.scene.pages.session("fr.officer", Platform.CCN2)
        return self.scene.pages.ask("GET", DESK, OVERLAYS, cookie=cookie).body

    def by_page(self, page: str) -> None:
        cookie = self.scene.pages.session("fr.officer", Platform.CCN2)
        to = f"{OVERLAYS}/approve-overlay"
        form = _hidden(page.partition(f'action="{to}"')[2].partition("</form>")[0]) | {"reason": "I have read it"}
        self.scene.pages.ask("POST", DESK, to, cookie=cookie, form=form, sec_fetch_site="same-origin")
        time.sleep(1)


@pytest.mark.parametrize(("version", "way"), [(1, "api"), (2, "page"), (3, "shell")])
def test_of_an_act_of_officers_nobody_approves_what_he_did_not_see(scene: Scene, version: int, way: str) -> None:
    overlays = Overlays(scene, version)

    def approve(read: str, looked: str) -> None:
        if way == "page":
            overlays.by_page(looked)
        else:
            {"api": overlays.by_api, "shell": overlays.by_shell}[way](read)

    read, looked = overlays.propose("Visit the premises.")["digest"], overlays.page()
    overlays.propose("Pay EUR 500 to another account first.")
    approve(read, looked)
    assert overlays.now()["state"] == "proposed", "nobody read this"
    approve(overlays.now()["digest"], overlays.page())
    end = time.monotonic() + 20
    while overlays.now()["state"] != "approved":
        assert time.monotonic() < end
        time.sleep(0.05)


# --- an id that was used before


def _put_in_place(scene: Scene) -> list[str]:
    """What acts of operators brought about: the followed files, and versions of lists that were handed over."""
    data, identity = Path(scene.data), scene.union.node.identity.folder
    paths = [*(identity / f"{name}.toml" for name in ("clients", "operators", "providers")), data / "partners.toml"]
    found = [path.read_text() if path.is_file() else "" for path in paths]
    rows = scene.union.node.node.core.store.scan_log(Log.JOURNAL, 0, 1 << 62, 10_000)
    return [*found, *(row.id for _, raw in rows if "publish" in (row := JOURNAL.read(raw)).operation)]


@pytest.mark.parametrize("before", ["the act itself", "an act of one person"])
@pytest.mark.parametrize("act", OPERATORS)
def test_an_act_of_operators_is_not_done_by_an_id_that_was_used_before(scene: Scene, act: str, before: str) -> None:
    """Whoever asks picks the id: by the socket in anybody's name, by the page as himself."""
    harmless, evil = ABOUT[act](scene)
    id = secrets.token_hex(16)
    used = Asked(act, id, harmless, "x") if before == "the act itself" else Asked(declared.MOVE, id, "", "x")
    settings, stood = scene.union.node.node.core.settings, _put_in_place(scene)
    have_done(settings, [used], NAME)
    cookie = scene.pages.session(OPERATOR, Platform.OPERATIONS)
    token = _hidden(scene.page(OPERATOR).partition('action="/proposed/file"')[2])["token"]
    for on, seen in itertools.product((evil, harmless), ("0" * 64, "")):
        form = {"token": token, "deed": act, "on": on, "seen": seen, "act": id, "reason": "x"}
        scene.pages.ask("POST", HOST, "/proposed", cookie=cookie, form=form, sec_fetch_site="same-origin")
        for account in (NAME, SECOND):
            with contextlib.suppress(DouaneError):
                (came,) = have_done(settings, [Asked(act, id, on, "x", seen=seen)], account)
                assert came.state == PROPOSED
    assert _put_in_place(scene) == stood
    if act in (declared.DISCARD, declared.DROP):
        assert scene.shell(act, evil, "it is still there").state == PROPOSED
