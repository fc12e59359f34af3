"""What a page says, in the language of its reader.

Texts are English in the code and found in a catalogue; words of the law are found in the term base, so that one
correction reaches every page. What has no translation stays English and is marked as English, so that a screen reader
pronounces it and everybody sees it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from douane.pages.catalogue import catalogue, terms

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
ZONE: Final = "UTC"
"""The time zone of every clock on a page, which says so."""
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def preferred(header: str) -> str:
    """The first language of an ``Accept-Language`` header that is one of ours; English for none."""
    for each in header[:200].split(","):
        code = each.partition(";")[0].strip().lower()[:2]
        if code in LANGUAGES:
            return code
    return ENGLISH


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language. ``language``: one of ``LANGUAGES``."""

    language: str = ENGLISH

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

    def knows(self, text: str) -> bool:
        """Whether a name that the model gives is translated."""
        return bool(self._found(text, "")) or (text in terms() and bool(terms()[text].words.get(self.language)))

    def day(self, date: dt.date) -> str:
        """A day with its weekday."""
        weekday, month = (self.plain(_DAYS[date.weekday()], "day"), self.plain(_MONTHS[date.month - 1], "month"))
        return f"{weekday} {date.day} {month} {date.year}"

    def moment(self, at: int) -> str:
        """Day and minute of an instant (microseconds since 1970)."""
        found = instant(at)
        return f"{self.day(found.date())}, {found:%H:%M}"

    def _found(self, text: str, context: str) -> str:
        forms = catalogue(self.language).get((context, text))
        return forms[0] if forms else ""

    def _form(self, number: int) -> int:
        """Which of two forms: French takes the singular for nothing too."""
        return int(number > 1) if self.language == "fr" else int(number != 1)


def marked(text: Markup) -> Markup:
    """A text that is English on a page of another language."""
    return Markup('<span lang="en">{}</span>').format(text)


def instant(at: int) -> dt.datetime:
    """An instant (microseconds since 1970) as date and time in the zone of the pages."""
    return dt.datetime.fromtimestamp(at / 1e6, dt.UTC)
