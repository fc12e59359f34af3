"""By which providers persons sign in at a process of pages: those of the file as two persons approved it, no others.

The process is made as the command makes it; its core is elsewhere, and wrote down what holds.
"""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Awaitable, Callable
from hashlib import sha256
from pathlib import Path

import pytest

from douane.assembly.apart import RunningApart, make_apart
from douane.assembly.link import LinkListeners
from douane.configuration.settings import NodeSettings, PagesAt
from douane.model.circles import Platform
from douane.runtime.door.link import Link
from douane.supervision.operating.holding import follow_approved, handing, taken_over
from douane.supervision.operating.lodging import lodge
from douane.trust.holding import FILE, Holding, digest_of
from douane.vocabulary.errors import DeclarationFault, NotFound
from tests.contracts.test_link import Core, Made, go, over_both, remote, socketed, up
from tests.pages.production import DOMAIN, SITES, UUMDS, issued, private_tls, public

PROVIDER = '[[provider]]\ncountry = "SE"\ntitle = "%s"\nissuer = "https://%s.example"\nclient_id = "u"\nsecret = "s"\n'
OURS, EVIL, NEXT = (PROVIDER % (each, each) for each in ("ours", "evil", "next"))


def digest(text: str) -> tuple[str, ...]:
    """What holds of a file that says this."""
    return (sha256(text.encode()).hexdigest(),)


class Approving(Core):
    """A core that says which octets hold."""

    def __init__(self, folder: Path, held: dict[str, tuple[str, ...]]) -> None:
        self.held = held
        folder.mkdir(exist_ok=True)
        super().__init__(folder)

    def begin(self) -> None:
        super().begin()
        self.end = dataclasses.replace(self.end, approved=lambda: self.held)
        self.listeners = LinkListeners([self.address], self.listeners.identity, self.end, self.listeners.sessions)


class Front:
    """A process of pages in production, beside a core that said what holds."""

    def __init__(self, folder: Path) -> None:
        self.file = issued(folder).folder / "providers.toml"
        self.file.write_text(OURS)
        tls = private_tls(folder / "tls", tuple(f"{site}.{DOMAIN}" for site in SITES))
        pages = PagesAt(port=0, certificate=tls.certificate, key=tls.key, public=public(443, ("portal", "signin")))
        self.settings = NodeSettings(
            name="front", data=folder / "data", ports=dict.fromkeys(NodeSettings().ports, 0), development=False,
            role="pages", links=("unix:nowhere",), store="", pages=pages, public={"uumds": UUMDS},
        )  # fmt: skip
        self.told: list[BaseException] = []
        self.approve()

    def approve(self) -> None:
        """Let the file hold as it stands there, as a core writes it down."""
        clients = self.file.with_name("clients.toml")
        held = {path.name: (digest_of(path),) for path in (self.file, clients)}
        Holding(self.settings.data, needed=True).take(held)

    def issuers(self, made: RunningApart) -> set[str]:
        """Where persons are sent, to prove who they are."""
        assert made.pages is not None
        assert made.pages.sign_in is not None
        return {each.issuer for each in made.pages.sign_in.federation.providers.values()}

    async def watched(self, journey: Callable[[RunningApart], Awaitable[None]]) -> None:
        """While the process follows its files."""
        made = make_apart(self.settings)
        watching = asyncio.create_task(made.known.watch(self.told.append, swapped=lambda _files: None))
        async with asyncio.timeout(60):
            await journey(made)
        watching.cancel()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something is so; the block around it ends it where it never is."""
        while not holds():  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.02)


@pytest.fixture
def front(tmp_path: Path) -> Front:
    return Front(tmp_path)


def test_a_process_of_pages_that_is_started_anew_takes_no_provider_that_nobody_approved(front: Front) -> None:
    assert front.issuers(make_apart(front.settings)) == {"https://ours.example"}
    front.file.write_text(EVIL)
    with pytest.raises(DeclarationFault, match=r"providers\.toml was changed by nobody"):
        make_apart(front.settings)


def test_an_edited_file_of_providers_changes_nothing_and_is_told_and_an_approved_one_needs_no_start(
    front: Front,
) -> None:
    async def journey(made: RunningApart) -> None:
        front.file.write_text(EVIL)
        await front.until(lambda: bool(front.told))
        assert front.issuers(made) == {"https://ours.example"}
        front.file.write_text(NEXT)
        front.approve()
        await front.until(lambda: front.issuers(made) == {"https://next.example"})

    asyncio.run(front.watched(journey))
    assert all("providers.toml" in str(each) for each in front.told)


def test_a_front_that_was_told_nothing_knows_nobody_until_its_core_says_what_holds(tmp_path: Path) -> None:
    """A host of its own: nothing in its data folder, its files as somebody edited them there."""
    front = Front(tmp_path)
    (front.settings.data / FILE).unlink()
    front.file.write_text(EVIL)
    core = Approving(tmp_path / "core", {"providers.toml": digest(OURS), "partners.toml": digest("")})
    core.held["clients.toml"] = (digest_of(front.file.with_name("clients.toml")),)

    async def told(link: Link) -> None:
        async def journey(made: RunningApart) -> None:
            assert front.issuers(made) == set()
            assert len(made.known.value.register) == 0
            assert made.known.stale()
            following = asyncio.create_task(follow_approved(link, made.known.holding))
            await front.until(lambda: len(made.known.value.register) > 0)
            await front.until(lambda: bool(front.told))
            assert front.issuers(made) == set(), "the file is another one than holds at the core"
            front.file.write_text(OURS)
            await front.until(lambda: front.issuers(made) == {"https://ours.example"})
            assert not made.known.stale()
            following.cancel()

        await front.watched(journey)

    go(socketed, core, told)
    front.file.write_text(EVIL)
    with pytest.raises(DeclarationFault, match="was changed by nobody"):
        make_apart(front.settings)


class Handing(Approving):
    """A core that hands over what was lodged there."""

    def begin(self) -> None:
        super().begin()
        self.holding = Holding(self.folder, needed=True)
        self.holding.take(self.held)
        self.end = dataclasses.replace(self.end, handed=handing(self.folder, self.holding))
        self.listeners = LinkListeners([self.address], self.listeners.identity, self.end, self.listeners.sessions)


def test_what_two_persons_agreed_reaches_a_host_without_a_core(tmp_path: Path) -> None:
    """Its copies are written as they hold, and hold at its next start; nobody carries anything."""
    front = Front(tmp_path)
    clients = front.file.with_name("clients.toml")
    own, folder = clients.read_bytes(), tmp_path / "core"
    folder.mkdir()
    held: dict[str, tuple[str, ...]] = {
        "providers.toml": (lodge(folder, OURS.encode()),),
        "clients.toml": (lodge(folder, own),),
    }
    core = Handing(folder, held | {"operators.toml": (lodge(folder, b"secret"),)})
    clients.unlink()
    front.file.write_text(EVIL)
    (front.settings.data / FILE).unlink()
    files = taken_over(front.settings.data, front.file.parent, pages=True)
    assert sorted(each.name for each in files) == ["clients.toml", "partners.toml", "providers.toml"]

    async def told(link: Link) -> None:
        async def journey(made: RunningApart) -> None:
            following = asyncio.create_task(follow_approved(link, made.known.holding, files))
            await front.until(lambda: front.issuers(made) == {"https://ours.example"})
            await front.until(lambda: len(made.known.value.register) > 0)
            core.held["providers.toml"] = (lodge(folder, NEXT.encode()),)
            core.holding.take(core.held)
            await front.until(lambda: front.issuers(made) == {"https://next.example"})
            following.cancel()

        await front.watched(journey)

    async def by_sign_in_pages() -> None:
        await core.listeners.start()
        async with up(remote(core, Platform.UUMDS)) as link:
            await told(link)
        await core.listeners.stop()

    asyncio.run(by_sign_in_pages())
    assert (front.file.read_text(), clients.read_bytes()) == (NEXT, own)
    assert front.file.stat().st_mode & 0o777 == 0o600
    assert front.issuers(make_apart(front.settings)) == {"https://next.example"}


@over_both
def test_a_core_hands_over_what_holds_and_nothing_else(form: Made, tmp_path: Path) -> None:
    digests = {name: lodge(tmp_path, name.encode()) for name in
               ("clients.toml", "partners.toml", "providers.toml", "operators.toml", "other.toml")}  # fmt: skip
    former = lodge(tmp_path, b"what held before")
    held: dict[str, tuple[str, ...]] = {n: (each,) for n, each in digests.items() if n != "other.toml"}

    async def journey(link: Link) -> None:
        for name in ("clients.toml", "partners.toml"):
            assert await link.handed(name, digests[name]) == name.encode()
        refused = [
            ("providers.toml", digests["providers.toml"]), ("operators.toml", digests["operators.toml"]),
            ("other.toml", digests["other.toml"]), ("clients.toml", former), ("clients.toml", digests["partners.toml"]),
            ("../audit.key", digests["clients.toml"]), ("clients.toml", "../../audit.key"),
        ]  # fmt: skip
        for name, each in refused:
            with pytest.raises(NotFound):
                await link.handed(name, each)

    go(form, Handing(tmp_path, held), journey)


def test_a_core_that_hands_over_something_else_is_not_believed(tmp_path: Path) -> None:
    front = Front(tmp_path)
    before = front.file.read_bytes()

    class Lying(Approving):
        def begin(self) -> None:
            super().begin()
            self.end = dataclasses.replace(self.end, handed=lambda _platform, _name, _digest: EVIL.encode())
            self.listeners = LinkListeners([self.address], self.listeners.identity, self.end, self.listeners.sessions)

    core = Lying(tmp_path / "core", {"providers.toml": digest(NEXT)})
    holding = Holding(front.settings.data, needed=True)

    async def told(link: Link) -> None:
        following = asyncio.create_task(follow_approved(link, holding, (front.file,)))
        await front.until(lambda: holding.known().get("providers.toml") == digest(NEXT))
        following.cancel()

    go(socketed, core, told)
    assert front.file.read_bytes() == before


@over_both
def test_a_link_says_which_files_hold(form: Made, tmp_path: Path) -> None:
    held: dict[str, tuple[str, ...]] = {"clients.toml": ("a" * 64, "b" * 64)}

    async def journey(link: Link) -> None:
        assert await link.approved() == held

    go(form, Approving(tmp_path, held), journey)
