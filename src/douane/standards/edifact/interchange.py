"""Interchanges (UNB, UNZ) and the messages in them (UNH, UNT): read with every fault by position, and written.

ISO 9735, syntax versions 1 to 4, without functional groups, repeated data elements and security segments.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from douane.standards.edifact.repertoires import REPERTOIRES, Repertoire
from douane.standards.edifact.syntax import SIZE, USUAL, Segment, join, segment, service_characters, split
from douane.vocabulary.errors import NotWellFormed, TooLarge
from douane.vocabulary.faults import NAMED

(SYNTAX_VERSION, NOT_RECIPIENT, INVALID, MISSING, NOT_HERE, UNSPECIFIED, CHARACTER, DUPLICATE, REFERENCES, COUNT,
 REPERTOIRE, ENVELOPE) = ("2", "7", "12", "13", "15", "18", "21", "26", "28", "29", "46", "47")  # fmt: skip
"""Codes of data element 0085 (syntax error) that are found here."""
LONGEST_REFERENCE: Final = 14
MESSAGES: Final = 1_000
FINDINGS: Final = NAMED
_NEVER: Final = dt.datetime.fromisoformat("1970-01-01")
_HEAD = re.compile(rb"\s*(?:UNA(.{6})\s*)?UNB(.)(UNO[A-Z])", re.DOTALL)


class Finding(NamedTuple):
    """What is wrong, and where: code of 0085, segment in its message (UNH is 1), element (the tag is 1), component.

    0 stands for the whole; of the interchange itself, segments are not counted and ``tag`` names its service segment.
    """

    code: str
    text: str
    segment: int = 0
    element: int = 0
    component: int = 0
    tag: str = ""
    value: str = ""


class Party(NamedTuple):
    """A sender or recipient of an interchange (S002, S003)."""

    id: str
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """UNB. ``prepared``: minutes, no zone; ``reference``: 0020, unique for the sender; ``application``: 0026."""

    sender: Party
    recipient: Party
    prepared: dt.datetime
    reference: str
    repertoire: Repertoire = REPERTOIRES["UNOC"]
    application: str = ""
    acknowledge: bool = False
    test: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """UNH to UNT. ``identifier``: S009 (type, version, release, agency, association); ``access``: 0068."""

    reference: str
    identifier: tuple[str, ...]
    segments: tuple[Segment, ...]
    access: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def type(self) -> str:
        """The message type (0065)."""
        return self.identifier[0]


@dataclass(frozen=True, slots=True)
class Interchange:
    """What a sender hands over at once. ``findings``: of the interchange; each message has its own beside them."""

    header: Header
    messages: tuple[Message, ...]
    findings: tuple[Finding, ...] = ()


def read(data: bytes) -> Interchange:
    """The interchange in ``data``, with what is wrong as findings, so that its sender can be answered by CONTRL.

    Raises TooLarge, or NotWellFormed where not even its header can be read.
    """
    if len(data) > SIZE:
        raise TooLarge(f"The interchange has {len(data)} bytes.", remedy=f"Send at most {SIZE} bytes at once.")
    head = _HEAD.match(data)
    if head is None:
        raise NotWellFormed("This is no EDIFACT interchange.", remedy="Begin with UNB, or with UNA and UNB.")
    characters = service_characters((head[1] or USUAL.encode()).decode("latin-1"))
    known = REPERTOIRES.get(head[3].decode())
    findings = [] if known else [Finding(REPERTOIRE, f"The repertoire {head[3].decode()} is not read here.", 0, 2, 1,
                                         "UNB")]  # fmt: skip
    repertoire = known or REPERTOIRES["UNOC"]
    text = data[head.start(2) - 3 :].decode(repertoire.codec, errors="replace")
    segments = split(text, characters)
    first = next(segments)
    header, wrong = _header(first, repertoire)
    findings += wrong
    if first.value(1, 2) == "4" and (head[1] or b"    *")[4:5] != b" ":
        findings.append(Finding(ENVELOPE, "Syntax version 4 is read without repetition: write UNA with a space for it.",
                                0, 2, 2, "UNB"))  # fmt: skip
    messages, rest = _messages(segments, header, repertoire)
    return Interchange(header, messages, (*findings, *rest)[:FINDINGS])


def _header(first: Segment, repertoire: Repertoire) -> tuple[Header, list[Finding]]:
    wrong = []
    if first.tag != "UNB" or not (first.value(2) and first.value(3) and first.value(5)):
        raise NotWellFormed("The interchange names no sender, no recipient or no control reference.",
                            remedy="Fill the second, third and fifth data element of UNB.")  # fmt: skip
    if first.value(1, 2) not in ("1", "2", "3", "4"):
        wrong.append(Finding(SYNTAX_VERSION, "Syntax versions 1 to 4 are read here.", 0, 2, 2, "UNB"))
    day, time = first.value(4, 1), first.value(4, 2)
    try:
        prepared = dt.datetime.strptime(day[-6:] + time, "%y%m%d%H%M")  # noqa: DTZ007 - an interchange names no zone
    except ValueError:
        prepared = None
    if prepared is None:
        wrong.append(Finding(INVALID, "Write the date as YYMMDD and the time as HHMM.", 0, 5, 1, "UNB"))
    if len(first.value(5)) > LONGEST_REFERENCE:
        wrong.append(Finding(INVALID, f"A control reference has at most {LONGEST_REFERENCE} characters.", 0, 6, 0,
                             "UNB"))  # fmt: skip
    wrong += [each._replace(segment=0, tag="UNB") for each in _characters(first, 0, repertoire)]
    first = _fitted(first, repertoire)
    made = Header(
        Party(first.value(2, 1)[:35], first.value(2, 2)[:4]), Party(first.value(3, 1)[:35], first.value(3, 2)[:4]),
        prepared or _NEVER, first.value(5)[:LONGEST_REFERENCE], repertoire, first.value(7)[:14],
        first.value(9) == "1", first.value(11) == "1",
    )  # fmt: skip
    return made, wrong


def _messages(
    segments: Iterator[Segment], header: Header, repertoire: Repertoire
) -> tuple[tuple[Message, ...], list[Finding]]:
    """The messages up to the trailer, and what is wrong between them or with it."""
    found: list[Message] = []
    wrong: list[Finding] = []
    ended, left = False, None
    while (each := left or next(segments, None)) is not None:
        left = None
        if ended:
            wrong.append(Finding(NOT_HERE, "Nothing stands behind UNZ.", tag=each.tag))
            break
        match each.tag:
            case "UNH":
                if len(found) == MESSAGES:
                    raise TooLarge(f"An interchange has at most {MESSAGES} messages.", remedy="Send several.")
                message, left = _message(each, segments, repertoire)
                found.append(message)
            case "UNZ":
                ended = True
                wrong += _trailer(each, header, len(found))
            case "UNG" | "UNE":
                wrong.append(Finding(ENVELOPE, "Functional groups are not read here.", tag=each.tag))
            case _:
                wrong.append(Finding(NOT_HERE, f"{each.tag} stands in no message.", tag=each.tag))
    if not ended:
        wrong.append(Finding(MISSING, "The interchange ends without UNZ.", tag="UNZ"))
    if not found:
        wrong.append(Finding(MISSING, "There is no message in it.", tag="UNH"))
    references = [each.reference for each in found]
    if len(set(references)) < len(references):
        wrong.append(Finding(DUPLICATE, "Two messages have one reference.", 0, 2, 0, "UNH"))
    return tuple(found), wrong


def _trailer(trailer: Segment, header: Header, count: int) -> Iterator[Finding]:
    if trailer.value(1) != str(count):
        yield Finding(COUNT, f"UNZ counts {trailer.value(1)[:10] or 'nothing'}; there are {count} messages.", 0, 2, 0,
                      "UNZ")  # fmt: skip
    if trailer.value(2)[:LONGEST_REFERENCE] != header.reference:
        yield Finding(REFERENCES, "UNZ repeats another control reference than UNB.", 0, 3, 0, "UNZ")


def _message(opening: Segment, segments: Iterator[Segment], repertoire: Repertoire) -> tuple[Message, Segment | None]:
    """The message that a segment opens, and the one behind it where its end is missing."""
    strange = list(_characters(opening, 1, repertoire))
    opening = _fitted(opening, repertoire)
    reference = opening.value(1)[:LONGEST_REFERENCE]
    identifier = (*(each[:6] for each in opening.elements[1]),) if len(opening.elements) > 1 else ("",)
    wrong = strange if reference else [Finding(MISSING, "Give the message a reference.", 1, 2)]
    if not identifier[0]:
        wrong.append(Finding(MISSING, "Name the message type.", 1, 3, 1))
    body: list[Segment] = []
    closed, left = False, None
    for each in segments:
        if each.tag in ("UNH", "UNZ", "UNB"):
            left = each
            break
        if each.tag == "UNT":
            closed = True
            place = len(body) + 2
            if each.value(1) != str(place):
                wrong.append(Finding(COUNT, f"UNT counts {each.value(1)[:10]!r}; there are {place} segments.",
                                     place, 2))  # fmt: skip
            if each.value(2)[:LONGEST_REFERENCE] != reference:
                wrong.append(Finding(REFERENCES, "UNT repeats another reference than UNH.", place, 3))
            break
        body.append(each)
        if len(wrong) < FINDINGS:
            wrong += _characters(each, len(body) + 1, repertoire)
    if not closed:
        wrong.append(Finding(MISSING, "The message ends without UNT.", len(body) + 2))
    return Message(reference, identifier, tuple(body), opening.value(3)[:35], tuple(wrong[:FINDINGS])), left


def _characters(each: Segment, place: int, repertoire: Repertoire) -> Iterator[Finding]:
    for element, components in enumerate(each.elements, 2):
        for component, value in enumerate(components, 1):
            if value and ("\ufffd" in value or not repertoire.holds(value)):
                text = f"{repertoire.name} has not every character of this."
                yield Finding(CHARACTER, text, place, element, component if len(components) > 1 else 0, value=value)


def _fitted(each: Segment, repertoire: Repertoire) -> Segment:
    """A service segment as it can be repeated in an answer."""
    return Segment(each.tag, tuple(tuple(map(repertoire.fitted, element)) for element in each.elements))


def write(header: Header, messages: Sequence[Message]) -> bytes:
    """An interchange. Its values must fit its repertoire: see ``Repertoire.fitted``."""
    repertoire, prepared = header.repertoire, header.prepared
    day = f"{prepared:%Y%m%d}" if repertoire.syntax > 3 else f"{prepared:%y%m%d}"
    opening = segment(
        "UNB", (repertoire.name, str(repertoire.syntax)), tuple(header.sender), tuple(header.recipient),
        (day, f"{prepared:%H%M}"), header.reference, "", header.application, "", "1" if header.acknowledge else "", "",
        "1" if header.test else "",
    )  # fmt: skip
    closing = segment("UNZ", str(len(messages)), header.reference)
    inside = (each for message in messages for each in _written(message))
    return join((opening, *inside, closing)).encode(repertoire.codec)


def _written(message: Message) -> Iterable[Segment]:
    yield segment("UNH", message.reference, message.identifier, message.access)
    yield from message.segments
    yield segment("UNT", str(len(message.segments) + 2), message.reference)
