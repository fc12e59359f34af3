"""The cells of a decision table: unary tests of a small, closed grammar.

    cell     = "-" | tests | "not(" tests ")"
    tests    = test { "," test }
    test     = literal | ("<" | "<=" | ">" | ">=" | "=") literal | interval | prefix | "null"
    interval = ("[" | "(" | "]") literal ".." literal ("]" | ")" | "[")
    prefix   = "starts with" ( literal | "(" "?" "," literal ")" )

A literal is read by the type of its column: text bare (``CN``, ``2710``) or quoted; numbers; dates bare, quoted after
``@`` or as ``date("...")``; ``true`` and ``false``. Comparisons and intervals stand in number and date columns,
prefixes in text columns. Logic is two-valued: an absent value holds in ``-``, in ``null`` and in a ``not(...)``
without ``null``.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from decimal import Decimal
from typing import NoReturn

import msgspec

from douane.vocabulary.errors import DeclarationFault, Fault

Value = str | int | Decimal | dt.date
"""What stands in an input, a literal or an output; bool is among them, being an int."""

MAX_CELL = 10_000
"""Characters in one cell."""


class Kind(enum.Enum):
    """Type of a column. The value is the word of the stored form."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"


class Equal(msgspec.Struct, frozen=True):
    """The value is this one."""

    value: Value


class Prefix(msgspec.Struct, frozen=True):
    """The value starts with this text."""

    text: str


class Between(msgspec.Struct, frozen=True):
    """The value lies between two ends; None is no end on that side."""

    low: int | Decimal | dt.date | None
    high: int | Decimal | dt.date | None
    low_included: bool = False
    high_included: bool = False


class Absent(msgspec.Struct, frozen=True):
    """There is no value."""


Test = Equal | Prefix | Between | Absent


class Cell(msgspec.Struct, frozen=True):
    """Holds if one of the tests holds; negated: if none does. Without tests it always holds."""

    tests: tuple[Test, ...] = ()
    negated: bool = False


ANY = Cell()

_TOKEN = re.compile(
    r'\s*(?:(?P<string>"(?:[^"\\]|\\.)*")|(?P<sign>\.\.|<=|>=|[<>=,()\[\]])|(?P<word>(?:(?!\.\.)[^\s,()\[\]<>="])+))'
)
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Characters that no text of a table may hold; XML could not carry most of them."""

_BARE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./+-]*")
_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,9})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_RESERVED = frozenset({"not", "null", "starts", "with", "true", "false", "date"})


def parse_cell(text: str, kind: Kind, *, feel: bool = False) -> Cell:
    """The cell that this text spells. Raises `DeclarationFault` with one fault whose column counts from 1.

    ``feel`` refuses bare texts and dates: in DMN files they are names of variables and subtractions.
    """
    if text.strip() == "-":
        return ANY
    return _Parser(text, kind, feel).cell()


def parse_literal(text: str, kind: Kind, *, feel: bool = False) -> Value | None:
    """A single literal, or None for ``null``; reads and raises like `parse_cell`."""
    parser = _Parser(text, kind, feel)
    value = None if parser.take("word", "null") else parser.literal()
    parser.end()
    return value


def parse_number(text: str) -> int | Decimal | None:
    """A number of at most 18 digits before and 9 after the point, whole ones as int; None where it is none."""
    if _NUMBER.fullmatch(text) is None:
        return None
    number = Decimal(text)
    whole = int(number)
    return whole if whole == number else number.normalize()


def parse_date(text: str) -> dt.date | None:
    """A calendar day in the form 2026-01-31; None where it is none."""
    if _DATE.fullmatch(text) is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


class _Parser:
    """Reads one cell from left to right; every method raises at the place where the text stops making sense."""

    def __init__(self, text: str, kind: Kind, feel: bool) -> None:
        self.text, self.kind, self.feel, self.at = text, kind, feel, 0
        self.tokens: list[tuple[str, str, int]] = []
        if len(text) > MAX_CELL:
            self.fail(f"Shorten the cell to {MAX_CELL} characters, or split the row.")
        end = len(text.rstrip())
        place = 0
        while place < end:
            found = _TOKEN.match(text, place)
            if found is None:
                self.fail("Close the quotation mark.", place)
            group = str(found.lastgroup)
            self.tokens.append((group, found.group(group), found.start(group)))
            place = found.end()

    def fail(self, remedy: str, place: int | None = None) -> NoReturn:
        if place is None:
            place = self.tokens[self.at][2] if self.at < len(self.tokens) else len(self.text)
        fault = Fault("", "DT-CELL", remedy, value=self.text, column=place + 1)
        raise DeclarationFault(f"The cell {self.text[:80]!r} cannot be read at column {place + 1}.", faults=(fault,))

    def peek(self, ahead: int = 0) -> tuple[str, str]:
        position = self.at + ahead
        return self.tokens[position][:2] if position < len(self.tokens) else ("end", "")

    def take(self, group: str, text: str) -> bool:
        if self.peek() == (group, text):
            self.at += 1
            return True
        return False

    def need(self, text: str) -> None:
        if not self.take("sign", text):
            self.fail(f"Put {text!r} here.")

    def end(self) -> None:
        if self.at < len(self.tokens):
            self.fail("Separate tests by a comma and end the cell here.")

    def cell(self) -> Cell:
        negated = self.peek() == ("word", "not") and self.peek(1) == ("sign", "(")
        if negated:
            self.at += 2
        tests = [self.test()]
        while self.take("sign", ","):
            tests.append(self.test())
        if negated:
            self.need(")")
        self.end()
        return Cell(tuple(tests), negated)

    def test(self) -> Test:
        group, text = self.peek()
        if (group, text) == ("word", "null"):
            self.at += 1
            return Absent()
        if (group, text) == ("word", "starts"):
            return self.prefix()
        if group == "sign" and text in {"<", "<=", ">", ">="}:
            return self.comparison()
        if group == "sign" and text in {"[", "]", "("}:
            return self.interval()
        if self.take("sign", "="):
            return Equal(self.literal())
        return Equal(self.literal())

    def prefix(self) -> Prefix:
        start = self.tokens[self.at][2]
        self.at += 1
        if not self.take("word", "with"):
            self.fail('Write: starts with "27".')
        if self.kind is not Kind.TEXT:
            self.fail(f"Only text starts with something; this column is a {self.kind.value}.", start)
        called = self.take("sign", "(")
        if called:
            if not self.take("word", "?"):
                self.fail('Write: starts with(?, "27").')
            self.need(",")
        value = self.literal()
        if called:
            self.need(")")
        if not isinstance(value, str) or not value:
            self.fail("Give the prefix at least one character.", start)
        return Prefix(value)

    def comparison(self) -> Between:
        sign = self.peek()[1]
        self.ordered()
        self.at += 1
        end = self.limit()
        if sign.startswith("<"):
            return Between(None, end, high_included=sign == "<=")
        return Between(end, None, low_included=sign == ">=")

    def interval(self) -> Between:
        start = self.tokens[self.at][2]
        self.ordered()
        low_included = self.peek()[1] == "["
        self.at += 1
        low = self.limit()
        self.need("..")
        high = self.limit()
        closing = self.peek()[1]
        if closing not in {"]", ")", "["}:
            self.fail("Close the interval with ] or ).")
        self.at += 1
        high_included = closing == "]"
        if low > high or (low == high and not (low_included and high_included)):  # type: ignore[operator]  # one kind
            self.fail("Nothing lies in this interval: put the lower end first.", start)
        return Between(low, high, low_included, high_included)

    def ordered(self) -> None:
        if self.kind not in {Kind.NUMBER, Kind.DATE}:
            self.fail(f"Only numbers and dates are compared; this column is a {self.kind.value}.")

    def limit(self) -> int | Decimal | dt.date:
        value = self.literal()
        if isinstance(value, str):
            self.fail("Put a number or a date here.")
        return value

    def literal(self) -> Value:
        group, text = self.peek()
        bare = group == "word" and text not in {"@", "date"}
        if self.feel and bare and self.kind in {Kind.TEXT, Kind.DATE}:
            self.fail("Quote the value: a bare word is the name of a variable here.")
        if self.kind is Kind.DATE:
            text, group = self.date_text()
        elif group not in {"string", "word"}:
            self.fail("Put a value here.")
        value = _literal(group, text, self.kind)
        if value is None:
            self.fail(_WANTED[self.kind])
        self.at += 1
        return value

    def date_text(self) -> tuple[str, str]:
        """Unwraps @"..." and date("..."); leaves the cursor on the last token of the literal."""
        if self.take("word", "@"):
            return _unquote(self.peek()[1]) or "", "word"
        if self.take("word", "date"):
            self.need("(")
            text = _unquote(self.peek()[1]) or ""
            self.at += 1
            if self.peek() != ("sign", ")"):
                self.fail('Write: date("2026-01-31").')
            return text, "word"
        return self.peek()[1], self.peek()[0]


_WANTED = {
    Kind.TEXT: 'Put a text here; quote it ("...") if it holds spaces or signs, write \\" and \\\\ inside quotes.',
    Kind.NUMBER: "Put a number here, with at most 18 digits before and 9 after the point.",
    Kind.DATE: "Put a date here, such as 2026-01-31.",
    Kind.BOOLEAN: "Put true or false here.",
}


def _literal(group: str, text: str, kind: Kind) -> Value | None:
    if kind is Kind.TEXT:
        if group == "string":
            return _unquote(text)
        return text if _BARE.fullmatch(text) and text not in _RESERVED else None
    if group != "word":
        return None
    if kind is Kind.NUMBER:
        return parse_number(text)
    if kind is Kind.DATE:
        return parse_date(text)
    return {"true": True, "false": False}.get(text)


def _unquote(text: str) -> str | None:
    inner = text[1:-1]
    if re.search(r"\\[^\"\\]", re.sub(r"\\\\", "", inner)) or UNPRINTABLE.search(inner):
        return None
    return re.sub(r"\\(.)", r"\1", inner)


def render(cell: Cell, *, feel: bool = False) -> str:
    """The canonical text of a cell; with ``feel`` in the spelling that DMN tools read."""
    if cell == ANY:
        return "-"
    tests = ", ".join(_render_test(test, feel) for test in cell.tests)
    return f"not({tests})" if cell.negated else tests


def render_literal(value: Value, *, feel: bool = False) -> str:
    """The canonical text of a literal."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return f'date("{value.isoformat()}")' if feel else value.isoformat()
    if isinstance(value, str):
        if not feel and _BARE.fullmatch(value) and value not in _RESERVED and ".." not in value:
            return value
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return render_number(value)


def render_number(value: int | Decimal) -> str:
    """Digits without exponent."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _render_test(test: Test, feel: bool) -> str:
    if isinstance(test, Absent):
        return "null"
    if isinstance(test, Equal):
        return render_literal(test.value, feel=feel)
    if isinstance(test, Prefix):
        text = render_literal(test.text, feel=feel)
        return f"starts with(?, {text})" if feel else f"starts with {text}"
    low = "" if test.low is None else render_literal(test.low, feel=feel)
    high = "" if test.high is None else render_literal(test.high, feel=feel)
    if test.low is None:
        return f"{'<=' if test.high_included else '<'} {high}"
    if test.high is None:
        return f"{'>=' if test.low_included else '>'} {low}"
    return f"{'[' if test.low_included else '('}{low}..{high}{']' if test.high_included else ')'}"
