"""Data elements as fields of a form, and back: how a page asks what an application of a type consists of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from markupsafe import Markup

from douane.applications.customs_decisions.messages.showing import RequirementShown
from douane.author.pages import Field, Group, Option, Words

DEMANDED: Final = "A"
_LONG: Final = re.compile(r"an\.\.([0-9]{3,4})\Z")
_FIELD: Final = re.compile(r"\Ae([0-9]{2})_([0-9]{2})_([0-9]{3})_([0-9]{3})(_[nm])?\Z")
_CONDITION: Final = re.compile(r"\A([0-9]{2} [0-9]{2} [0-9]{3} [0-9]{3})\s+(.+)\Z")
_ANOTHER_PLACE: Final = frozenset({"31 01", "31 02", "31 03", "31 06", "31 07", "33 01", "33 02", "34 02"})
"""Classes that the message says elsewhere: type, signature, date, office and applicant."""
CONDITIONS: Final = "conditions"
LEFT_OUT, DISPUTED = "leaves_out", "disputed"


def groups(elements: Iterable[RequirementShown], words: Words) -> tuple[Group, ...]:
    """A group for each class of data elements, those that the type demands before the others."""
    known = {each.element: each for each in elements}
    made = []
    for number, each in known.items():
        if not number.endswith("000 000") or number[:5] in _ANOTHER_PLACE:
            continue
        fields = tuple(_fields(number[:5], known, words))
        if fields:
            demanded = each.status == DEMANDED and not each.footnotes
            title = Markup("{} {}").format(number[:5], words.model(each.name))
            made.append((not demanded, Group(title, fields, name=f"e{number[:5].replace(' ', '_')}")))
    return tuple(group for _, group in sorted(made, key=lambda pair: pair[0]))


def _fields(of_class: str, known: Mapping[str, RequirementShown], words: Words) -> Iterator[Field]:
    for number, each in known.items():
        if number[:5] != of_class or not each.format or each.format == "binary":
            continue
        several = _several(number, known)
        flag = each.code_list == "1 yes, 0 no"
        options = (Option("", ""), Option("1", words.plain("yes")), Option("0", words.plain("no"))) if flag else ()
        long = _LONG.match(each.format)
        hint = f"{number}, {each.format}" + (f", {each.code_list}" if each.code_list and not flag else "")
        if several:
            hint += f"; {words.plain('one on each line')}"
        yield Field(
            f"e{number.replace(' ', '_')}{several}", words.model(each.name), hint=hint, options=options,
            rows=3 if several or (long and int(long[1]) > 200) else 0, short=not long and not options and not several,
        )  # fmt: skip


def _several(number: str, known: Mapping[str, RequirementShown]) -> str:
    """How a repeated value is counted: ``_m`` with its part, ``_n`` with its class; empty where there is one."""
    part, whole = known.get(f"{number[:9]} 000"), known.get(f"{number[:5]} 000 000")
    if part is not None and part is not whole and part.most > 1:
        return "_m"
    return "_n" if whole is not None and whole.most > 1 else ""


def elements(said: Mapping[str, str]) -> dict[str, object]:
    """The data elements of a message, from what was typed; what was left empty is left out."""
    found: list[dict[str, object]] = []
    for name, typed in said.items():
        match = _FIELD.match(name)
        if match is None or not typed:
            continue
        number, counted = " ".join(match.groups()[:4]), match[5]
        lines = [each.strip() for each in typed.splitlines()] if counted else [" ".join(typed.split("\r\n"))]
        found += [
            {"element": number, "value": line, **({counted[1]: place} if counted else {})}
            for place, line in enumerate(lines, 1) if line
        ]  # fmt: skip
    return {"elements": found}


def place_of(element: str) -> str:
    """The pointer of a fault about a data element: its field, or the group of its class."""
    parts = element.split(" ")
    if parts[2:] == ["000", "000"]:
        parts = parts[:2]
    return "/e" + "_".join(parts)


def conditions(said: Mapping[str, str]) -> dict[str, object]:
    """Conditions of a decision, one on each line: the number of the data element and its value."""
    lines = [each.strip() for each in said.get(CONDITIONS, "").splitlines() if each.strip()]
    matched = ((_CONDITION.match(each), each) for each in lines)
    return {CONDITIONS: [[match[1], match[2]] if match else [each, ""] for match, each in matched]} if lines else {}


def decision(said: Mapping[str, str]) -> dict[str, object]:
    """Conditions, and what of the application is not granted, one part on each line."""
    return {**conditions(said), **_lines(said, LEFT_OUT)}


def objection(said: Mapping[str, str]) -> dict[str, object]:
    """The parts of a draft that are objected to, one on each line."""
    return _lines(said, DISPUTED)


def _lines(said: Mapping[str, str], name: str) -> dict[str, object]:
    found = [each.strip() for each in said.get(name, "").splitlines() if each.strip()]
    return {name: found} if found else {}


def asked_decision(words: Words) -> tuple[Group, ...]:
    """The fields for conditions, and for what is left out."""
    hint = words.plain("What is not granted, one part on each line, in the words of an objection where there is one.")
    left_out = Field(LEFT_OUT, words.plain("Left out of what was asked"), hint=hint, rows=3)
    return asked_conditions(words), Group("", (left_out,))


def asked_objection(words: Words) -> Group:
    """The field for what an objection is about."""
    hint = words.plain("Only with an objection to a draft: the parts, one on each line; none for the whole.")
    return Group("", (Field(DISPUTED, words.plain("Disputed parts"), hint=hint, rows=3),))


def asked_conditions(words: Words) -> Group:
    """The field for conditions."""
    hint = words.plain("Number of the data element and its value, one on each line.")
    return Group("", (Field(CONDITIONS, words.plain("Conditions of the decision"), hint=hint, rows=4),))
