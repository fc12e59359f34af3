"""Two pairs of eyes: what was read is swapped before it is agreed with, and one human is two."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import os
import socket
from pathlib import Path
from typing import Any

from tests.hostile.attempt import SECOND, Effect, attempt
from tests.hostile.browser import Browser
from tests.hostile.party import CannotBePlayed
from tests.hostile.union import Node, Shape, Union, free_ports, wait_for

SERVICE = "customs_decisions"
DESK, PAGE = "desk.localhost", "/explore/overlays"
CONSOLE = "console.localhost"
UNFITTING: dict[str, Any] = {
    "number": "CL900", "name": "A list", "version": "1" * 64, "previous": "0" * 64, "source": "nowhere",
    "snapshot": "2026-01-01", "imported_at": 2_000_000, "entries": [],
}  # fmt: skip
"""A version of a list that follows one that nobody has."""
GOOD, EVIL = "Visit the premises.", "Pay EUR 500 to another account first."


def _letter(text: str) -> list[dict[str, Any]]:
    return [{"kind": "letter", "at": ["grant"], "text": text}]


def _pages() -> tuple[Shape, int]:
    (port,) = free_ports(1)
    return Shape("with-pages", {"pages": {"port": port}}), port


class _Overlays:
    """The overlays of France at a node. A release that shows digests is given the one that was read."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self.number = 1 + sum(bool(each["approved_by"]) for each in self.versions())

    def versions(self) -> list[dict[str, Any]]:
        asked = self._node.party("fr.officer", "ccn2").order(SERVICE, "overlays", {"administration": "FR"})
        found: list[dict[str, Any]] = asked.json()["versions"]
        return found

    def now(self) -> dict[str, Any]:
        """The version as it stands."""
        return next((each for each in self.versions() if each["version"] == self.number), {})

    def texts(self) -> list[str]:
        return [each["text"] for each in self.now().get("changes", ())]

    def propose(self, who: str, text: str) -> None:
        since = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=400)
        content = {"administration": "FR", "version": self.number, "since": since.isoformat(),
                   "reason": "Premises are seen first", "changes": _letter(text)}  # fmt: skip
        self._node.party(who, "ccn2").order(SERVICE, "propose_overlay", content)
        wait_for(lambda: text in self.texts(), 5)

    def approve(self, who: str, read: dict[str, Any]) -> None:
        content = {"administration": "FR", "version": self.number, "reason": "I have read it"}
        content |= {"digest": read["digest"]} if "digest" in read else {}
        self._node.party(who, "ccn2").order(SERVICE, "approve_overlay", content)
        wait_for(lambda: self.approved, 3)

    @property
    def approved(self) -> bool:
        return self.now().get("state") == "approved"

    def effect(self) -> Effect:
        """Whether what holds now is what nobody read."""
        now = self.now()
        held = f"{now.get('state', 'nothing')}, by {now.get('proposed_by')} and {now.get('approved_by') or 'nobody'}"
        return Effect(self.approved, f"the version is {held}: {' '.join(self.texts())[:60]}")


@attempt("again 4", open_at=SECOND)
def overlay_swapped_after_reading(union: Union) -> Effect:
    """An expert puts another text under the number of what his colleague read and approves (again 4, f1)."""
    overlays = _Overlays(union.node(Shape("plain")))
    overlays.propose("fr.expert", GOOD)
    read = overlays.now()
    overlays.propose("fr.expert", EVIL)
    overlays.approve("fr.officer", read)
    return overlays.effect()


@attempt("again 4", open_at=SECOND)
def overlay_swapped_behind_a_form(union: Union) -> Effect:
    """The same behind the form of a page that stands open on the desk (again 4, f1b)."""
    shape, port = _pages()
    with union.alone(shape) as node:
        overlays, browser = _Overlays(node), Browser(port)
        overlays.propose("fr.expert", GOOD)
        browser.become("fr.officer")
        page = browser.get(DESK, PAGE)
        fields = page.form(f"{PAGE}/approve-overlay")
        overlays.propose("fr.expert", EVIL)
        browser.post(DESK, f"{PAGE}/approve-overlay", {**fields, "reason": "I have read it"})
        wait_for(lambda: overlays.approved, 3)
        return overlays.effect()


@attempt("again 4", open_at=SECOND)
def one_human_two_names(union: Union) -> Effect:
    """An officer proposes by the certificate of his program and approves signed in at his desk (again 4, f2)."""
    shape, port = _pages()
    with union.alone(shape) as node:
        overlays, browser = _Overlays(node), Browser(port)
        overlays.propose("fr.officer", EVIL)
        browser.become("fr.officer")
        page = browser.get(DESK, PAGE)
        if f"{PAGE}/approve-overlay" in page.body:
            fields = page.form(f"{PAGE}/approve-overlay")
            browser.post(DESK, f"{PAGE}/approve-overlay", {**fields, "reason": "mine too"})
            wait_for(lambda: overlays.approved, 3)
        return overlays.effect()


def _proposed_by_all_means(node: Node, *command: str) -> str:
    """Have an act done by one human at the shell: in his own name, and as whoever releases let a command name."""
    said = node.douane(*command)
    if said.returncode:
        said = node.douane(*command, "--as", "eu.olga.nowak")
    return (said.stdout + said.stderr).strip()


@attempt("again 9", open_at=SECOND)
def operator_alone_becomes_a_trader(union: Union) -> Effect:
    """One operator puts a client with a secret of his own under a trader's number, and is that trader (again 9)."""
    with union.alone(Shape("one-operator")) as node:
        own = "operator-made-this-up-0123456789"
        register = node.identity / "clients.toml"
        file = node.folder / "more-clients.toml"
        file.write_text(register.read_text() + _trader(own))
        said = _proposed_by_all_means(node, "client", "replace", str(file), "--reason", "tidying up")
        form = {"grant_type": "client_credentials", "resource": "speed2"}
        door = node.client("", "uumds")

        def let_in() -> bool:
            return door.post("/token", data=form, auth=("trader.fr.backup", own)).status_code == 200

        wait_for(let_in, 6, pause=1.0)
        return Effect(let_in(), f"the operator {'is' if let_in() else 'is not'} FR40123456700017: {said[:90]}")


def _trader(secret: str) -> str:
    salt = os.urandom(16)
    digest = hashlib.scrypt(secret.encode(), salt=salt, n=16384, r=8, p=1, dklen=32)
    kept = f"scrypt$16384$8$1${base64.b64encode(salt).decode()}${base64.b64encode(digest).decode()}"
    return (
        '\n[[client]]\nid = "trader.fr.backup"\nkind = "trader"\ncountry = "FR"\neori = "FR40123456700017"\n'
        f'roles = ["declarant", "inbox"]\nsecret = "{kept}"\n'
    )


@attempt("again 9", open_at=SECOND)
def act_by_an_id_that_was_used_before(union: Union) -> Effect:
    """A user of the shell asks for two registers under one id, in whose name he likes, and is a trader (again 9)."""
    with union.alone(Shape("one-id")) as node:
        own, id = "operator-made-this-up-0123456789", os.urandom(16).hex()
        good = (node.identity / "clients.toml").read_text()
        harmless, *evil = (_lodged(node, good + each) for each in ("#\n", _trader(own), _trader(own)))
        said = [_by_socket(node, "clients.replace", id, on) for on in (harmless, *evil * 5)]
        door = node.client("", "uumds")
        form = {"grant_type": "client_credentials", "resource": "speed2"}

        def let_in() -> bool:
            return door.post("/token", data=form, auth=("trader.fr.backup", own)).status_code == 200

        wait_for(let_in, 6, pause=1.0)
        return Effect(let_in(), f"the shell {'is' if let_in() else 'is not'} FR40123456700017: {said[-1][:90]}")


def _lodged(node: Node, text: str) -> str:
    """Lodge a file as commands do that have an act done."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    (node.data / "lodged").mkdir(mode=0o700, exist_ok=True)
    (node.data / "lodged" / digest).write_text(text)
    return digest


def _by_socket(node: Node, act: str, id: str, on: str) -> str:
    """Ask for an act as a command does, in the name of an account where the release lets one name any."""
    said = ""
    for more in ({}, {"account": "eu.olga.nowak"}):
        folder = os.open(node.data / "operator", os.O_PATH)
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(20)
                line.connect(f"/proc/self/fd/{folder}/0.sock")  # its path may be longer than an address may be
                asked = {"act": act, "id": id, "on": on, "reason": "tidying up", **more}
                line.sendall(json.dumps(asked).encode() + b"\n")
                said = line.makefile().readline()
        except OSError as problem:
            raise CannotBePlayed(f"the socket of the operator does not answer: {problem}") from problem
        finally:
            os.close(folder)
        if "outcome" in said:
            break
    return said


@attempt("again 4", open_at=SECOND)
def shell_and_console_are_one_human(union: Union) -> Effect:
    """Who proposes a discard at the shell agrees in the console, by a session of the shell (again 4, p1)."""
    (port,) = free_ports(1)
    with union.alone(Shape("with-publisher", {"pages": {"port": port}}, prepare=_publishing)) as node:
        node.party("commission.officer", "ccn2").order("reference_data", "publish", UNFITTING)
        wait_for(lambda: _aside(node), 8)
        place = next(iter(_aside(node)), "")
        if not place:
            raise CannotBePlayed("no message is set aside")
        _proposed_by_all_means(node, "message", "discard", place, "--reason", "we do not like it")
        browser = Browser(port)
        browser.become("operator")
        at = f"/aside/{place}"
        fields = browser.get(CONSOLE, at).form(f"{at}/discard")
        browser.post(CONSOLE, f"{at}/discard", {**fields, "reason": "agreed, says the same man"})
        wait_for(lambda: place not in _aside(node), 3)
        gone = place not in _aside(node)
        return Effect(gone, f"the message {'is discarded by one human' if gone else 'waits for another person'}")


def _publishing(data: Path) -> None:
    """Let the officer of the Commission publish code lists."""
    register = data / "identity" / "clients.toml"
    head, entry, rest = register.read_text().partition('id = "commission.officer"')
    register.write_text(head + entry + rest.replace("roles = [", 'roles = ["reference data publisher", ', 1))


def _aside(node: Node) -> list[str]:
    """Where messages lie that are set aside."""
    return [str(each["position"]) for each in json.loads(node.douane("message", "quarantine", "--json").stdout or "[]")]
