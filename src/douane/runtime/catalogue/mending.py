"""What msgspec finds wrong with a value, as a sentence that says what to write instead."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence
from typing import Final

_KINDS: Final = {
    "array": "a list", "bool": "true or false", "date": "a date such as 2026-11-27",
    "datetime": "a date and time such as 2026-11-27T08:00:00Z", "decimal": "a number", "float": "a decimal number",
    "int": "a whole number", "null": "null", "object": "an object", "str": "a text",
}  # fmt: skip
FORM: Final = "Write a text of the form "
"""How the sentence for a text of another form begins; the form stands in it as an expression."""
_BOUNDS: Final = {">=": "at least", ">": "more than", "<=": "at most", "<": "less than"}


def remedy_of(problem: str) -> str:
    """The sentence for a message of a ``ValidationError``, its place left out; the message itself where none fits."""
    for pattern, sentence in _SENTENCES:
        found = pattern.fullmatch(problem)
        if found is not None:
            return sentence(found.groups())
    return f"{problem}."


def _kinds(text: str) -> str:
    return " or ".join(_KINDS.get(each, each) for each in text.split(" | "))


def _length(words: Sequence[str]) -> str:
    kind, bound, size = words
    unit = {"str": "character", "array": "item"}.get(kind, "member")
    return f"Write {_BOUNDS[bound]} {size} {unit}{'' if size == '1' else 's'} here."


def _form(words: Sequence[str]) -> str:
    pattern = str(ast.literal_eval(words[0])).removeprefix(r"\A").removesuffix(r"\Z")
    return f"{FORM}{pattern} here."


_SENTENCES: Final[tuple[tuple[re.Pattern[str], Callable[[Sequence[str]], str]], ...]] = (
    (re.compile(r"Object missing required field `(.+)`"), lambda words: f"Add the field {words[0]}."),
    (re.compile(r"Expected `(.+)`, got `(.+)`"), lambda words: "Write {} here, not {}.".format(*map(_kinds, words))),
    (re.compile(r"Expected `(\w+)` of length (>=|<=) (\d+)"), _length),
    (re.compile(r"Expected `\w+` (>=|>|<=|<) (\S+)"), lambda words: f"Write {_BOUNDS[words[0]]} {words[1]} here."),
    (re.compile(r"Expected `str` matching regex (.+)"), _form),
    (re.compile(r"Invalid enum value '?(.*?)'?"), lambda words: f"Write a value of this field; {words[0]} is none."),
    (re.compile(r"Invalid RFC3339 encoded (\w+)"), lambda words: f"Write {_kinds(words[0])} here."),
    (re.compile(r"Invalid decimal string"), lambda _: "Write a number here."),
)  # fmt: skip
