"""What a person chooses for his pages in the traders' portal: systems on the overview, language, density."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from douane.channels.browser.visits import Answer, Redirect, View, Visit, page
from douane.model.needs import PREFER, PREFERENCES
from douane.model.routes import Opening
from douane.pages.blocks import Button, Card, Field, Form, Option, Page
from douane.pages.languages import LANGUAGES
from douane.portal.filing.drafting import Drafting
from douane.runtime.catalogue.catalogue import UNION
from douane.vocabulary.errors import BadRequest

PATH: Final = "/preferences"
LEFT_OUT, YES = "out", "yes"


class Preferring:
    """The page, and what others ask of it."""

    def __init__(self, drafting: Drafting) -> None:
        self.drafting = drafting

    async def show(self, visit: Visit) -> Answer:
        """What is chosen, in a form."""
        words, kept = visit.words, await chosen(visit, self.drafting)
        none = Option("", words.plain("As the browser says"))
        fields = [
            Field("language", words.plain("Language"), kept.language, short=True,
                  options=(none, *(Option(code, name) for code, name in LANGUAGES.items()))),
            Field("guided", words.plain("Filling in"), YES if kept.guided else "",
                  options=(Option("", words.plain("A section on one page")),
                           Option(YES, words.plain("One thing at a time")))),
            Field("dense", words.plain("Goods items"), YES if kept.dense else "",
                  options=(Option("", words.plain("One page for each, with help")),
                           Option(YES, words.plain("As a table, for the keyboard")))),
        ]  # fmt: skip
        for module in self._systems():
            title = self.drafting.say(module.title, words)
            value = LEFT_OUT if module.name in kept.hidden else ""
            shown, out = words.plain("On the overview"), words.plain("Left out")
            fields.append(Field(f"m-{module.name}", title, value, short=True,
                                options=(Option("", shown), Option(LEFT_OUT, out))))  # fmt: skip
        form = Form(PATH, (Button(words.plain("Keep")),), tuple(fields))
        return Page(words.plain("Preferences"), (Card("choose", words.plain("How your pages are"), (form,)),))

    async def keep(self, visit: Visit) -> Answer:
        """Keep what the form says. Raises BadRequest for a language that there is not."""
        language = visit.form.get("language", "")
        if language not in ("", *LANGUAGES):
            raise BadRequest("There is no such language.", remedy="Choose one of the list.")
        hidden = [each.name for each in self._systems() if visit.form.get(f"m-{each.name}") == LEFT_OUT]
        body = {"keeper": UNION, "hidden": hidden, "language": language, "dense": visit.form.get("dense") == YES,
                "guided": visit.form.get("guided") == YES}  # fmt: skip
        operation = self.drafting.asked(PREFER)
        await visit.outcome(
            await visit.send(msgspec.json.encode(body), operation=operation, json=True, of=str(visit.at))
        )
        return Redirect(f"/language?to={language}&back={PATH}" if language else PATH)

    def _systems(self) -> list[Any]:
        """The modules of which something can stand on the overview."""
        return [each for each in self.drafting.modules if each.filings or each.requests]


async def chosen(visit: Visit, drafting: Drafting) -> Any:
    """What whoever visits chose; the defaults where nobody keeps such a choice."""
    asked = drafting.asked(PREFERENCES)
    if not asked or visit.caller is None or not visit.offers(asked):
        return _Nothing()
    found = await visit.ask(asked, keeper=UNION)
    visit.asked.pop()  # a page as JSON tells what it shows, not how its reader wants it
    return found


class _Nothing(msgspec.Struct, frozen=True):
    """Nothing is chosen."""

    hidden: tuple[str, ...] = ()
    language: str = ""
    dense: bool = False
    guided: bool = False


def preference_views(drafting: Drafting) -> tuple[View, ...]:
    """The page and its form, where an application keeps what is chosen."""
    asked, keeps = drafting.asked(PREFERENCES), drafting.asked(PREFER)
    if not (asked and keeps):
        return ()
    preferring = Preferring(drafting)
    return (
        View(page("GET", PATH, Opening.OPERATION, asked), preferring.show),
        View(page("POST", PATH, Opening.OPERATION, keeps), preferring.keep),
    )
