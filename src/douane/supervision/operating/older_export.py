"""The export of an older portal: a ZIP archive with one file of JSON lines for each kind of thing that is taken over.

``export.json`` names the portal. Each line of another file is a row: the JSON form of the message by which it is taken
over. A row that has not its form is told with every field that is wrong, and nothing of it is believed. Files that go
with a case or a decision lie under ``attachments/``; its row names them.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from douane.model.circles import ActorKind
from douane.model.needs import (
    OLDER_CASE,
    OLDER_CASE_JUDGED,
    OLDER_CHOICE,
    OLDER_CHOICE_JUDGED,
    OLDER_DECISION,
    OLDER_DECISION_JUDGED,
    OLDER_DRAFT,
    OLDER_DRAFT_JUDGED,
    OLDER_PERSON,
    OLDER_PERSON_JUDGED,
    JudgesRow,
    Need,
    Supply,
)
from douane.runtime.catalogue.catalogue import Catalogue
from douane.standards.json.bounds import decode
from douane.supervision.operating.outcome import RowFault
from douane.vocabulary.errors import NotWellFormed, TooLarge

FORM: Final = "docs/older-portals.md"
"""Where the form is described; the rule of a row that does not have it."""
VERSION: Final = 1
MOST_OCTETS: Final = 256 * 1024 * 1024
"""Of one file when it is unpacked."""
MOST_WHOLE: Final = 4 * 1024 * 1024 * 1024
"""Of all files together when they are unpacked; counted as they are, whatever the archive says of them."""
MOST_MEMBERS: Final = 20_000
MOST_FAULTS: Final = 1_000
"""That are told of one export; whoever mends these finds out whether there are more."""
MOST_ROWS: Final = 200_000
FILES: Final = "attachments/"
"""Below which name files lie that go with rows."""
MOST_FILES: Final = 63
"""With one row: as many as with a message."""
PIECE: Final = 256 * 1024
_PLAIN: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGED: Final = (
    EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, struct.error,
)  # fmt: skip
"""What the archive's reader raises for octets that are no such archive, its own and those of what it rests on."""


@dataclass(frozen=True, slots=True)
class KindOfRow:
    """A file of the archive. once: fields that no two rows of it have alike. party: the field that names an economic
    operator; empty where there is none. files: whether rows of it have attachments."""

    file: str
    takes: Need
    judges: Supply[JudgesRow]
    once: tuple[tuple[str, ...], ...]
    party: str = ""
    files: bool = False


KINDS: Final = (
    KindOfRow("users.jsonl", OLDER_PERSON, OLDER_PERSON_JUDGED, (("account",), ("country", "provider", "subject"))),
    KindOfRow("preferences.jsonl", OLDER_CHOICE, OLDER_CHOICE_JUDGED, (("party", "account"),), "party"),
    KindOfRow("drafts.jsonl", OLDER_DRAFT, OLDER_DRAFT_JUDGED, (("owner", "name"),), "owner"),
    KindOfRow("cases.jsonl", OLDER_CASE, OLDER_CASE_JUDGED, (("applicant", "own_reference"), ("portal", "reference")),
              "applicant", files=True),
    KindOfRow("decisions.jsonl", OLDER_DECISION, OLDER_DECISION_JUDGED, (("decision",), ("portal", "reference")),
              "holder", files=True),
)  # fmt: skip
"""In the order in which they are taken over."""


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``export.json``: of which portal it is, and in which version of the form."""

    portal: str
    version: int


class Enclosed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of the archive that goes with a row. file: its name below ``attachments/``; name: what it is called."""

    file: Annotated[str, Meta(pattern=r"\A[A-Za-z0-9][A-Za-z0-9._-]{0,99}\Z")]
    name: Annotated[str, Meta(pattern=r"\A[^\x00-\x1f\x7f/\\]{1,200}\Z")]
    media_type: Annotated[str, Meta(pattern=r"\A[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}\Z")]


@dataclass(frozen=True, slots=True)
class Row:
    """A row that has its form. number: of its line, from 1. files: what goes with it."""

    kind: KindOfRow
    number: int
    operation: str
    message: Any
    files: tuple[Enclosed, ...] = ()

    @property
    def names(self) -> list[tuple[str, ...]]:
        """By what it is told from every other row."""
        return [
            (self.kind.file, *fields, *(str(getattr(self.message, each)) for each in fields))
            for fields in self.kind.once
        ]

    def fault(self, field: str, rule: str, remedy: str) -> RowFault:
        """What is wrong with it."""
        return RowFault(self.kind.file, self.number, field, rule, remedy)


def read_export(content: bytes, catalogue: Catalogue) -> tuple[list[Row], list[RowFault]]:
    """Every row that has its form, and what is wrong with the others. Raises NotWellFormed for what is no such archive
    at all, TooLarge beyond the bounds."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = _members(archive)
        whole = _Whole()
        enclosed = {name.removeprefix(FILES): each for name, each in members.items() if name.startswith(FILES)}
        for each in enclosed.values():
            whole.read(archive, each)
        files = {name: whole.read(archive, each, keep=True) for name, each in members.items()
                 if not name.startswith(FILES)}  # fmt: skip
    except _DAMAGED as problem:
        raise NotWellFormed(f"This is no ZIP archive: {problem}.", remedy=f"{FORM} says what is in one.") from problem
    manifest = _manifest(files.pop("export.json", b""))
    rows, faults = list[Row](), list[RowFault]()
    for kind in KINDS:
        for number, line in enumerate(files.get(kind.file, b"").splitlines(), 1):
            if number > MOST_ROWS:
                raise TooLarge(f"{kind.file} has more than {MOST_ROWS:,} rows.", remedy="Export it in parts.")
            if line.strip():
                found = _row(kind, number, line, manifest, catalogue, enclosed)
                rows += [found] if isinstance(found, Row) else []
                faults += [] if isinstance(found, Row) else found
            if len(faults) >= MOST_FAULTS:
                return [], faults[:MOST_FAULTS]
    used = {each.file for row in rows for each in row.files}
    if not faults:
        faults = [RowFault(FILES + each, 0, "", FORM, "Name it in a row, or leave it out.")
                  for each in sorted(enclosed.keys() - used)]  # fmt: skip
    return rows, faults


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The files of an archive by name, judged by what its list says before a single one is unpacked. Raises
    NotWellFormed, TooLarge."""
    found: dict[str, zipfile.ZipInfo] = {}
    if len(archive.infolist()) > MOST_MEMBERS:
        raise TooLarge(f"The archive has more than {MOST_MEMBERS:,} files.", remedy="Export it in parts.")
    known = {"export.json", *(each.file for each in KINDS)}
    unknown = [e.filename for e in archive.infolist() if e.filename not in known and not e.filename.startswith(FILES)]
    if unknown:
        named = ", ".join(["export.json", *(each.file for each in KINDS)])
        raise NotWellFormed(f"Nothing reads {', '.join(sorted(unknown))[:200]}.", remedy=f"An export has: {named}.")
    for each in archive.infolist():
        if each.filename in found:
            raise NotWellFormed(f"There are two files {each.filename[:80]}.", remedy="Leave one of them out.")
        if each.compress_type not in _PLAIN:
            raise NotWellFormed(f"{each.filename[:80]} is packed in a way that nothing here reads.",
                                remedy="Pack it by Deflate, or not at all.")  # fmt: skip
        found[each.filename] = each
    return found


@dataclass(slots=True)
class _Whole:
    """Reads the files of an archive, and counts what they are all together."""

    octets: int = 0

    def read(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, keep: bool = False) -> bytes:
        """A file, where it is kept; else nothing, once it is known to be sound. Raises where it is damaged, and
        TooLarge beyond a bound: before anything is taken over."""
        size, pieces = 0, list[bytes]()
        with archive.open(member) as file:
            while piece := file.read(PIECE):
                size += len(piece)
                self.octets += len(piece)
                if size > MOST_OCTETS:
                    raise TooLarge(f"{member.filename[:80]} has more than {MOST_OCTETS:,} octets.",
                                   remedy="Export it in parts, or leave the file out.")  # fmt: skip
                if self.octets > MOST_WHOLE:
                    raise TooLarge(f"All files together have more than {MOST_WHOLE:,} octets.",
                                   remedy="Export them in parts.")  # fmt: skip
                pieces += [piece] if keep else []
        return b"".join(pieces)


def _manifest(content: bytes) -> Manifest:
    try:
        found = decode(content, Manifest)
    except msgspec.DecodeError as problem:
        raise NotWellFormed(f"export.json: {problem}.", remedy=f"{FORM} shows one.") from problem
    if found.version != VERSION:
        raise NotWellFormed(f"This is version {found.version} of the form.", remedy=f"Export in version {VERSION}.")
    return found


def _row(
    kind: KindOfRow, number: int, line: bytes, manifest: Manifest, catalogue: Catalogue, there: Container[str]
) -> Row | list[RowFault]:  # fmt: skip
    operation = catalogue.filled(kind.takes)
    try:
        said = decode(line, dict[str, Any])
    except msgspec.DecodeError as problem:
        return [RowFault(kind.file, number, "", FORM, f"Write a JSON object within the bounds: {problem}.")]
    if "portal" in {each.name for each in msgspec.structs.fields(operation.request)}:
        said.setdefault("portal", manifest.portal)
    enclosed = said.pop("attachments", []) if kind.files else []
    drafted = _draft(said, catalogue) if kind.takes is OLDER_DRAFT else ()
    told = [*_files(enclosed, there), *drafted, *_form(operation.request, said)]
    faults = [RowFault(kind.file, number, *each) for each in told]
    if faults:
        return faults
    files = msgspec.convert(enclosed, tuple[Enclosed, ...])
    return Row(kind, number, operation.qualified, msgspec.convert(said, operation.request), files)


def _files(said: Any, there: Container[str]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the files that a row names."""
    if not isinstance(said, list) or len(said) > MOST_FILES:
        yield "/attachments", FORM, f"Give a list of at most {MOST_FILES}."
        return
    for number, each in enumerate(said):
        try:
            found = msgspec.convert(each, Enclosed)
        except msgspec.ValidationError as problem:
            yield f"/attachments/{number}", FORM, f"{problem}."
            continue
        if found.file not in there:
            yield f"/attachments/{number}", FORM, f"There is no {FILES}{found.file} in the archive: add it."


def _form(type: Any, said: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Place, rule and remedy of each field that is missing, unknown or has not its form."""
    fields = {each.encode_name: each for each in msgspec.structs.fields(type)}
    for name in said.keys() - fields.keys():
        yield f"/{name}"[:80], FORM, f"Leave it out; a row has: {', '.join(fields)}."
    for name, field in fields.items():
        if name not in said:
            if field.required:
                yield f"/{name}", FORM, "Give it: a row without it says too little."
            continue
        try:
            msgspec.convert(said[name], field.type)
        except msgspec.ValidationError as problem:
            text, _, place = str(problem).partition(" - at `$")
            yield f"/{name}{place.rstrip('`').replace('.', '/')}", FORM, f"{text}."


def _draft(said: dict[str, Any], catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """What is filled in is an object by the fields of what it is to be sent to; it becomes the text of a draft."""
    content, named = said.get("content"), str(said.get("operation", ""))
    if not isinstance(content, dict):
        yield "/content", FORM, "Give what is filled in as a JSON object, every value as a text."
        content = {}
    said["content"] = msgspec.json.encode(content).decode()
    operation = catalogue.operations.get(named)
    if operation is None or not operation.open_to(ActorKind.TRADER):
        yield "/operation", FORM, "Name an operation that traders may send to."
        return
    fields = {each.encode_name for each in msgspec.structs.fields(operation.request)}
    for name in sorted(content.keys() - fields):
        yield f"/content/{name}"[:80], FORM, f"Leave it out; {named} has: {', '.join(sorted(fields))}."
