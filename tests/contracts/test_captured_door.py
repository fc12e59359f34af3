"""What a captured door hands over harms nobody but those for whom it can speak: garbage, lies, shapes that no door has.

The core reads each body itself, and nothing that an arrival holds raises out of acceptance.
"""

from __future__ import annotations

import ast
import asyncio
import random
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.configuration.discovery import services
from douane.model.caller import Caller
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.door.link import Link
from douane.runtime.door.named import misnamed
from douane.runtime.store.envelope import JOURNAL, Arrival, Envelope, RowKind
from douane.runtime.store.origin import Attachment, Content, Media, Origin, digest_of
from douane.runtime.store.ports import Log
from douane.runtime.store.transmission import Transmission
from douane.vocabulary.errors import DouaneError, Fault, NotValid, WrongCircle
from tests.callers import system, trader, with_content, with_origin
from tests.contracts import toy
from tests.contracts.test_link import Core, Made, go, over_both
from tests.evidence.scene import declaration

SOURCE = Path(__file__).parents[2] / "src" / "douane"
ROUNDS = 400
GARBAGE = (
    b"", b"<garbage", b"\xff\x00 garbage", b"{", b'{"number": 1}', b'{"number": "O9"}', b"[" * 20_000, b"null",
    b'{"number": "\\ud800", "account": "A", "amount": 1}', b"<!DOCTYPE a><a/>", b"<a xmlns='urn:none'/>",
    b'{"name": "B", "balance": 5}', bytes(100_000),
)  # fmt: skip


def with_body(envelope: Envelope, body: bytes, **changes: Any) -> Envelope:
    return with_content(envelope, body=body, digest=digest_of(body, envelope.content.attachments), **changes)


@over_both
@pytest.mark.parametrize("media", [Media.FAMILY, Media.JSON, Media.XML])
def test_a_body_that_is_no_message_is_refused_and_the_next_message_taken(
    form: Made, media: Media, tmp_path: Path
) -> None:
    core = Core(tmp_path)

    async def journey(link: Link) -> None:
        for number, body in enumerate(GARBAGE):
            forged = with_body(core.order("O1", id=f"g{number}").envelope, body, media=media)
            with pytest.raises(NotValid):
                await link.submit(Arrival(forged))
        await link.submit(core.order("O2"))

    go(form, core, journey)
    assert core.placed() == 1


@over_both
def test_a_refused_body_leaves_a_leaf(form: Made, tmp_path: Path) -> None:
    core = Core(tmp_path)

    async def journey(link: Link) -> None:
        before = core.made.owner.state.leaf
        with pytest.raises(NotValid):
            await link.submit(Arrival(with_body(core.order("O1").envelope, b"garbage")))
        assert core.made.owner.state.leaf == before + 1

    go(form, core, journey)


def test_what_is_decided_on_is_what_is_journalled(tmp_path: Path) -> None:
    from tests.contracts.test_link import socketed

    core = Core(tmp_path)
    good = core.order("O1")

    async def journey(link: Link) -> None:
        await link.submit(Arrival(good.envelope, toy.Order("LIE", "A", 1)))
        await link.submit(core.order("O2"))

    go(socketed, core, journey)
    rows = [JOURNAL.read(raw) for _, raw in core.store.scan_log(Log.JOURNAL, 0, 1 << 48, 100)]
    bodies = {
        row.id: msgspec.json.decode(row.content.octets)["number"] for row in rows if row.operation == "orders.place"
    }
    assert bodies[good.envelope.id] == "O1"
    assert core.placed() == 2


def test_a_message_of_another_type_is_not_handled_as_what_it_is_not(tmp_path: Path) -> None:
    from tests.contracts.test_link import socketed

    core = Core(tmp_path)
    opening = core.made.envelope("accounts.open", toy.Open("B", 5))

    async def journey(link: Link) -> None:
        with pytest.raises(NotValid):
            await link.submit(Arrival(msgspec.structs.replace(opening.envelope, operation="orders.place")))

    go(socketed, core, journey)


@pytest.mark.parametrize("changed", [{"administration": "DE"}, {"about": "26XXOTHER0000000J0"}])
def test_a_message_under_other_names_than_it_has_itself_is_refused(changed: dict[str, Any], tmp_path: Path) -> None:
    from tests.contracts.test_link import socketed

    core = Core(tmp_path)

    async def journey(link: Link) -> None:
        with pytest.raises(WrongCircle, match="says otherwise"):
            await link.submit(Arrival(msgspec.structs.replace(core.order("O1").envelope, **changed)))
        await link.submit(Arrival(core.order("O2").envelope))

    go(socketed, core, journey)
    assert core.placed() == 1


FAMILY_CHANGES: list[dict[str, Any]] = [
    {"id": "ANOTHER"}, {"correlation": "ANOTHER"}, {"about": "26XXOTHER0000000J0"}, {"administration": "DE"}, {},
]  # fmt: skip


@pytest.mark.parametrize("changed", FAMILY_CHANGES)
def test_a_declaration_is_what_it_says_itself(changed: dict[str, Any]) -> None:
    """By the real catalogue: identification, what it answers, its case and whose business it is."""
    catalogue = Catalogue(services())
    message = catalogue.read_document(declaration("1"))
    family = catalogue.family(type(message))
    assert family is not None
    origin = Origin(trader("FR40123456700017"), family.identification(message), 1, "speed2", "rest",
                    family.correlation(message))  # fmt: skip
    operation = "transit.lodge_declaration"
    country = catalogue.administration_of(catalogue.operation(operation), message)
    content = Content(Media.FAMILY, b"", b"")
    made = Envelope(RowKind.MESSAGE, operation, country, origin, content, about=family.case(message))
    named = {key: each for key, each in changed.items() if key in {"id", "correlation"}}
    rest = {key: each for key, each in changed.items() if key not in named}
    lying = msgspec.structs.replace(with_origin(made, **named), **rest)
    assert bool(misnamed(catalogue, lying, message)) is bool(changed)


def test_a_message_of_which_nobody_can_tell_whose_it_is_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = Catalogue(services())

    def fails(*_: Any) -> str:
        raise ValueError

    monkeypatch.setattr(catalogue, "family", fails)
    made = Envelope(RowKind.MESSAGE, "x", "FR", Origin(trader("FR1"), "m", 1), Content(Media.JSON, b"", b""))
    assert misnamed(catalogue, made, object())


def test_a_large_body_is_read_beside_the_loop(tmp_path: Path) -> None:
    core = Core(tmp_path)
    large = b'{"number": "' + b"x" * 300_000 + b'", "account": "A", "amount": 1}'

    async def journey() -> None:
        core.node.start()
        link = core.end
        found = await link.read(Arrival(with_body(core.order("O1").envelope, large)))
        assert found.message is not None or found.envelope.faults
        assert link.decoding._threads is not None

    asyncio.run(journey())


# --- everything at once


def forged(core: Core, chance: random.Random, number: int) -> Envelope:
    """An envelope in which some things are not as a door makes them."""
    made = core.order(f"F{number}", id=f"f{number}").envelope
    texts = (
        "",
        "a",
        "\0",
        "\n",
        "x" * 900,
        "é\u2028",
        "7fffffffffffffff",
        "ffffffffffffffff",
        "-1",
        "0x1f",
        "@",
        "NTA.",
    )
    said: dict[str, Any] = {
        "operation": ("orders.place", "accounts.open", "orders.none", "Order", "Confirmed", "", "a.b.c", "x\ny"),
        "administration": ("XX", "EU", "", "X", "XXX", "\0\0", "é"),
        "kind": (RowKind.MESSAGE, RowKind.RELAY, RowKind.UNREADABLE, RowKind.UNACCEPTABLE, RowKind.TURNED_AWAY),
        "faults": ((), (("", "", "", "", "", 0, 0),), (Fault("/a", "x\ny", "Mend it.").facts(),)),
        "about": texts, "relay_to": texts, "answer": (b"", b"\0" * 99), "certificates": ((), (b"none",)),
        "transmission": (None, Transmission(b"", b"no zstd"), Transmission(b"{", stored="../x")),
    }  # fmt: skip
    origin: dict[str, Any] = {
        "id": texts, "received": (0, -1, 1 << 62, (1 << 64) - 1), "channel": texts, "correlation": texts,
        "trace": texts, "wire": texts, "conversation": texts, "caller": _callers(),
    }  # fmt: skip
    content: dict[str, Any] = {
        "media": tuple(Media), "attachments": ((), (Attachment("a", "b", "../..", -1),)), "body": GARBAGE,
    }  # fmt: skip
    for fields, change in ((said, msgspec.structs.replace), (origin, with_origin), (content, with_content)):
        for name in chance.sample(sorted(fields), chance.randint(0, 2)):
            made = change(made, **{name: chance.choice(fields[name])})
    return with_content(made, digest=digest_of(made.content.body, made.content.attachments))


def _callers() -> tuple[Caller, ...]:
    plain = trader("T1")
    return (
        plain,
        trader("x" * 5_000),
        trader("T\0#box"),
        system("FR"),
        msgspec.structs.replace(plain, administration="\0"),
    )


@over_both
def test_nothing_that_an_arrival_holds_ends_the_core(form: Made, tmp_path: Path) -> None:
    core, chance = Core(tmp_path), random.Random(25)
    taken = refused = 0

    async def journey(link: Link) -> None:
        nonlocal taken, refused
        for number in range(ROUNDS):
            try:
                await link.submit(Arrival(forged(core, chance, number)))
                taken += 1
            except DouaneError:
                refused += 1
            assert not core.made.owner.ended, number
        await link.submit(core.order("LAST"))

    go(form, core, journey)
    assert taken > ROUNDS / 50, "some of it is what a captured door may say"
    assert refused > ROUNDS / 2


# --- who may hand a message along


HAND_ALONG = {
    "runtime/catalogue/arrived.py": "reads it",
    "runtime/door/door.py": "read these bytes, in its own process",
    "runtime/door/link.py": "passes on what was read",
    "assembly/bus.py": "wrote the bytes itself",
    "assembly/uplink.py": "reads what the centre handed out, in the core's process",
    "central_repository/live_part.py": "wrote the bytes itself",
    "configuration/registry.py": "reads a file of the operator",
    "simulator/union/captured.py": "lies, and is not believed",
    "identity/registered/sessions.py": "wrote the bytes itself",
    "shared_services/archiving/forgetting.py": "wrote the bytes itself",
    "supervision/operating/beside.py": "reads a file of the operator",
    "supervision/operating/taking_over.py": "wrote the bytes itself",
    "supervision/operating/telling.py": "wrote the bytes itself",
    "testing/office.py": "a test's office",
    "trust/demo_registers.py": "reads its own file",
}  # fmt: skip


def test_only_who_read_or_wrote_the_bytes_hands_a_message_along() -> None:
    found = set()
    for path in SOURCE.rglob("*.py"):
        if "tests" in path.parts or "applications" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Arrival"):
                continue
            if len(node.args) + len(node.keywords) > 1:
                found.add(path.relative_to(SOURCE).as_posix())
    assert found == set(HAND_ALONG)
