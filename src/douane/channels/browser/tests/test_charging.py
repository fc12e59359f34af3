"""What drawing a page costs is charged to who asked for it, whether or not he waits for it."""

from __future__ import annotations

import asyncio
import os
import threading
from pathlib import Path

import pytest

from douane.channels.browser.binding import Browser, People, Surroundings
from douane.channels.browser.visits import Answer, Site, View, Visit, page
from douane.identity.session_book import SessionBook
from douane.identity.sessions import Session, Sessions
from douane.model.circles import Platform
from douane.model.routes import Opening
from douane.pages.blocks import Page, Text
from douane.runtime.door.door import Authenticated
from douane.runtime.turns.spending import Budget, Spending
from douane.shared_services.web.requests import Request

MS = 1_000_000
HOST = "trade.localhost"


class Meter:
    """The CPU of threads: of the one that draws it stands still until a test lets it go on, 100 ms later."""

    def __init__(self) -> None:
        self.began, self.go_on, self.ns = threading.Event(), threading.Event(), 0
        self._loop = threading.get_ident()

    def read(self) -> int:
        if threading.get_ident() == self._loop:
            return 0
        if self.began.is_set():
            self.ns += 100 * MS
        self.began.set()
        assert self.go_on.wait(20)
        return self.ns


async def _nobody(_session: Session) -> Authenticated | None:
    return None


async def _entered(_platform: Platform, _caller: Authenticated, _address: str) -> None:
    """Nobody is told."""


async def _shown(_visit: Visit) -> Answer:
    return Page("A page", (Text("Some text"),))


def test_a_page_that_nobody_waits_for_any_longer_is_charged(tmp_path: Path) -> None:
    meter = Meter()
    spending = Spending(Budget(), lambda: 0.0, meter.read)
    sessions = Sessions(tmp_path, now=lambda: 0, random=os.urandom)
    site = Site("trade", lambda _words: "Trade", (View(page("GET", "/", Opening.ANYBODY), _shown),), Platform.SPEED2)
    browser = Browser(
        {HOST: site},
        People(SessionBook(sessions, ()), _nobody, _entered),
        Surroundings(lambda: 0, lambda _words: "", development=False, version="1", start=lambda: ""),
        strangers="token",
        spending={Platform.SPEED2.value: spending},
    )
    answer = browser.application()

    async def story() -> None:
        given_up = asyncio.create_task(answer(Request("GET", "/", headers=(("host", HOST),))))
        await asyncio.to_thread(meter.began.wait, 20)
        given_up.cancel()
        await asyncio.wait([given_up])
        meter.go_on.set()
        assert (await answer(Request("GET", "/", headers=(("host", HOST),)))).status == 200, "drawn after it"

    asyncio.run(story())
    assert spending.strangers.owed("", 0.0) == pytest.approx(200.0), "both"
