"""Regular expressions of Python in the dialect of XML Schema, which anchors them and knows fewer escapes."""

from __future__ import annotations

import functools
import re

from douane.vocabulary.errors import DeclarationFault

_TOKEN = re.compile(
    r"\\x(?P<hex>[0-9a-fA-F]{2})|\\u(?P<wide>[0-9a-fA-F]{4})|\\U(?P<long>[0-9a-fA-F]{8})|\\(?P<escaped>.)"
    r"|\((?P<group>\?:)|(?P<foreign>\(\?)|(?P<repeat>[*+?}][+?])|(?P<plain>.)",
    re.DOTALL,
)
_OUTSIDE = frozenset(r"\|.?*+(){}[]")
_INSIDE = frozenset(r"\[]^-")
_CLASSES = frozenset("dDsS")
_WORD = r"\p{L}\p{N}_"
"""What ``\\w`` accepts in Python; in XML Schema it takes symbols in, and leaves the underscore out."""
_CONTROL = {"n": "\n", "r": "\r", "t": "\t"}
ANYTHING = r"[\s\S]*"


@functools.lru_cache(maxsize=1024)
def xsd_pattern(expression: str) -> str:
    """The same language of whole texts as ``re.search(expression)`` accepts, for an ``xs:pattern`` facet.

    An expression without ``\\A`` or ``\\Z`` may find its match anywhere. Raises DeclarationFault for what XML Schema
    cannot say: look-around, back references, possessive and lazy repeats, flags, anchors inside or of one
    alternative only.
    """
    start, end = expression.startswith((r"\A", "^")), expression.endswith((r"\Z", "$"))
    body = expression.removeprefix("^").removeprefix(r"\A") if start else expression
    body = body.removesuffix("$").removesuffix(r"\Z") if end else body
    if (start or end) and _has_top_level_choice(body):
        raise DeclarationFault(
            f"The anchors of {expression!r} hold for its first and last alternative only.",
            remedy=r"Put the alternatives in a group: \A(?:a|b)\Z.",
        )
    made = _translated(body, expression)
    if not (start and end):
        made = f"{'' if start else ANYTHING}({made}){'' if end else ANYTHING}"
    return made


def xsd_whole(expression: str) -> str:
    """The same language as ``re.fullmatch(expression)``: for expressions that are written without anchors."""
    return _translated(expression, expression)


def _has_top_level_choice(body: str) -> bool:
    depth = 0
    inside = False
    for token in _TOKEN.finditer(body):
        text = token[0]
        if inside:
            inside = text != "]"
        elif text == "[":
            inside = True
        elif token["group"] or text == "(":
            depth += 1
        elif text == ")":
            depth -= 1
        elif text == "|" and depth == 0:
            return True
    return False


def _translated(body: str, whole: str) -> str:
    out: list[str] = []
    opened = -1  # where in ``out`` the class began that we are inside of
    for token in _TOKEN.finditer(body):
        if opened >= 0:
            text = token["plain"] or ""
            if text == "]" and len(out) > opened + 1 + (out[opened + 1 : opened + 2] == ["^"]):
                out.append("]")
                opened = -1
            else:
                out.append(_in_class(token, first=len(out) == opened + 1, whole=whole))
        elif token["plain"] == "[":
            opened = len(out)
            out.append("[")
        else:
            out.append(_outside(token, whole))
    return "".join(out)


def _outside(token: re.Match[str], whole: str) -> str:
    character = _character(token)
    if character:
        return _written(character, _OUTSIDE)
    if token["group"]:
        return "("
    if token["foreign"] or token["repeat"]:
        raise _unsayable(whole, token[0])
    if token["escaped"]:
        letter = token["escaped"]
        return {"w": f"[{_WORD}]", "W": f"[^{_WORD}]"}.get(letter) or _escape(letter, _OUTSIDE, whole)
    if token["plain"] in "^$":
        raise _unsayable(whole, token[0])
    return str(token["plain"])


def _in_class(token: re.Match[str], *, first: bool, whole: str) -> str:
    character = _character(token)
    if character:
        return _written(character, _INSIDE)
    if token["escaped"]:
        return _WORD if token["escaped"] == "w" else _escape(token["escaped"], _INSIDE, whole)
    text = token[0]  # what groups or repeats outside is a plain sign here
    if text == "^" and first:
        return "^"
    return "".join(_written(each, _INSIDE - {"-"}) for each in text)


def _character(token: re.Match[str]) -> str:
    digits = token["hex"] or token["wide"] or token["long"]
    return chr(int(digits, 16)) if digits else ""


def _escape(letter: str, special: frozenset[str], whole: str) -> str:
    if letter in _CLASSES:
        return "\\" + letter
    if letter in _CONTROL:  # as itself: libxml2 misreads an escape that begins a range
        return _CONTROL[letter]
    if letter.isalnum():
        raise _unsayable(whole, "\\" + letter)
    return _written(letter, special)


def _written(character: str, special: frozenset[str]) -> str:
    if character in special:
        return "\\" + character
    if character < " " and character not in "\t\n\r":  # no XML document holds it; a tab keeps a range in order
        return "\t"
    return character


def _unsayable(whole: str, part: str) -> DeclarationFault:
    return DeclarationFault(
        f"XML Schema cannot say {part!r} of the expression {whole!r}.", remedy="Write the expression without it."
    )
