"""Random valid messages from the layouts."""

from __future__ import annotations

import datetime as dt
import random
import re
from decimal import Decimal
from re import _parser

from douane.standards.ncts.binding.kinds import Base, Kind
from douane.standards.ncts.binding.layout import Layout, Leaf

LETTERS = "abcXYZ019 -./&'\"<>éßΩ漢\u00a0\U0001f4e6"


def from_pattern(pattern: str, rng: random.Random) -> str:
    """A text that matches an expression."""
    return "".join(_walk(_parser.parse(pattern), rng))


def _walk(tree: object, rng: random.Random) -> list[str]:
    out: list[str] = []
    for op, value in tree:  # type: ignore[attr-defined]
        name = str(op)
        if name == "LITERAL":
            out.append(chr(value))
        elif name == "ANY":
            out.append(rng.choice("aZ5 "))
        elif name == "NOT_LITERAL":
            out.append(rng.choice([c for c in "aZ5-" if c != chr(value)]))
        elif name == "IN":
            out.append(_one_of(value, rng))
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            low, high, inner = value
            for _ in range(rng.randint(low, min(int(high), low + 6))):
                out += _walk(inner, rng)
        elif name == "SUBPATTERN":
            out += _walk(value[-1], rng)
        elif name == "BRANCH":
            out += _walk(rng.choice(value[1]), rng)
        else:
            raise ValueError(name)
    return out


def _one_of(parts: list[tuple[object, object]], rng: random.Random) -> str:
    if str(parts[0][0]) == "NEGATE":
        bad = re.compile("[" + "".join(_shown(part) for part in parts[1:]) + "]")
        return rng.choice([c for c in "abZ19-_%" if not bad.match(c)])
    op, value = rng.choice(parts)
    return chr(value) if str(op) == "LITERAL" else chr(rng.randint(*value))  # type: ignore[arg-type, misc]


def _shown(part: tuple[object, object]) -> str:
    op, value = part
    if str(op) == "LITERAL":
        return re.escape(chr(value))  # type: ignore[arg-type]
    return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"  # type: ignore[index]


def _text(kind: Kind, rng: random.Random) -> str:
    for _ in range(400):
        if kind.patterns:
            text = from_pattern(kind.patterns[-1], rng)
            if "[^@]" in kind.patterns[-1] or r"[^@]*" in kind.patterns[-1]:
                text = "a" + text.replace(" ", "") + "b"
        else:
            text = "".join(rng.choice(LETTERS) for _ in range(rng.randint(max(kind.least, 1), min(kind.most, 40))))
        if kind.read(text) == text:
            return text
    raise AssertionError(f"no text found for {kind}")


def value_of(kind: Kind, rng: random.Random) -> object:
    """A random valid value."""
    if kind.base is Base.FLAG:
        return rng.random() < 0.5
    if kind.values:
        return rng.choice(kind.values)
    if kind.base is Base.INTEGER:
        return rng.randint(kind.least, kind.most)
    if kind.base is Base.DECIMAL:
        number = Decimal(rng.randint(1, 10 ** rng.randint(1, kind.most) - 1))
        return number.scaleb(-rng.randint(0, kind.least)) if number % 10 else number
    if kind.base is Base.DATE:
        return dt.date.fromordinal(rng.randint(1, dt.date.max.toordinal()))
    if kind.base is Base.MOMENT:
        return dt.datetime.fromordinal(rng.randint(1, dt.date.max.toordinal())).replace(hour=rng.randint(0, 23))
    return _text(kind, rng)


def group_of(layout: Layout, rng: random.Random) -> dict[str, object]:
    """Random valid fields of a group: each optional item now and then."""
    fields: dict[str, object] = {}
    for item in layout.items:
        if not item.least and rng.random() < 0.5:
            continue
        if isinstance(item, Leaf):
            fields[item.name] = value_of(item.kind, rng)
        elif item.most == 1:
            fields[item.name] = item.layout.struct(**group_of(item.layout, rng))
        else:
            count = rng.choice((1, 1, 1, 2))
            fields[item.name] = tuple(item.layout.struct(**group_of(item.layout, rng)) for _ in range(count))
    return fields
