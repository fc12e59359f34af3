"""Kinds of value: what an item may hold, how its text becomes a value and which 917 code a wrong one gets."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

Value = str | int | bool | Decimal | dt.date | dt.datetime

ENUMERATION, TYPE, PATTERN, CHARACTER = "12", "50", "51", "53"
TOO_LONG, TOO_SHORT, BELOW, ABOVE = "39", "40", "54", "55"

NO_EDGES = r"[^ \xa0"  # how the expressions begin that forbid a space at either end

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")
_BLANKS = str.maketrans("\t\r\n", "   ")
_END = "T24:00:00"


class Base(enum.Enum):
    """The built-in type below a kind, which also says how white space is treated."""

    TEXT = "text"  # tabs and line ends become spaces
    COLLAPSED = "collapsed"  # white space is trimmed and collapsed too
    FLAG = "flag"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    MOMENT = "moment"


class EndOfDay(dt.datetime):
    """``24:00:00``: the schema admits it, ``datetime`` does not; compares as the last microsecond of its day."""

    def isoformat(self, sep: str = "T", timespec: str = "seconds") -> str:
        """The form in which it was written."""
        del sep, timespec
        return self.strftime("%Y-%m-%d").rjust(10, "0") + _END


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a text is no value of its kind: a 917 code and how to mend it."""

    code: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What an item may hold.

    fast: expression for the usual written form (no entities, white space already as wanted); what it refuses is
    judged by ``read``. patterns: all must match. least/most: length of a text, limits of an integer, digits in all
    and behind the point of a decimal. values: the closed list, if any. allowed: expression of one permitted character.
    form: the format by which layouts publish it, like ``an..35``.
    """

    base: Base
    fast: str
    least: int = 0
    most: int = 0
    patterns: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    allowed: str = ""
    form: str = ""

    def read(self, raw: str) -> Value | Wrong:
        """The value that ``raw`` stands for, or what is wrong with it."""
        if _usual_form(self.fast)(raw + "<"):
            usual = self._usual(raw)
            if usual is not None:
                return usual
        text = raw.translate(_BLANKS)
        if self.base is not Base.TEXT:
            text = " ".join(part for part in text.split(" ") if part)
        if self.values:
            if text not in self.values:
                return Wrong(ENUMERATION, self.expected())
            return text == "1" if self.base is Base.FLAG else text
        if self.base is Base.TEXT or self.base is Base.COLLAPSED:
            return self._text(text)
        return self._number(text) if self.base in (Base.INTEGER, Base.DECIMAL) else self._time(text)

    def _usual(self, raw: str) -> Value | None:
        if self.base is Base.TEXT or self.base is Base.COLLAPSED:
            return raw
        if self.base is Base.INTEGER:
            return int(raw)
        if self.base is Base.DECIMAL:
            return Decimal(raw)
        return raw == "1" if self.base is Base.FLAG else None

    def _text(self, text: str) -> str | Wrong:
        if self.most and len(text) > self.most:
            return Wrong(TOO_LONG, self.expected())
        if len(text) < self.least:
            return Wrong(TOO_SHORT, self.expected())
        for pattern in self.patterns:
            if compiled(pattern).fullmatch(text) is None:
                foreign = self.allowed and compiled(f"(?:{self.allowed})*").fullmatch(text) is None
                return Wrong(CHARACTER if foreign else PATTERN, self.expected())
        return text

    def _number(self, text: str) -> int | Decimal | Wrong:
        whole, _, fraction = text.removeprefix("-").removeprefix("+").partition(".")
        if not (whole + fraction).isdecimal() or not text.isascii():
            return Wrong(TYPE, self.expected())
        if self.base is Base.INTEGER and "." in text:
            return Wrong(TYPE, self.expected())
        if self.base is Base.INTEGER and (len(text) > 20 or not self.least <= int(text) <= self.most):
            return Wrong(BELOW if len(text) <= 20 and int(text) < self.least else ABOVE, self.expected())
        if any(compiled(pattern).fullmatch(text) is None for pattern in self.patterns):
            return Wrong(PATTERN, self.expected())
        if self.base is Base.INTEGER:
            return int(text)
        fraction = fraction.rstrip("0")
        if len(fraction) > self.least or len(whole.lstrip("0")) + len(fraction) > self.most:
            return Wrong(TOO_LONG, self.expected())
        return Decimal(text)

    def _time(self, text: str) -> dt.date | dt.datetime | Wrong:
        form = _DATE if self.base is Base.DATE else _MOMENT
        if form.fullmatch(text) is None:
            return Wrong(PATTERN, self.expected())
        try:
            if self.base is Base.DATE:
                return dt.date.fromisoformat(text)
            if text.endswith(_END):
                return EndOfDay.fromisoformat(text.replace(_END, "T23:59:59.999999"))
            return dt.datetime.fromisoformat(text)
        except ValueError:
            return Wrong(TYPE, self.expected())

    def expected(self) -> str:
        """A sentence that names what is expected."""
        return _expected(self)


@lru_cache(maxsize=1024)
def compiled(pattern: str) -> re.Pattern[str]:
    """The compiled form of an expression of this family."""
    return re.compile(pattern)


@lru_cache(maxsize=1024)
def _usual_form(fast: str) -> Callable[[str], re.Match[str] | None]:
    """Matches a text with "<" behind it: the usual form holds no "<" and looks for one at its end."""
    return re.compile(f"(?:{fast})<").fullmatch


def _count(least: int, most: int) -> str:
    if least == most:
        return f"exactly {most} character{'s' if most > 1 else ''}"
    return f"{least} to {most} characters" if least > 1 else f"at most {most} characters, not empty"


@lru_cache(maxsize=1024)
def _expected(kind: Kind) -> str:
    if kind.values:
        shown = ", ".join(kind.values[:12]) + (", ..." if len(kind.values) > 12 else "")
        return f"Give one of: {shown}."
    if kind.base is Base.INTEGER:
        return f"Give a whole number from {kind.least} to {kind.most}, without leading zeros."
    if kind.base is Base.DECIMAL:
        return f"Give a number of at most {kind.most} digits, of which at most {kind.least} behind the point."
    if kind.base is Base.DATE:
        return "Give an existing date as YYYY-MM-DD."
    if kind.base is Base.MOMENT:
        return "Give an existing date and time as YYYY-MM-DDThh:mm:ss."
    text = f"Give {_count(kind.least, kind.most)}" if kind.most else "Give a text"
    if any("@" in pattern for pattern in kind.patterns):
        text += ", an address like name@place.example"
    elif any(pattern.startswith(NO_EDGES) for pattern in kind.patterns):
        text += ", with no space at either end"
    elif kind.patterns:
        text += " in the form " + " and ".join(kind.patterns)
    return text + "."


def written(value: object) -> str:
    """The text that stands for a value in a message, not yet escaped."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)
