"""Codes of refusals are each family's own: what the platform finds wrong is told in the words of who is told."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from douane.backends.memory.backend import MemoryStore
from douane.configuration.lists import code_lists
from douane.model.circles import ActorKind
from douane.model.declare import Actor, Level, MessageFamily, OfCase, Who, command, service
from douane.model.families import NCTS5
from douane.model.parties import CaseRole
from douane.model.rules import (
    Rule,
    RuleBook,
    Violation,
    broken,
    missing,
    not_allowed,
    not_in_list,
    transitional,
)
from douane.runtime.catalogue.behaviour import Behaviour, handles
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core.owner import Owner, Ports
from douane.runtime.core.tick import Tick
from douane.runtime.store import keys
from douane.runtime.store.envelope import SENT, Arrival, Receipt, RowKind
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import Log
from douane.runtime.store.records import Case, Value, record
from douane.shared_services.auditing.port import AuditPort
from douane.vocabulary.codes import PLATFORM, Codes
from tests.architecture.tree import SOURCE
from tests.callers import admitted, trader
from tests.journeys.office import SIGNER, Clock, Ids

CARRIER, CARRYING = Actor("carrier", ActorKind.TRADER), CaseRole("carrier")
OWN = Codes("M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9", "M10", "M11", "M12", "M13")


class Manifest(msgspec.Struct, frozen=True):
    number: str


class Amendment(msgspec.Struct, frozen=True):
    number: str


class ManifestError(msgspec.Struct, frozen=True):
    code: str


class Booking(msgspec.Struct, frozen=True):
    number: str


class NotBooked(msgspec.Struct, frozen=True):
    code: str


TYPES = {each.__name__: each for each in (Manifest, Amendment, ManifestError)}


def read(body: bytes) -> Any:
    name, number = re.findall(rb"<(\w+) [^>]*>(.*)</", body)[0]
    return TYPES[name.decode()](number.decode())


def write(message: Any) -> bytes:
    name = type(message).__name__
    return f'<{name} xmlns="urn:manifests">{next(iter(msgspec.structs.asdict(message).values()))}</{name}>'.encode()


FAMILY = MessageFamily(
    "Manifests", lambda: tuple(TYPES.values()), read, write, namespace="urn:manifests", codes=OWN,
)  # fmt: skip


@service("manifests", title="Manifests", owner="tests", level=Level.BRONZE, families=(FAMILY,),
         administration=lambda _: "FR")  # fmt: skip
class Manifests:
    """Manifests of carriers."""

    @command(
        Manifest,
        replies=(ManifestError,),
        task="T",
        who=Who(by=(CARRIER,)),
        case=OfCase(
            opens=lambda m, _: ("manifest", m.number),
            parties=lambda _, caller: ((caller.party, CARRYING),),
            keeps_name=True,
        ),
    )
    def lodge(self) -> None:
        """Lodge a manifest."""

    @command(
        Amendment,
        replies=(ManifestError,),
        task="T",
        who=Who(by=(CARRIER,), roles=(CARRYING,)),
        case=OfCase(about=lambda m, _: ("manifest", m.number)),
    )
    def amend(self) -> None:
        """Amend a manifest."""


@service("bookings", title="Bookings", owner="tests", level=Level.BRONZE, administration=lambda _: "FR")
class Bookings:
    """Bookings of berths, by messages of no family."""

    @command(
        Booking,
        replies=(NotBooked,),
        task="T",
        who=Who(by=(CARRIER,), roles=(CARRYING,)),
        case=OfCase(about=lambda m, _: ("manifest", m.number)),
    )
    def book(self) -> None:
        """Book a berth."""


@record(59_990, case=Case(lambda _: ()))
class Kept(Value, frozen=True):
    number: str


def refuse(work: Any, m: Any, faults: Any) -> None:
    kind = NotBooked if isinstance(m, Booking) else ManifestError
    work.reply(kind(faults[0].code))


@handles(Manifests.lodge, refuse=refuse)
def lodge(work: Any, m: Manifest) -> None:
    work.put(Kept(m.number))


@handles(Manifests.amend, refuse=refuse)
@handles(Bookings.book, refuse=refuse)
def nothing(_work: Any, _m: Any) -> None:
    """Nothing happens."""


CATALOGUE = Catalogue([Manifests.__service__, Bookings.__service__])  # type: ignore[attr-defined] # set by @service


class Hosts:
    def hosts(self, administration: str, operation: str) -> bool:
        return True

    def providers(self, administration: str, operation: str) -> tuple[str, ...]:
        return ("",) if self.hosts(administration, operation) else (administration,)

    def operation_for(self, message: type) -> str:
        return CATALOGUE.operation_for(message)

    def lane(self, party: str, message: str) -> str:
        return ""


def node() -> Owner:
    store = MemoryStore()
    auditor = AuditPort(SIGNER, keys.space(keys.AUDIT, 0), store)
    behaviour = Behaviour.of([sys.modules[__name__]])
    made = Owner(0, Ports(store, Clock(), Ids(), behaviour, Hosts(), CATALOGUE, auditor, lambda _: None))  # type: ignore[arg-type,return-value] # nothing is looked up
    made.begin()
    return made


def say(owner: Owner, message: Any, eori: str, id: str) -> Any:
    """The result of handing a message in, and what its sender is told."""
    operation = CATALOGUE.operation_for(type(message))
    name, media, body, _ = CATALOGUE.encode(message)
    assert name == type(message).__name__
    envelope = admitted(trader(eori), operation, body, id=id, administration="FR", media=Media(media))
    assert envelope.kind is RowKind.MESSAGE
    (result,) = Tick(owner).run([Arrival(envelope, message)])
    while owner.pending:
        Tick(owner).run()
    return result


def told(owner: Owner, eori: str) -> list[str]:
    store = owner.ports.store
    prefix = keys.space(keys.INBOX, 0) + keys.text(eori)
    found = store.scan(prefix, keys.after(prefix), 100)
    rows = store.read_log(Log.SENT, [int.from_bytes(key[-8:], "big") for key, _ in found])
    bodies = [SENT.read(raw or b"").content for raw in rows]
    return [read(each.octets).code if each.media is Media.FAMILY else msgspec.json.decode(each.octets)["code"]
            for each in bodies]  # fmt: skip


def test_a_family_is_told_by_its_codes_and_what_is_of_none_by_the_platforms() -> None:
    owner = node()
    assert isinstance(say(owner, Manifest("7"), "FR1", "a"), Receipt)
    say(owner, Manifest("7"), "FR1", "b")
    say(owner, Amendment("8"), "FR1", "c")
    say(owner, Booking("8"), "FR1", "d")
    assert told(owner, "FR1") == [OWN.taken, OWN.unknown, PLATFORM.unknown]
    say(owner, Amendment("7"), "FR2", "e")
    assert told(owner, "FR2") == [OWN.unknown], "to a stranger there is no such case, in the family's words"


@pytest.mark.parametrize(
    ("operation", "codes"), [("manifests.amend", OWN), ("bookings.book", PLATFORM), ("x.y", PLATFORM)]
)
def test_codes_are_those_of_what_an_operation_takes(operation: str, codes: Codes) -> None:
    assert CATALOGUE.codes_of(operation) == codes


def test_what_was_not_read_is_told_by_the_family_of_its_root() -> None:
    beside = Catalogue([Manifests.__service__])  # type: ignore[attr-defined] # set by @service
    assert beside.codes_for(b'<Manifest xmlns="urn:manifests">') == OWN
    assert NCTS5.codes.unknown == "90"


CODE = re.compile(r"""["'](?:1[2-9]|26|5[0-9]|9[0-9])["']""")
RULES = SOURCE / "model" / "rules.py"
"""The kinds of violations of business rules, which NCTS alone has."""


def test_the_core_names_no_code_of_a_family() -> None:
    found = [
        f"{path.name}: {line.strip()}"
        for room in ("runtime", "model") for path in sorted((SOURCE / room).rglob("*.py"))
        if "tests" not in path.parts and path != RULES and path.name != "families.py"
        for line in path.read_text(encoding="utf-8").splitlines() if CODE.search(line)
    ]  # fmt: skip
    assert found == []


def test_rules_say_how_they_are_broken_and_the_family_which_code_that_is() -> None:
    found = ((missing, "M9"), (not_allowed, "M10"), (broken, "M11"), (not_in_list, "M12"), (transitional, "M13"))

    def judge(*_: object) -> Iterator[Violation]:
        yield from (make("/number") for make, _ in found)
        yield Violation("/number", "93")  # a code of the family itself

    rule = Rule("R1", "Mend it.", (Manifest,), judge)
    look = code_lists().look(dt.date(2026, 11, 27))
    told = [f.code for f in RuleBook([rule], OWN).faults(Manifest("1"), None, look)]
    assert told == [*(code for _, code in found), "93"]
    assert [f.code for f in RuleBook([rule]).faults(Manifest("1"), None, look)][:2] == ["13", "15"]
