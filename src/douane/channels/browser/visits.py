"""What a shell of the portal is made of, and what its pages are given: who visits, and the calls that he may make."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import msgspec

from douane.channels.browser.uploads import Upload
from douane.identity.sessions import Found, Session
from douane.model.circles import Platform
from douane.model.routes import Opening, Route
from douane.pages.blocks import Page, Tab
from douane.pages.languages import Words
from douane.runtime.delivery.recent import Item
from douane.runtime.delivery.status import MessageStatus
from douane.runtime.door.door import Authenticated, Call, Door
from douane.runtime.store.envelope import Receipt
from douane.runtime.store.origin import Attachment
from douane.shared_services.web.answers import Response
from douane.shared_services.web.requests import Request
from douane.vocabulary.errors import DeclarationFault, NotAuthenticated, NotAuthorised, NotFound, WrongCircle

NAME = "browser"
_OWN = 24
"""Characters of the id of a message."""
LOOKS, PAUSE_SECONDS = 60, 0.05
"""How often, and after which pauses, a page looks whether a message that it sent is handled: three seconds."""


def page(method: str, path: str, opening: Opening = Opening.CALLER, *operations: str) -> Route:
    """The route of a page: open to whoever is signed in, unless it says otherwise or names what it calls."""
    return Route(NAME, method, path, Opening.OPERATION if operations else opening, operations)


@dataclass(frozen=True, slots=True)
class Redirect:
    """The answer to a form: go there. ``headers``: its cookies. ``referrer``: what the next page is told."""

    to: str
    headers: tuple[tuple[str, str], ...] = ()
    referrer: str = "same-origin"


Answer: TypeAlias = "Page | Redirect | Response"


def state_of(*answers: object) -> str:
    """What stands on a page, as its forms bear it: a digest of the answers that it shows."""
    return hashlib.sha256(msgspec.json.encode(answers)).hexdigest()[:_OWN]


@dataclass(slots=True)
class Visit:
    """One request for a page. ``path``: the parts of its address that the route leaves open."""

    site: Site
    words: Words
    caller: Authenticated | None
    token: str
    address: str
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    asked: list[tuple[str, Any]] = field(default_factory=list)
    """Every query that was made for the page, with its answer: what its JSON form shows."""
    file: Upload | None = None
    """What a form brought along, where its page takes that."""
    session: Session | None = None
    found: Found = field(default_factory=Found)
    """What stands behind what the browser holds: the session, when it was used last, or why it is over."""
    cookies: Mapping[str, str] = field(default_factory=dict)
    agent: str = ""
    """What the browser calls itself."""
    origin: str = ""
    """Scheme and host of the site, as the browser named them."""
    at: int = 0
    """When it began (microseconds since 1970)."""
    stranger: str = ""
    """What stands for him where nobody is known: the address that he comes from."""

    async def ask(self, operation: str, /, **content: object) -> Any:
        """The answer to a query, as whoever visits; as the public where nobody is signed in. Raises what the door
        raises."""
        door, caller = self._door(operation)
        body = msgspec.json.encode(content)
        answer = await door.ask(Call(caller, NAME, body, json=True, operation=operation, stranger=self.stranger))
        self.asked.append((operation, answer))
        return answer

    async def send(
        self, body: bytes, *, operation: str = "", json: bool = False, attachments: tuple[Attachment, ...] = (),
        of: str = "",
    ) -> Receipt:  # fmt: skip
        """Send a message as whoever visits; its receipt. attachments: durable already. of: what stood on the page from
        which it is sent (``state_of``): the same words from there are the same message, and from a page on which
        something else stands another one; without it they are always the same. Forms of two operations are two,
        also where they say the same. Raises what the door raises."""
        door, caller = self._door()
        known = hashlib.sha256(b"\0".join((operation.encode(), of.encode(), body))).hexdigest()[:_OWN]
        own = known if json and not attachments else ""
        call = Call(caller, NAME, body, json=json, operation=operation, attachments=attachments, id=own)
        return await door.receive(call)

    async def judge(self, body: bytes, operation: str) -> None:
        """Raise what a message of whoever visits would be refused by at the door, without sending it."""
        door, caller = self._door()
        await door.judge(Call(caller, NAME, body, json=True, operation=operation))

    async def outcome(self, receipt: Receipt) -> MessageStatus:
        """What became of a message, once it is handled; as it stands where that takes longer than a person waits."""
        return await self._settled(f"{receipt.position:x}")

    async def state(self, item: str) -> str:
        """Where a message of whoever visits stands, waited for like its outcome. NotFound for anybody else's."""
        return (await self._settled(item, limit=1)).state

    async def _settled(self, item: str, limit: int = 50) -> MessageStatus:
        """Where a message stands, once it does not wait any more, or after so long as a person waits."""
        door, caller = self._door()
        found = await door.status(caller, item, limit=limit)
        for _ in range(LOOKS):
            if found.state != "waiting":
                break
            await asyncio.sleep(PAUSE_SECONDS)
            found = await door.status(caller, item, limit=limit)
        return found

    async def became(self, item: str) -> MessageStatus | None:
        """What became of a message of whoever visits, with what answered it; None for anybody else's."""
        door, caller = self._door()
        try:
            return await door.status(caller, item)
        except NotFound:
            return None

    async def inbox(self, after: str, limit: int) -> tuple[list[Item], str]:
        """What waits for whoever visits after a cursor, and the next cursor."""
        door, caller = self._door()
        return await door.collect(caller, after, limit)

    def offers(self, operation: str) -> bool:
        """Whether an operation exists for whoever visits."""
        door = self.site.door
        declared = door.catalogue.operations.get(operation) if door is not None else None
        if declared is None or door is None:
            return False
        caller = self.caller or door.public(declared)
        return caller is not None and door.shows(caller, declared)

    def may(self, operation: str) -> bool:
        """Whether whoever visits has a role for an operation that exists for him."""
        return self.caller is not None and self.offers(operation) and self.refusal(operation) is None

    def opens(self, path: str) -> bool:
        """Whether this site has a page at the path of a route that is open to whoever visits, in his roles."""
        found = [each.route for each in self.site.views if each.route.method == "GET" and each.route.path == path]
        return any(not each.operations or all(map(self._shows, each.operations)) for each in found)

    def _shows(self, operation: str) -> bool:
        return self.offers(operation) and (self.caller is None or self.may(operation))

    def refusal(self, operation: str) -> NotAuthorised | WrongCircle | None:
        """Why the gate would refuse an operation to whoever visits, asked before he tries; None where it would not."""
        door, caller = self._door()
        try:
            door.gate.authorise(caller, door.catalogue.operation(operation))
        except (NotAuthorised, WrongCircle) as refusal:
            return refusal
        return None

    def _door(self, query: str = "") -> tuple[Door, Authenticated]:
        """The door, and who calls there: the public for a query that is open to it, where nobody is signed in."""
        door = self.site.door
        caller = self.caller
        if caller is None and door is not None and query:
            caller = door.public(door.catalogue.operations.get(query))
        if door is None or caller is None:
            raise NotAuthenticated("Nobody is signed in here.", remedy="Sign in, and come back.")
        return door, caller


@dataclass(frozen=True, slots=True)
class View:
    """A page of a shell: its route and what shows it."""

    route: Route
    show: Callable[[Visit], Awaitable[Answer]]
    program: Callable[[Request], Awaitable[Response | Redirect]] | None = None
    """What answers a program instead, which sends no form of a page: no session and no token is asked for."""
    foreign: bool = False
    """Whether pages of other sites send this too, where a program answers: it proves itself, whoever brings it."""
    takes_file: bool = False
    """Whether its form may bring a file."""
    asks_others: bool = False
    """Whether it waits for a server of somebody else: no longer than its visitor does."""

    def match(self, path: str) -> dict[str, str] | None:
        """The open parts of an address that is this page's; None for another address."""
        wanted, given = self.route.path.split("/"), path.split("/")
        if len(wanted) != len(given):
            return None
        found = {}
        for part, value in zip(wanted, given, strict=True):
            if part.startswith("{") and value:
                found[part[1:-1]] = value
            elif part != value:
                return None
        return found


@dataclass(frozen=True, slots=True)
class Site:
    """A shell at its host. ``platform``: whose sessions and door it has; None for one without sign-in.

    sign_in: where one signs in, where that is a page of its own. find: where its search box leads; personas: the titles
    of clients by their id.
    """

    name: str
    title: Callable[[Words], str]
    views: tuple[View, ...]
    platform: Platform | None = None
    door: Door | None = None
    tabs: Callable[[Visit], tuple[Tab, ...]] = lambda _visit: ()
    find: str = ""
    personas: Mapping[str, str] = field(default_factory=dict)
    sign_in: str = ""

    def __post_init__(self) -> None:
        """Raise DeclarationFault where two pages stand at one address: one of them could not be reached."""
        counted = Counter(each.route.address for each in self.views)
        doubled = [f"{method} {path}" for (method, path), times in counted.items() if times > 1]
        if doubled:
            raise DeclarationFault(f"{self.name}: two pages stand at {', '.join(doubled)}.", remedy="Move one of them.")

    def takes_from_others(self, address: tuple[str, str]) -> bool:
        """Whether pages of other sites may make a browser send this."""
        return any(each.foreign and each.program is not None and each.route.address == address for each in self.views)

    @property
    def cookie(self) -> str:
        """The name of its cookie."""
        return f"douane-{self.name}"
