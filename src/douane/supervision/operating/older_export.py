"""The export of an older portal: a ZIP archive with one file of JSON lines for each kind of thing that is taken over.

``export.json`` names the portal. Each line of another file is a row: the JSON form of the message by which it is taken
over. A row that has not its form is told with every field that is wrong, and nothing of it is believed. Files that go
with a case or a decision lie under ``attachments/``; its row names them.
"""

from __future__ import annotations

import io
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
from douane.standards.json.bounds import check
from douane.supervision.operating.outcome import RowFault
from douane.vocabulary.errors import NotWellFormed, TooLarge

FORM: Final = "docs/older-portals.md"
"""Where the form is described; the rule of a row that does not have it."""
VERSION: Final = 1
MOST_OCTETS: Final = 256 * 1024 * 1024
"""Of one file when it is unpacked."""
MOST_ROWS: Final = 200_000
FILES: Final = "attachments/"
"""Below which name files lie that go with rows."""
MOST_FILES: Final = 63
"""With one row: as many as with a message."""
PIECE: Final = 256 * 1024
_DAMAGED: Final = (EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)


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
        enclosed = {e.filename.removeprefix(FILES): e for e in archive.infolist() if e.filename.startswith(FILES)}
        for each in enclosed.values():
            _sound(archive, each)
        files = {e.filename: _unpacked(archive, e) for e in archive.infolist() if not e.filename.startswith(FILES)}
    except _DAMAGED as problem:
        raise NotWellFormed(f"This is no ZIP archive: {problem}.", remedy=f"{FORM} says what is in one.") from problem
    manifest = _manifest(files.pop("export.json", b""))
    unknown = sorted(files.keys() - {each.file for each in KINDS})
    if unknown:
        named = ", ".join(["export.json", *(each.file for each in KINDS)])
        raise NotWellFormed(f"Nothing reads {', '.join(unknown)[:200]}.", remedy=f"An export has: {named}.")
    rows, faults = list[Row](), list[RowFault]()
    for kind in KINDS:
        for number, line in enumerate(files.get(kind.file, b"").splitlines(), 1):
            if number > MOST_ROWS:
                raise TooLarge(f"{kind.file} has more than {MOST_ROWS:,} rows.", remedy="Export it in parts.")
            if line.strip():
                found = _row(kind, number, line, manifest, catalogue, enclosed)
                rows += [found] if isinstance(found, Row) else []
                faults += [] if isinstance(found, Row) else found
    used = {each.file for row in rows for each in row.files}
    if not faults:
        faults = [RowFault(FILES + each, 0, "", FORM, "Name it in a row, or leave it out.")
                  for each in sorted(enclosed.keys() - used)]  # fmt: skip
    return rows, faults


def _sound(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Raises where a file that goes with a row is damaged, or too large: before anything is taken over."""
    size = 0
    with archive.open(member) as file:
        while piece := file.read(PIECE):
            size += len(piece)
            if size > MOST_OCTETS:
                raise TooLarge(f"{member.filename[:120]} has more than {MOST_OCTETS:,} octets.",
                               remedy="Leave it out; who needs it asks for it.")  # fmt: skip


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with archive.open(member) as file:
        found = file.read(MOST_OCTETS + 1)
    if len(found) > MOST_OCTETS:
        raise TooLarge(f"{member.filename[:80]} has more than {MOST_OCTETS:,} octets.", remedy="Export it in parts.")
    return found


def _manifest(content: bytes) -> Manifest:
    try:
        found = msgspec.json.decode(content, type=Manifest)
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
        check(line)
        said = msgspec.json.decode(line, type=dict[str, Any])
    except (msgspec.DecodeError, TooLarge) as problem:
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
