"""The page journeys of the suite, each once, on the shape: by persons who sign in, through the proxy, from outside.

A journey is a test of ``tests/pages`` that takes the fixture ``browser``; it and ``union`` are given here. What cannot
be played on this shape is named in ``not_played.toml`` with its reason. Whatever else is skipped breaks the row.
"""

from __future__ import annotations

import math
import time
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from douane.trust.persons import BY_CLIENT
from tests.pages.given import Given
from tests.pages.union import Union
from tests.production.browser import proves, signs_in
from tests.production.programs import Programs
from tests.production.shape import DOMAIN, ROOT, Shape

ACTORS: Final = {"trader": "economic operator", "officer": "customs officer", "commission": "Commission staff"}
SITES: Final = {"trader": "portal", "officer": "desk", "commission": "centre"}
OF_A_SHOW: Final = "it begins at the start page of a node for development, which production has not"
NOT_SIGNED_IN: Final = 401
FRESH_SECONDS: Final = 600.0
"""How long journeys share a sign-in: whoever lets others act for him proved within a quarter of an hour who he is."""
IN_PROCESS: Final = "it looks into the node from within its process"
NOT_PLAYED: Final = Path(__file__).with_name("not_played.toml")


class FromOutside(Programs):
    """What journeys speak through; none of them reaches into the node."""

    @property
    def node(self) -> Any:
        """What only a node in this process has."""
        pytest.skip(IN_PROCESS)


@dataclass
class Outside(Union):
    """The union of the journeys behind the front: who comes in signed in at the provider of his country, operators by
    their passkeys. Journeys share what a person got: his cookies are kept, and he signs in anew where they hold no
    more."""

    shape: Shape | None = None
    operator: Any = None
    """The page of an operator who signed in."""
    kept: dict[str, tuple[float, list[Any]]] = field(default_factory=dict)
    """By account: when he signed in, and the cookies that he got."""

    @property
    def show(self) -> bool:
        return False

    @property
    def start(self) -> str:
        pytest.skip(OF_A_SHOW)

    @property
    def first(self) -> str:
        return self.site("signin")

    def site(self, name: str) -> str:
        assert self.shape is not None
        return self.shape.url(name)

    def proves(self, page: Any, account: str) -> None:
        proves(page, account)

    def enter(self, page: Any, client: str, to: str = "/") -> None:
        if client == "operator":
            assert self.operator is not None, "two operators come in before the journeys"
            page.context.add_cookies(cookies_of(self.operator.context, "console"))
            page.goto(self.site("console") + to)
            return
        person = BY_CLIENT[client]
        kind = person.kind.value
        site = SITES[kind]
        since, kept = self.kept.get(person.account, (-math.inf, []))
        if time.monotonic() - since < FRESH_SECONDS:
            page.context.add_cookies(kept)
            if page.goto(self.site(site) + to).status != NOT_SIGNED_IN:
                return
        since, kept = time.monotonic(), self._got(page.context.browser, person.account, kind)
        self.kept[person.account] = since, kept
        page.context.add_cookies(kept)
        page.goto(self.site(site) + to)

    def _got(self, browser: Any, account: str, kind: str) -> list[Any]:
        """The cookies of who signed in and came to the site of his circle, in a browser of his own: whom a provider
        remembers is not the journey's."""
        assert self.shape is not None
        way = browser.new_context().new_page()
        signs_in(way, self.shape, account, ACTORS[kind])
        home = f"{self.site(SITES[kind])}/"
        if not way.url.startswith(home):  # another one is open to him, too, and he was led there
            way.goto(f"{self.site('signin')}/")
            way.locator(f"form:has(input[name=site][value={SITES[kind]}]) button").first.click()
            way.wait_for_url(f"{home}**")
        found = cookies_of(way.context, "signin", SITES[kind])
        way.context.close()
        return found


def cookies_of(context: Any, *sites: str) -> list[Any]:
    """What a browser keeps of some of our sites."""
    hosts = {f"{each}.{DOMAIN}" for each in sites}
    return [each for each in context.cookies() if each["domain"] in hosts]


@dataclass
class Outcomes:
    """A plugin of pytest: how each journey ended, by its name; and those that were not begun, with the reasons."""

    ended: dict[str, str] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Only journeys are played, and of them none that is named as not to be played."""
        chosen = []
        for each in items:
            if "browser" not in getattr(each, "fixturenames", ()):
                continue
            name = each.nodeid.removeprefix("tests/pages/")
            if reason := reason_of(name):
                self.left[name] = reason
            else:
                chosen.append(each)
        items[:] = chosen

    def wrong(self) -> list[str]:
        """What breaks the row: each journey that did not pass. Nothing that passed at all is wrong, too."""
        found = [f"{name} ({how})" for name, how in self.ended.items() if how != "passed"]
        return found or ([] if self.ended else ["no journey was played"])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the worst of its three phases."""
        name = report.nodeid.removeprefix("tests/pages/")
        if report.failed:
            said = [each[1:].strip() for each in str(report.longrepr).splitlines() if each.startswith("E ")]
            crash = getattr(report.longrepr, "reprcrash", None)
            where = f"{Path(crash.path).name}:{crash.lineno}: " if crash is not None else ""
            self.ended[name] = f"failed: {where}{' '.join(said)[:400]}"
        elif report.skipped and not self.ended.get(name, "").startswith("failed"):
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
            self.ended[name] = f"skipped: {reason.removeprefix('Skipped: ')}"
        elif report.when == "call":
            self.ended[name] = "passed"
        if report.when == "teardown":
            print(f"           {self.ended[name]}: {name}", flush=True)


@cache
def not_played() -> Mapping[str, str]:
    """Tests, and modules, that cannot be played here, with their reasons."""
    found: dict[str, str] = tomllib.loads(NOT_PLAYED.read_text(encoding="utf-8"))
    return found


def reason_of(name: str) -> str:
    """Why a journey is not played; empty where it has to be."""
    return next((reason for part in parts(name) if (reason := not_played().get(part))), "")


def parts(name: str) -> tuple[str, str, str]:
    """By what a journey may be named: itself, its test with all parameters, its module."""
    return name, name.partition("[")[0], name.partition("::")[0]


def unknown(journeys: Iterable[str]) -> list[str]:
    """What is named as not to be played, and is no journey."""
    known = {part for name in journeys for part in parts(name)}
    return sorted(set(not_played()) - known)


def played(union: Union, browser: Any, only: str = "") -> Outcomes:
    """Play them in this process; how each ended."""
    found = Outcomes()
    more = ["-k", only] if only else []
    pytest.main(
        ["tests/pages", "-q", "--no-header", "--no-summary", "-p", "no:cacheprovider", "--rootdir", str(ROOT), *more],
        plugins=[Given(union, browser), found],
    )
    return found
