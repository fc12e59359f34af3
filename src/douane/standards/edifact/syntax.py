"""Segments as characters: tags, data elements and components, split and joined through pydifact, within limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from pydifact import Characters, Serializer, Tokenizer
from pydifact import Segment as Serialised
from pydifact.exceptions import EDISyntaxError
from pydifact.token import Token

from douane.vocabulary.errors import NotWellFormed, TooLarge

SIZE: Final = 1_000_000
"""Bytes of an interchange: four declarations of 1,999 goods items. Reading takes about 0.7 s a million characters."""
SEGMENTS: Final = 100_000
ELEMENTS: Final = 100
COMPONENTS: Final = 20
LENGTH: Final = 2_000
"""Characters of a component."""
USUAL: Final = ":+.? '"
"""The service characters that we write: component, element, decimal mark, release, reserved, segment end."""
_TAG = re.compile(r"[A-Z][A-Z0-9]{2}")
Elements = tuple[tuple[str, ...], ...]


class Segment(NamedTuple):
    """A segment; each data element is a tuple of components."""

    tag: str
    elements: Elements = ()

    def value(self, element: int, component: int = 1) -> str:
        """A component, both counted from 1; empty where it was left out."""
        found = self.elements[element - 1] if element <= len(self.elements) else ()
        return found[component - 1] if component <= len(found) else ""


def segment(tag: str, *elements: str | tuple[str, ...]) -> Segment:
    """A segment from its data elements, without those at the end that are empty."""
    made = [(each,) if isinstance(each, str) else _trimmed(each) for each in elements]
    while made and not any(made[-1]):
        made.pop()
    return Segment(tag, tuple(made))


def service_characters(advice: str) -> Characters:
    """What a service string advice (UNA) appoints. Raises NotWellFormed for what separates nothing."""
    if len(advice) != 6 or len({advice[0], advice[1], advice[3], advice[5]}) != 4 or advice[3] == " ":
        raise NotWellFormed("The service string advice (UNA) does not appoint four different service characters.",
                            remedy=f"Write UNA{USUAL}")  # fmt: skip
    if any(each.isalnum() for each in advice) or not advice.isascii() or not advice.isprintable():
        raise NotWellFormed("The service string advice (UNA) appoints letters, digits or unprintable characters.",
                            remedy=f"Write UNA{USUAL}")  # fmt: skip
    return Characters.from_str(f"UNA{advice}")


def split(text: str, characters: Characters) -> Iterator[Segment]:
    """The segments of a text. Raises NotWellFormed where it ends inside one, TooLarge beyond a limit."""
    made: list[list[str]] = [[""]]
    count = 0
    try:
        for token in Tokenizer().get_tokens(text, characters):
            match token.type:
                case Token.Type.TERMINATOR:
                    count += 1
                    if count > SEGMENTS:
                        raise TooLarge(f"An interchange has at most {SEGMENTS} segments.", remedy="Send several.")
                    yield _segment(made, count)
                    made = [[""]]
                case Token.Type.DATA_SEPARATOR:
                    made.append([""])
                    if len(made) > ELEMENTS + 1:
                        raise TooLarge(f"Segment {count + 1} has more than {ELEMENTS} data elements.")
                case Token.Type.COMPONENT_SEPARATOR:
                    made[-1].append("")
                    if len(made[-1]) > COMPONENTS:
                        raise TooLarge(f"A data element of segment {count + 1} has more than {COMPONENTS} components.")
                case _:
                    if len(token.value) > LENGTH:
                        raise TooLarge(f"A component of segment {count + 1} has more than {LENGTH} characters.")
                    made[-1][-1] = token.value
    except EDISyntaxError as problem:
        raise _unended(count) from problem
    if made != [[""]]:
        raise _unended(count)


def _unended(count: int) -> NotWellFormed:
    return NotWellFormed(
        f"The interchange ends inside segment {count + 1}, or releases an end of line there.",
        remedy="End each segment with its terminator, and release service characters only.",
    )


def _segment(made: list[list[str]], count: int) -> Segment:
    tag, *elements = made
    if len(tag) != 1 or not _TAG.fullmatch(tag[0]):
        raise NotWellFormed(f"Segment {count} begins with no tag.",
                            remedy="Begin it with three capitals or digits.")  # fmt: skip
    return Segment(tag[0], tuple(_trimmed(tuple(each)) for each in elements))


def join(segments: Iterable[Segment]) -> str:
    """The text of segments behind a service string advice; what stands for a service character is released."""
    made = [Serialised(each.tag, *(list(element) for element in each.elements or (("",),))) for each in segments]
    return Serializer(Characters.from_str(f"UNA{USUAL}")).serialize(made, with_una_header=True)


def _trimmed(components: tuple[str, ...]) -> tuple[str, ...]:
    while len(components) > 1 and not components[-1]:
        components = components[:-1]
    return components
