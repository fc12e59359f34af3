"""A load client of pages: browsers without a screen, whose persons sign in, send forms, and sign out again.

``python -m crash.visiting PLAN.json``. A person sends one form after another and goes on to the next only when a page
said under which number the former was received: a form without an answer is sent again, as whoever is not sure presses
the button once more. Every fact is in the ledger first. On standard input it takes ``finish`` and ``drain``, as
``crash.client`` does: on ``drain`` each person reads the whole list of what he gave, and tries what he signed out of.
"""

from __future__ import annotations

import http.client
import random
import re
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import msgspec

from crash.client import guarded, obeying
from crash.forms import HELD, LET_IN, TURNED_AWAY, delegate_of
from crash.ledger import Ledger, Line, What
from tests.pages.front import Person
from tests.pages.production import Tls
from tests.pages.visitor import Seen

LIST, GIVE, LEAVE = "/delegations", "/delegations/delegate", "/leave"
SAID = {"scope": "full", "cases": "", "operations": "", "valid_from": "2026-01-01", "valid_to": "", "onward": "false"}
OF_A_SESSION = 15
"""Forms until a person signs out and in again."""
BUSY, UNAUTHORISED, SEEN_OTHER = frozenset({429, 502, 503, 504}), 401, 303
PAUSE = 0.05
LINE = re.compile(r'href="/delegations/[^/"]+/(BE[0-9]+)"')
NEXT = re.compile(r'href="(/delegations\?after=[^"]+)"')


class Plan(msgspec.Struct, frozen=True):
    """What the browsers are to do. root: of the authority of the pages. port: where they listen. pause: seconds
    between two forms of a browser, on average."""

    root: str
    port: int
    browsers: int
    ledger: str
    seed: int
    pause: float


class Browser:
    """One browser, in which one person after another signs in who is always the same."""

    def __init__(self, number: int, plan: Plan, ledger: Ledger) -> None:
        self.number, self._plan, self._ledger = number, plan, ledger
        self._chance = random.Random(plan.seed * 1_000 + 500 + number)
        self._person, self._page = self._fresh(), Seen("", 0, {}, "")
        self._former: list[Person] = []
        self.finish, self.drain = threading.Event(), threading.Event()
        self.finished, self.drained = threading.Event(), threading.Event()

    def run(self) -> None:
        """Sessions until told to finish; then, told to drain, what stands on the list at the end."""
        number = 0
        while not self.finish.is_set():
            self._enter()
            for _ in range(OF_A_SESSION):
                if not self.finish.is_set():
                    self._give(delegate_of(self.number, number))
                    number += 1
            self._leave()
        self.finished.set()
        self.drain.wait()
        self._enter()
        self._look()
        self._try_former()
        self.drained.set()

    def _fresh(self) -> Person:
        return Person(Tls(Path(self._plan.root), Path(), Path()), self._plan.port)

    def _write(self, what: What, own_id: str, asked: float = 0.0, status: int = 0, text: str = "") -> None:
        self._ledger.write(Line(what, own_id, time.monotonic(), asked, status=status, text=text))

    # --- sessions

    def _enter(self) -> None:
        """Sign in at the provider, until the list is shown. A sign-in that broke off is begun anew."""
        while True:
            self._person = self._fresh()
            entered = self._once(self._person.sign_in)
            if entered is not None and entered.status < 400:
                self._write(What.ENTERED, f"browser {self.number}")
                self._page = self._shown(LIST)
                return
            time.sleep(PAUSE)

    def _leave(self) -> None:
        """Sign out; until that was answered, or nobody is signed in any more."""
        kept = {host: dict(each) for host, each in self._person.jar.items()}
        while True:
            answer = self._once(lambda: self._person.send(self._page, LEAVE, until="/"))
            if answer is not None and answer.status in (SEEN_OTHER, UNAUTHORISED):
                break
            time.sleep(PAUSE)
        self._write(What.LEFT, f"browser {self.number}")
        former = self._fresh()
        former.jar = kept
        self._former.append(former)

    def _try_former(self) -> None:
        """Whoever kept the cookies of a session that was ended is let in nowhere."""
        for each in self._former:
            answer = self._insist(lambda each=each: each.to(LIST))  # type: ignore[misc]  # a lambda of a loop
            if answer.status != UNAUTHORISED:
                self._write(What.REFUSED, HELD, status=answer.status, text=LET_IN)

    # --- asking

    def _once(self, ask: Callable[[], Seen]) -> Seen | None:
        """An answer, if one came and it is not "come back later"."""
        try:
            found = ask()
        except (OSError, http.client.HTTPException):
            return None
        return found if found.status not in BUSY else None

    def _insist(self, ask: Callable[[], Seen]) -> Seen:
        while (found := self._once(ask)) is None:
            time.sleep(PAUSE)
        return found

    def _shown(self, path: str) -> Seen:
        """A page of the portal to whoever is signed in."""
        while (found := self._insist(lambda: self._person.to(path))).status == UNAUTHORISED:
            self._write(What.REFUSED, HELD, status=found.status, text=f"{TURNED_AWAY} from {path}")
            time.sleep(1.0)
        return found

    # --- forms

    def _give(self, delegate: str) -> None:
        """Send the form until a page says that it was received, or refused."""
        self._write(What.SENT, delegate)
        while True:
            asked = time.monotonic()
            answer = self._once(lambda: self._sent(delegate))
            position = done(answer) if answer is not None else ""
            if position:
                self._write(What.ACKNOWLEDGED, delegate, asked, SEEN_OTHER, position)
                break
            if answer is not None:
                self._write(What.REFUSED, delegate, asked, answer.status, answer.text[-300:])
                return
            self._write(What.UNKNOWN, delegate, asked)
            time.sleep(PAUSE)
        if self._chance.random() < 0.1 and (again := self._once(lambda: self._sent(delegate))) is not None:
            self._write(What.AGAIN, delegate, asked, again.status, done(again))
        if self._chance.random() < 0.1:
            self._page = self._shown(LIST)
        time.sleep(self._plan.pause * self._chance.random() * 2)

    def _sent(self, delegate: str) -> Seen:
        return self._person.send(self._page, GIVE, until="done=", delegate=delegate, **SAID)

    def _look(self) -> None:
        """Everything that stands on the list of this browser's forms, page by page."""
        path = LIST
        while path:
            page = self._shown(path)
            for name in sorted(set(LINE.findall(page.body))):
                if delegate_of(self.number, 0) <= name < delegate_of(self.number + 1, 0):
                    self._write(What.COLLECTED, name)
            following = NEXT.search(page.body)
            path = following[1].replace("&amp;", "&") if following else ""


def done(answer: Seen) -> str:
    """The position at which a form was received, as the address of the page that follows says; empty where it is not
    known to be."""
    if answer.status != SEEN_OTHER:
        return ""
    return parse_qs(urlsplit(answer.headers["location"]).query).get("done", [""])[0]


def main() -> None:
    """Run the browsers of a plan; obey standard input."""
    plan = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=Plan)
    ledger = Ledger(Path(plan.ledger))
    browsers = [Browser(number, plan, ledger) for number in range(plan.browsers)]
    for each in browsers:
        threading.Thread(target=guarded, args=(each.run,), name=f"browser {each.number}", daemon=True).start()
    obeying(browsers)


if __name__ == "__main__":
    main()
