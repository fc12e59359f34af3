"""What a captured door may hand over in one message: the core believes neither its circle nor its bounds."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.model.caller import PARTY_KINDS, Caller, Party, PartyKind, of_the_core
from douane.model.circles import ActorKind, Circle, Platform
from douane.model.declare import SIGN_IN
from douane.runtime.door.bounds import LARGEST_BODY, MOST_ATTACHMENTS
from douane.runtime.door.link import DirectLink, Link, Question, Reader
from douane.runtime.store.envelope import Arrival, RowKind
from douane.runtime.store.origin import Attachment, Media, digest_of
from douane.vocabulary.errors import Fault, NotFound, TooLarge, WrongCircle
from douane.vocabulary.faults import NAMED
from tests.callers import reads, system, with_content
from tests.contracts import toy
from tests.contracts.test_link import Core, Made, go, over_both


@over_both
def test_a_captured_door_is_believed_no_size(form: Made, tmp_path: Path) -> None:
    core = Core(tmp_path)
    good = core.order("O1")
    fault, attachment = Fault("/a", "12", "Mend it.").facts(), Attachment("a", "a/b", "0" * 64, 1)
    changes = (
        with_content(good.envelope, body=bytes(LARGEST_BODY + 1)),
        with_content(good.envelope, attachments=(attachment,) * (MOST_ATTACHMENTS + 1)),
        msgspec.structs.replace(good.envelope, faults=(fault,) * (NAMED + 1)),
    )

    async def journey(link: Link) -> None:
        for changed in changes:
            known = with_content(changed, digest=digest_of(changed.content.body, changed.content.attachments))
            with pytest.raises(TooLarge):
                await link.submit(Arrival(known, good.message))

    go(form, core, journey)
    assert core.placed() == 0


@over_both
def test_a_captured_door_asserts_another_circle_in_vain(form: Made, tmp_path: Path) -> None:
    core = Core(tmp_path)
    good = core.order("O1").envelope
    origin, content = good.origin, good.content
    trusted = msgspec.structs.replace(origin.caller, circle=Circle.TRUSTED)
    posing = msgspec.structs.replace(system("FR"), circle=Circle.UNTRUSTED)
    changes: Sequence[dict[str, Any]] = (
        {"origin": msgspec.structs.replace(origin, platform="ccn2")},
        {"origin": msgspec.structs.replace(origin, caller=trusted)},
        {"origin": msgspec.structs.replace(origin, caller=posing)},
        {"origin": msgspec.structs.replace(origin, caller=of_the_core("FR"))},
        {"kind": RowKind.ANSWER}, {"kind": RowKind.TIMER}, {"kind": RowKind.CARRIED},
        {"content": msgspec.structs.replace(content, media=Media.VALUE)},
    )  # fmt: skip

    async def journey(link: Link) -> None:
        for change in changes:
            with pytest.raises(WrongCircle):
                await link.submit(Arrival(msgspec.structs.replace(good, **change), toy.Order("O1", "A", 1)))
        with pytest.raises(WrongCircle):
            await link.collect(reads("NTA.FR"), "", 1, 0.0)

    go(form, core, journey)
    assert core.placed() == 0


@pytest.mark.parametrize("kind", [each for each in ActorKind if each is not ActorKind.SERVICE])
def test_the_link_of_uumds_speaks_for_nobody_but_itself(kind: ActorKind, tmp_path: Path) -> None:
    core = Core(tmp_path)
    link = DirectLink(Platform.UUMDS, core.end)
    party = Party(PARTY_KINDS[kind], "EU" if PARTY_KINDS[kind] is PartyKind.ADMINISTRATION else "FR1")
    caller = Caller("x", kind, kind.circle, party, "EU" if kind.circle is Circle.TRUSTED else "")
    good = core.order("O1")
    origin = msgspec.structs.replace(good.envelope.origin, caller=caller, platform="uumds")

    async def journey() -> None:
        with pytest.raises(WrongCircle):
            await link.submit(Arrival(msgspec.structs.replace(good.envelope, origin=origin), good.message))
        with pytest.raises(WrongCircle):
            await link.collect(Reader(caller), "", 1, 0.0)

    asyncio.run(journey())
    assert core.placed() == 0


def test_the_link_of_uumds_asks_nothing_but_what_is_open_to_the_sign_in(tmp_path: Path) -> None:
    core = Core(tmp_path)
    link = DirectLink(Platform.UUMDS, core.end)
    service = ActorKind.SERVICE
    caller = Caller("uumds", service, service.circle, Party(PARTY_KINDS[service], "uumds"))

    async def journey() -> None:
        for each in core.end.catalogue.operations.values():
            with pytest.raises(NotFound):
                await link.ask(Question(each.qualified, "FR", caller, frozenset({SIGN_IN}), None))

    asyncio.run(journey())
