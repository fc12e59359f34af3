"""What a page says, in the language of its reader.

Texts are English in the code and found in a catalogue; words of the law are found in the term base, so that one
correction reaches every page. What has no translation stays English and is marked as English, so that a screen reader
pronounces it and everybody sees it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from markupsafe import Markup, escape

from douane.pages.catalogue import catalogue, terms
from douane.vocabulary.calendars import zone_named
from douane.vocabulary.time import Instant, moment

LANGUAGES: Final = {
    "bg": "български", "cs": "čeština", "da": "dansk", "de": "Deutsch", "el": "ελληνικά", "en": "English",
    "es": "español", "et": "eesti", "fi": "suomi", "fr": "français", "ga": "Gaeilge", "hr": "hrvatski",
    "hu": "magyar", "it": "italiano", "lt": "lietuvių", "lv": "latviešu", "mt": "Malti", "nl": "Nederlands",
    "pl": "polski", "pt": "português", "ro": "română", "sk": "slovenčina", "sl": "slovenščina", "sv": "svenska",
}  # fmt: skip
"""The languages of the Union by their codes, each in its own name."""
COMPLETE: Final = ("en", "fr", "de")
"""Languages whose catalogue holds every text; a test holds them to it."""
ENGLISH: Final = "en"
UTC: Final = "UTC"
"""The time zone of clocks on a page for somebody of no country."""
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
REASON: Final = "reason"
"""The context of sentences that the model computes, with named places for what they are about."""
_DAY: Final = r"\d{4}-\d\d-\d\d"
_WRITTEN: Final = re.compile(rf"(?<![\w-])({_DAY})(?:T(\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(?:Z|\+00:00)?)?(?![\w:-])")
"""A day as programs write it, perhaps with a time."""
_PLACE: Final = re.compile(r"%\((\w+)\)s")
_TAKES: Final = (("day", _DAY), ("number", r"\d+"), ("what", ".+?"))
_PARTS: Final = re.compile(r"(?<=[.;]) ")


def preferred(header: str) -> str:
    """The first language of an ``Accept-Language`` header that is one of ours; English for none."""
    for each in header[:200].split(","):
        code = each.partition(";")[0].strip().lower()[:2]
        if code in LANGUAGES:
            return code
    return ENGLISH


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language, and the clock of who reads them.

    language: one of ``LANGUAGES``. zone: the time zone of every clock on the page, which says so.
    """

    language: str = ENGLISH
    zone: str = UTC

    @property
    def complete(self) -> bool:
        """Whether everything is translated."""
        return self.language in COMPLETE

    @property
    def page_language(self) -> str:
        """What the page as a whole is marked with: English where hardly anything is translated."""
        return self.language if self.complete else ENGLISH

    def plain(self, text: str, context: str = "", **values: object) -> str:
        """A text for an attribute, where English cannot be marked as such. ``values``: for its named places."""
        return (self._found(text, context) or text) % values if values else self._found(text, context) or text

    def say(self, text: str, context: str = "", **values: object) -> Markup:
        """A text as HTML, with values escaped; marked where it had to stay English."""
        found = self._found(text, context)
        said = escape(found or text)
        if values:
            said = said % values
        return said if found or self.page_language == ENGLISH else marked(said)

    def count(self, one: str, several: str, number: int) -> Markup:
        """A text with a number in it (``%(number)s``), in the form that the number asks for."""
        forms = catalogue(self.language).get(("", one)) or (one, several)
        said = escape(forms[self._form(number)] if len(forms) > 1 else forms[0]) % {"number": number}
        return said if ("", one) in catalogue(self.language) or self.page_language == ENGLISH else marked(said)

    def term(self, name: str) -> Markup:
        """A word of the law. KeyError for one that is not in the term base."""
        word = terms()[name].words.get(self.language)
        return escape(word) if word else marked(escape(name))

    def model(self, text: str) -> Markup:
        """A name that the model gives (an operation, a step, a state, a rule): translated where it is known.

        It is HTML. ``str`` of it, or a ``str`` made with it, shows its marks to the reader: join and format it as
        ``Markup``.
        """
        if not text:
            return Markup()
        found = self._found(text, "") or (terms()[text].words.get(self.language) if text in terms() else None)
        return escape(found) if found else marked(escape(text)) if self.page_language != ENGLISH else escape(text)

    def reason(self, text: str) -> Markup:
        """A sentence that the model computed, or several, with its days as the reader writes them. It is HTML.

        It is translated where the catalogue has its form in the context ``reason``; elsewhere it stays English.
        """
        if self.knows(text):
            return self.model(text)
        found = self._said(text)
        if found or self.page_language == ENGLISH or not text:
            return escape(found or self.dated(text))
        return marked(escape(self.dated(text)))

    def dated(self, text: str) -> str:
        """A text whose days (``2026-11-27``, ``2026-11-27T08:00:00``) are written as the reader writes them."""
        return _WRITTEN.sub(self._written, text)

    def knows(self, text: str) -> bool:
        """Whether a name that the model gives is translated."""
        return bool(self._found(text, "")) or (text in terms() and bool(terms()[text].words.get(self.language)))

    def day(self, date: dt.date) -> str:
        """A day with its weekday."""
        weekday, month = (self.plain(_DAYS[date.weekday()], "day"), self.plain(_MONTHS[date.month - 1], "month"))
        return f"{weekday} {date.day} {month} {date.year}"

    def month(self, date: dt.date) -> str:
        """The month of a day, with its year."""
        return f"{self.plain(_MONTHS[date.month - 1], 'month')} {date.year}"

    def local(self, at: int) -> dt.datetime:
        """An instant (microseconds since 1970) by the clocks of the reader."""
        return moment(Instant(at)).astimezone(zone_named(self.zone))

    def moment(self, at: int) -> str:
        """Day and minute of an instant (microseconds since 1970)."""
        found = self.local(at)
        return f"{self.day(found.date())}, {found:%H:%M}"

    def until(self, at: int) -> str:
        """The same of the end of a period: midnight ends a day."""
        found = self.local(at)
        return self.moment(at) if found.time() != dt.time() else f"{self.day(self.local(at - 1).date())}, 24:00"

    def read(self, text: str) -> dt.datetime:
        """Day and minute that a form gives (``2027-03-01T08:00``), by the clocks of the reader. Raises ValueError."""
        return dt.datetime.strptime(text, "%Y-%m-%dT%H:%M").replace(tzinfo=zone_named(self.zone))

    def _written(self, found: re.Match[str]) -> str:
        try:
            if not found[2]:
                return self.day(dt.date.fromisoformat(found[1]))
            said = dt.datetime.fromisoformat(f"{found[1]}T{found[2]}+00:00").astimezone(zone_named(self.zone))
        except ValueError:  # of the form of a day, and none
            return found[0]
        form = "%H:%M:%S" if len(found[2]) > len("hh:mm") else "%H:%M"
        return f"{self.day(said.date())}, {said:{form}}"

    def _said(self, text: str) -> str:
        """What the catalogue makes of a computed sentence, or of each of several; empty where it does not know one."""
        if told := self._found(text, REASON) or self._found(text, ""):
            return told
        for form, told in _forms(self.language):
            if found := form.fullmatch(text):
                inside = {name: self._inside(name, each) for name, each in found.groupdict().items()}
                if all(inside.values()):
                    return told % inside
        parts = _PARTS.split(text)
        each = [(self._said(part.removesuffix(";")), part[-1:]) for part in parts] if len(parts) > 1 else []
        ends = " ;" if self.language == "fr" else ";"
        return " ".join(told + ends * (end == ";") for told, end in each) if all(told for told, _ in each) else ""

    def _inside(self, name: str, text: str) -> str:
        """What stands in a place of a sentence; empty where it had to be said too, and is not known."""
        return self._said(text) if name.startswith("what") else self.dated(text)

    def _found(self, text: str, context: str) -> str:
        forms = catalogue(self.language).get((context, text))
        return forms[0] if forms else ""

    def _form(self, number: int) -> int:
        """Which of two forms: French takes the singular for nothing too."""
        return int(number > 1) if self.language == "fr" else int(number != 1)


@cache
def _forms(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Sentences with places, the longest first. By how its name begins a place takes a day (``day``), a number
    (``number``), what is said too (``what``), or else a name, which stays."""
    found = [(text, told[0]) for (context, text), told in catalogue(language).items() if context == REASON]
    found.sort(key=lambda each: -len(_PLACE.sub("", each[0])))
    return tuple((re.compile("".join(_formed(text))), told) for text, told in found if _PLACE.search(text))


def _formed(text: str) -> Iterator[str]:
    for number, part in enumerate(_PLACE.split(text)):
        takes = next((takes for begins, takes in _TAKES if part.startswith(begins)), "[^;]+?")
        yield f"(?P<{part}>{takes})" if number % 2 else re.escape(part)


def marked(text: Markup) -> Markup:
    """A text that is English on a page of another language."""
    return Markup('<span lang="en">{}</span>').format(text)
