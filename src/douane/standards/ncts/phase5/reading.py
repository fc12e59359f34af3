"""Reading and writing messages of phase 5 as XML.

Two readers: the fast one matches the usual written form with generated expressions and only accepts; whatever it
does not accept goes through the hardened parser to the collecting reader, which accepts or names every fault.
"""

from __future__ import annotations

import re
from functools import lru_cache

from douane.standards.ncts.binding.collecting import Reading
from douane.standards.ncts.binding.runs import Unusual
from douane.standards.ncts.phase5.codecs import NAMES, codec, unknown
from douane.standards.ncts.phase5.generated import PHASES
from douane.standards.ncts.phase5.generated.group import Message
from douane.standards.xml.reading import Limits, read_text, read_tree
from douane.vocabulary.errors import NotValid

NAMESPACE = "http://ncts.dgtaxud.ec"
LIMITS = Limits(size=16_000_000, depth=32, elements=400_000)
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"

_VALUE = r"\"[ -!#-%'-;=-~]*\""
_HEAD = re.compile(
    r"(?:<\?xml version=(?:\"1\.0\"|'1\.0')(?: encoding=(?:\"(?i:UTF-8)\"|'(?i:UTF-8)'))?"
    r"(?: standalone=(?:\"(?:yes|no)\"|'(?:yes|no)'))?[ ]?\?>)?[ \t\r\n]*+"
    rf"<([A-Za-z_][A-Za-z0-9_]*+):(C[CD][0-9]{{3}}[CD])((?:[ ][A-Za-z0-9_:]{{1,32}}={_VALUE}){{1,8}})[ ]?>[ \t\r\n]*+"
)
_ATTRIBUTE = re.compile(rf"[ ]([A-Za-z0-9_:]+)=({_VALUE})")
_BLANKS = " \t\r\n"
_OTHER_ENTITY = re.compile("&(?!amp;|quot;|apos;)")


def read(data: bytes) -> Message:
    """The message in ``data``; its root element names the type.

    Raises NotWellFormed, TooLarge, UnknownMessageType, or NotValid with every fault.
    """
    return read_usual(read_text(data, LIMITS)) or read_any(data)


def read_usual(text: str) -> Message | None:
    """The message, if it is valid and in the usual written form."""
    head = _HEAD.match(text)
    if head is None:
        return None
    prefix, name, attributes = head.groups()
    phase = _phase(prefix, attributes)
    if phase is None or name not in NAMES:
        return None
    if "&" in text:
        if _OTHER_ENTITY.search(text):
            return None
        # From here on a plain "&" stands for itself; the head before the reader's place holds none.
        text = text.replace("&quot;", '"').replace("&apos;", "'").replace("&amp;", "&")
    try:
        message, at = codec(name).read(text, text.startswith, head.end(), phase or None)
    except (Unusual, ValueError):  # ValueError: a date that does not exist, or 24:00:00
        return None
    end = f"</{prefix}:{name}>"
    if not text.startswith(end, at) or text[at + len(end) :].strip(_BLANKS):
        return None
    return message


def read_any(data: bytes) -> Message:
    """The message in any form that XML allows. Raises like ``read``."""
    root = read_tree(data, LIMITS)
    space, _, name = str(root.tag).rpartition("}")
    if space != "{" + NAMESPACE:
        raise unknown(name, f"Put the root element in the namespace {NAMESPACE}.")
    known = codec(name)
    reading = Reading(PHASES)
    message = reading.message(root, known.layout)
    if not isinstance(message, Message):
        count = len(reading.faults)
        text = f"The {name} breaks its schema in {count} place{'s' * (count > 1)}."
        raise NotValid(text, remedy="Mend each place named.", faults=tuple(reading.faults))
    return message


def write(message: Message) -> bytes:
    """The message as XML in UTF-8. Its values are not checked; raises OurFault for what XML cannot carry."""
    name = type(message).__name__
    phase = f' PhaseID="{message.phase_id}"' if message.phase_id in PHASES else ""
    body = codec(name).write(message)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<ncts:{name} xmlns:ncts="{NAMESPACE}"{phase}>{body}</ncts:{name}>'
    ).encode()


@lru_cache(maxsize=256)
def _phase(prefix: str, attributes: str) -> str | None:
    """The PhaseID (empty if absent) if these are the usual attributes of a root, else None."""
    found = [(name, value[1:-1]) for name, value in _ATTRIBUTE.findall(attributes)]
    pairs = dict(found)
    phase = pairs.pop("PhaseID", "")
    hint = pairs.pop("xsi:schemaLocation", None)
    usual = (
        len(found) == len(dict(found))
        and not prefix.lower().startswith("xml")
        and pairs.pop(f"xmlns:{prefix}", "") == NAMESPACE
        and (phase in PHASES or not phase)
        and ("PhaseID" not in dict(found) or phase)
        and pairs.pop("xmlns:xsi", INSTANCE if hint is None else "") == INSTANCE
        and not pairs
    )
    return phase if usual else None
