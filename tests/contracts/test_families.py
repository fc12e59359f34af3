"""Several XML families side by side: each document is read, refused and correlated by its own, and by no other."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest

from douane.model import discovery
from douane.model.circles import ActorKind
from douane.model.declare import Actor, Level, MessageFamily, Refused, Who, command, service
from douane.runtime.catalogue.catalogue import Catalogue
from douane.standards.ncts import phase5
from douane.vocabulary.errors import Fault, NotValid, UnknownMessageType
from tests.architecture.tree import REPOSITORY

SPACE = "urn:example:manifests"
DECLARATION = (REPOSITORY / "docs/examples/declaration.xml").read_bytes()


class Manifest(msgspec.Struct, frozen=True):
    number: str


class ManifestError(msgspec.Struct, frozen=True):
    about: str
    code: str


def read(body: bytes) -> Manifest | ManifestError:
    found = re.search(rb"<number>([0-9]+)</number>", body)
    if found is None:
        raise NotValid("A manifest has a number.", faults=(Fault("/Manifest/number", "M1", "Give the number."),))
    return Manifest(found[1].decode())


def family(namespace: str = SPACE, *, types: tuple[type, ...] = (Manifest, ManifestError)) -> MessageFamily:
    return MessageFamily(
        name="Manifests", types=lambda: types, read=read, namespace=namespace,
        write=lambda m: f'<Manifest xmlns="{namespace}"><number>{m.number}</number></Manifest>'.encode(),
        identification=lambda m: m.number,
        refusal=lambda refused: ManifestError(refused.known_as, refused.faults[0].code),
        tells_of_error=lambda name: name == "ManifestError",
    )  # fmt: skip


def speaking(spoken: MessageFamily) -> Catalogue:
    """Transit beside a service that speaks another family."""

    @service("manifests", title="Manifests", owner="tests", level=Level.BRONZE, families=(spoken,))
    class Manifests:
        """Manifests of carriers."""

        @command(Manifest, replies=(ManifestError,), task="T", who=Who(by=(Actor("carrier", ActorKind.TRADER),)))
        def lodge(self) -> None:
            """Lodge a manifest."""

    return Catalogue([*discovery.services(), Manifests.__service__])  # type: ignore[attr-defined] # set by @service


BOTH = speaking(family())
MANIFEST = b'<m:Manifest xmlns:m="urn:example:manifests"><number>7</number></m:Manifest>'
NAMELESS = b'<Manifest xmlns="urn:example:manifests"></Manifest>'


def refused(body: bytes) -> Any:
    return BOTH.refusal(Refused(
        body, (Fault("/x", "M1", "Mend it."),), True, "FR1", "id7", "FR", "e1", 0, lambda *_: True,
    ))  # fmt: skip


def test_each_document_is_read_by_its_family() -> None:
    assert BOTH.read_document(MANIFEST) == Manifest("7")
    assert isinstance(BOTH.read_document(DECLARATION), phase5.CC015C)
    assert BOTH.encode(Manifest("7"))[3] == "7"
    assert BOTH.read_document(BOTH.encode(Manifest("7"))[2]) == Manifest("7")


def test_what_is_wrong_is_said_by_the_family_that_it_is_of() -> None:
    with pytest.raises(NotValid) as own:
        BOTH.read_document(NAMELESS)
    assert own.value.faults[0].code == "M1"
    with pytest.raises(NotValid) as theirs:
        BOTH.read_document(DECLARATION.replace(b"<messageType>CC015C</messageType>", b""))
    assert theirs.value.faults[0].pointer.startswith("/CC015C")


def test_a_refusal_is_an_error_message_of_the_family_of_what_was_refused() -> None:
    assert refused(MANIFEST) == ManifestError("id7", "M1")
    assert type(refused(DECLARATION)).__name__ == "CC917C"
    assert BOTH.tells_of_error("ManifestError")
    assert BOTH.tells_of_error("CC917C")
    assert not BOTH.tells_of_error("Manifest")


@pytest.mark.parametrize(
    "body", [b'<Manifest xmlns="urn:other"><number>7</number></Manifest>', b"<Manifest></Manifest>"]
)
def test_a_document_of_no_family_is_refused_and_answered_by_none(body: bytes) -> None:
    with pytest.raises(UnknownMessageType):
        BOTH.read_document(body)
    assert refused(body) is None


def test_two_families_of_one_namespace_are_told_apart_by_the_root() -> None:
    beside = speaking(family("http://ncts.dgtaxud.ec"))
    assert isinstance(beside.read_document(DECLARATION), phase5.CC015C)
    assert beside.read_document(MANIFEST.replace(SPACE.encode(), b"http://ncts.dgtaxud.ec")) == Manifest("7")
