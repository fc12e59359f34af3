"""Turns resolved simple types into the kinds of the binding."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass

from tools.ncts.schema import Schemas, Simple
from tools.ncts.shapes import value_type

Text = str | int | tuple[str, ...]
TEXT = r"[^<>\x00-\x1f\ufffe\uffff]"
WORD = r"[^<>\x00-\x20\ufffe\uffff]"
# U+180E left category Z with Unicode 6.3; libxml2, the judge in our tests, still counts it in.
SEPARATORS = r" \xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
NARROW = {  # a class that would run over markup -> the same without markup and control characters
    "[!-~]": "[!-;=?-~]",
    "[ -~]": "[ -;=?-~]",
    "[^@]": r"[^@<>\x00-\x1f\ufffe\uffff]",
    r"[^\.]": r"[^\.<>\x00-\x1f\ufffe\uffff]",
    r"[\x00-\x7f]": r"[ -;=?-\x7f]",
    f"[^{SEPARATORS}]": rf"[^{SEPARATORS}<>\x00-\x1f\ufffe\uffff]",
}
BASES = {"xs:token": "COLLAPSED", "xs:normalizedString": "TEXT", "xs:integer": "INTEGER", "xs:decimal": "DECIMAL"}
BASES |= {"xs:date": "DATE", "xs:dateTime": "MOMENT"}
_DOTS = re.compile(r"\.\{(\d+)(?:,(\d+))?\}$")
_CLASS = re.compile(r"\[(?:\\.|[^\]])*\]")


@dataclass
class Facets:
    """The facets of a simple type, sorted by what they say."""

    least: int = 0
    most: int = 0
    patterns: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    digits: int = 0
    fraction: int = 0


def python_pattern(pattern: str) -> str:
    """The same expression in the dialect of ``re``."""
    pattern = pattern.replace(r"\P{Z}", f"[^{SEPARATORS}]").replace(r"\p{IsBasicLatin}", r"[\x00-\x7f]")
    pattern = pattern.replace(r"\d", "[0-9]")
    pattern = re.sub(r"\[(.)\]", r"\1", pattern)
    return re.sub(r"\((?!\?)", "(?:", pattern)


def facets_of(simple: Simple) -> Facets:
    """Collect the facets of all restrictions of a type."""
    found = Facets()
    for step in simple.steps:
        patterns = [value for facet, value in step if facet == "pattern"]
        dots = _DOTS.match(patterns[0]) if len(patterns) == 1 else None
        if dots:
            found.least = max(found.least, int(dots[1]))
            found.most = min(found.most or 10**6, int(dots[2] or dots[1]))
        elif patterns:
            found.patterns += ("|".join(python_pattern(p) for p in patterns),)
        values = tuple(value.strip() for facet, value in step if facet == "enumeration")
        found.values = tuple(dict.fromkeys(values)) or found.values
        for facet, value in step:
            _limit(found, facet, value)
    if found.most and not found.least and found.patterns:
        found.least = min(_width(found.patterns[-1])[0], found.most)
    return found


def _limit(found: Facets, facet: str, value: str) -> None:
    if facet in ("minLength", "length"):
        found.least = max(found.least, int(value))
    if facet in ("maxLength", "length"):
        found.most = min(found.most or 10**6, int(value))
    if facet == "minInclusive":
        found.low = int(value)
    if facet == "maxInclusive":
        found.high = int(value)
    if facet == "totalDigits":
        found.digits = int(value)
    if facet == "fractionDigits":
        found.fraction = int(value)


def narrowed(pattern: str) -> str:
    """The expression with no part that could match markup, or white space other than a space."""

    def safe(match: re.Match[str]) -> str:
        chosen = NARROW.get(match[0], match[0])
        for bad in "<>\t\n\r\x00":
            if re.fullmatch(chosen, bad):
                raise ValueError(f"class {match[0]} runs over markup")
        return chosen

    out, last = "", 0
    for match in _CLASS.finditer(pattern):
        out += re.sub(r"(?<!\\)\.", lambda _: TEXT, pattern[last : match.start()]) + safe(match)
        last = match.end()
    return out + re.sub(r"(?<!\\)\.", lambda _: TEXT, pattern[last:])


def _width(pattern: str) -> tuple[int, int]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import re._parser as parser  # the public module tells no widths

        low, high = parser.parse(pattern).getwidth()
    return int(low), int(high)


def fast(simple: Simple, facets: Facets) -> str:
    """The expression of the usual written form; it may refuse what is valid, never accept what is not."""
    base = BASES[simple.base]
    if facets.values:
        return "|".join(re.escape(value) for value in facets.values)
    if base == "DECIMAL":
        zero = "0" in facets.patterns[0][:4]
        whole = rf"(?:0|[1-9][0-9]{{0,15}})(?:\.[0-9]{{1,{facets.fraction}}})?"
        more = rf"(?:[1-9][0-9]{{0,15}}(?:\.[0-9]{{1,{facets.fraction}}})?|0\.[0-9]{{0,{facets.fraction - 1}}}[1-9])"
        return rf"(?=[^<]{{1,{facets.digits + 1}}}<)" + (whole if zero else more)
    if base in ("DATE", "MOMENT", "INTEGER"):
        return facets.patterns[0] if "|" not in facets.patterns[0] else f"(?:{facets.patterns[0]})"
    return _fast_text(base, facets)


def _fast_text(base: str, facets: Facets) -> str:
    guard = rf"(?=[^<]{{{facets.least},{facets.most}}}<)" if facets.most else ""
    if not facets.patterns:
        if base == "TEXT":
            return f"{TEXT}{{{facets.least},{facets.most}}}"
        return WORD if facets.most == 1 else f"{guard}{WORD}++(?: {WORD}++)*+"
    if base == "COLLAPSED" and any(re.search(r"(?<!\\)\.", _CLASS.sub("", p)) for p in facets.patterns):
        raise ValueError("a collapsed text with a free pattern is not foreseen")
    pieces = [f"(?:{narrowed(p)})" if "|" in p else narrowed(p) for p in facets.patterns]
    if facets.most:
        low, high = _width(facets.patterns[-1])
        if low >= facets.least and high <= facets.most:
            guard = ""
    return guard + "".join(f"(?={piece}<)" for piece in pieces[:-1]) + pieces[-1]


def allowed(facets: Facets) -> str:
    """The expression of one character that the patterns know at all; empty if nearly all are."""
    classes = {c for pattern in facets.patterns for c in _CLASS.findall(pattern)}
    rest = "".join(_CLASS.sub("", re.sub(r"\{[^}]*\}|\(\?:|[()|*+?]", "", p)) for p in facets.patterns)
    if not classes or any(c.startswith("[^") for c in classes) or re.search(r"(?<!\\)\.", rest):
        return ""
    literals = {re.escape(c) for c in rest.replace("\\", "")}
    return "|".join(sorted(classes) + sorted(literals))


def kind_of(simple: Simple) -> dict[str, Text]:
    """The fields of the kind, as the binding has them."""
    facets = facets_of(simple)
    flag = value_type(simple) == "bool"
    base = "FLAG" if flag else BASES[simple.base]
    least, most = facets.least, facets.most
    if base == "INTEGER":
        least, most = facets.low, facets.high
    if base == "DECIMAL":
        least, most = facets.fraction, facets.digits
    return {
        "base": base.lower(),
        "fast": fast(simple, facets),
        "least": least,
        "most": most,
        "patterns": facets.patterns if base not in ("DATE", "MOMENT") else (),
        "values": facets.values,
        "allowed": allowed(facets) if base in ("TEXT", "COLLAPSED") else "",
    }


def name_kinds(schemas: Schemas, used: set[Simple]) -> dict[Simple, str]:
    """A constant's name for each kind: the shortest official name among the equal ones."""
    names: dict[str, list[str]] = {}
    sources = {simple: repr(kind_of(simple)) for simple in used}
    for name, simple in schemas.simple.items():
        if simple in sources:
            names.setdefault(sources[simple], []).append(name)
    taken: dict[str, str] = {}
    for text, candidates in sorted(names.items()):
        best = min(candidates, key=lambda n: (n.endswith("Type") or "ContentType" in n, len(n), n))
        snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", best).upper().replace("__", "_").replace("-", "_")
        while snake in taken.values():
            snake += "_"
        taken[text] = snake
    return {simple: taken[text] for simple, text in sources.items()}
