"""Reference data: code lists and customs offices, published as versions; a built-in selection serves until then."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Mapping
from importlib.resources import files

import msgspec

from douane.applications.reference_data.messages import CodeQuery, CodeView, ListVersion
from douane.author import (
    Actor,
    ActorKind,
    CodeList,
    CodeLists,
    Element,
    Entry,
    Law,
    Level,
    ProcessLevel,
    Requirement,
    Task,
    Who,
    command,
    derived,
    query,
    service,
)
from douane.author.needs import BUILT_IN_LISTS, LIST_VERSION, LISTS_OF_FILE, STORED_LISTS, supplied

OPERATOR = Actor("", ActorKind.OPERATOR, "Imports the published files into a node")
PUBLISHER = Actor("reference data publisher", ActorKind.COMMISSION, "Publishes code lists for the Union")
ADMINISTRATION = Actor("administration", ActorKind.MEMBER_STATE, "Looks codes up")
OFFICER = Actor("", ActorKind.OFFICER, "Looks codes up")
TRADER = Actor("", ActorKind.TRADER, "Looks codes up: reference data are public")
THIRD_COUNTRY = Actor("", ActorKind.THIRD_COUNTRY, "Looks codes up")
PUBLIC = Actor("", ActorKind.PUBLIC, "Looks codes and offices up without an identity")


def union(_message: object) -> str:
    """Reference data belong to no Member State."""
    return "EU"


@service(
    "reference_data",
    title="Reference data",
    owner="Commission",
    level=Level.GOLD,
    agreed=derived("every rule of a Gold service looks its codes up"),
    legal=("UCC art. 6", "UCC art. 16"),
    administration=union,
    realises=("reference data management",),
    supplies=(BUILT_IN_LISTS, STORED_LISTS, LISTS_OF_FILE),
)
class ReferenceData:
    """Code lists and customs offices with their validity, once for all administrations."""

    @command(
        ListVersion,
        task="REF-PUB-01",
        who=Who(by=(OPERATOR, PUBLISHER)),
        law=Law(legal=("UCC art. 16",), requirements=("REQ-REF-001",)),
        fills=LIST_VERSION,
    )
    def publish(self) -> None:
        """Publish a version of a code list; it follows the version that it names."""

    @query(
        CodeQuery,
        CodeView,
        task="REF-QRY-01",
        who=Who(by=(OPERATOR, PUBLISHER, ADMINISTRATION, OFFICER, TRADER, THIRD_COUNTRY, PUBLIC)),
        law=Law(requirements=("REQ-REF-002",)),
    )
    def look_up(self) -> None:
        """Look a code up as of a date, in the version published last."""


class _Lines(msgspec.Struct):
    """One list of ``lists/builtin.json``: codes without facts by date, and entries with facts."""

    name: str
    origin: str
    codes: dict[dt.date, str] = {}
    entries: list[tuple[str, dt.date, msgspec.Raw]] = []


_LISTS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_LINES = msgspec.json.Decoder(_Lines)


@supplied(BUILT_IN_LISTS)
@functools.cache
def load_builtin() -> CodeLists:
    """The built-in code lists, each decoded at its first use; the same value at every call."""
    return CodeLists({number: _reader(number, raw) for number, raw in _raw_lists().items()})


def builtin_origins() -> Mapping[str, str]:
    """Where each built-in list comes from: published, selection, schema, layouts or by hand."""
    return {number: _LINES.decode(raw).origin for number, raw in _raw_lists().items()}


def _raw_lists() -> dict[str, msgspec.Raw]:
    return _LISTS.decode(files(__package__).joinpath("lists/builtin.json").read_bytes())


def _reader(number: str, raw: msgspec.Raw) -> Callable[[], CodeList]:
    def read() -> CodeList:
        lines = _LINES.decode(raw)
        plain = [Entry(code, since) for since, codes in lines.codes.items() for code in codes.split()]
        rich = [Entry(code, since, True, bytes(facts).decode()) for code, since, facts in lines.entries]
        return CodeList(number, lines.name, plain + rich)

    return read


_TESTS = "src/douane/applications/reference_data/tests"

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel("reference data", 2, "Code lists and offices", "common foundations", ("reference data management",)),
    Task("REF-PUB-01", "Publish a version of a code list", "reference data"),
    Task("REF-QRY-01", "Look a code up", "reference data"),
    Requirement(
        "REQ-REF-001", "A file is imported once: the same file again changes nothing, history stays.",
        (f"{_TESTS}/test_import.py", "tests/cli/test_reference.py"),
    ),
    Requirement(
        "REQ-REF-002", "A code is judged by the entry that is valid on the day asked for.",
        (f"{_TESTS}/test_builtin.py", "tests/cli/test_reference.py"),
    ),
)  # fmt: skip
"""Where reference data stand in the Reference Architecture."""
