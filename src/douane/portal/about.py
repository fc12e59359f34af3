"""Pages that every shell has: help, accessibility, privacy, and the way out."""

from __future__ import annotations

from douane.channels.browser.visits import Answer, Redirect, View, Visit, page
from douane.model.routes import Opening
from douane.pages.blocks import Bullets, Card, Link, Page, Text
from douane.portal.manual import MANUAL


async def _help(visit: Visit) -> Answer:
    words = visit.words
    ways = Bullets((
        words.say("Follow a case: open it from the list, or find it by its MRN."),
        words.say("Every page can be had as JSON: the queries behind it, and where programs ask them."),
        words.say("What a page may show is what the door of your circle would answer a program with your rights."),
    ))  # fmt: skip
    rights = Text(Link(words.plain("What you may do here, and what not"), "/rights"))
    known = visit.site.door is not None and visit.caller is not None
    blocks = (ways, rights) if known else (ways,)
    return Page(words.plain("Help"), (Card("help", words.plain("How to go on"), blocks),))


async def _accessibility(visit: Visit) -> Answer:
    words = visit.words
    held = Bullets((
        words.say("Every page works without scripts, by keyboard alone, on a phone and in print."),
        words.say("Every picture stands beside the same facts in words; no state is told by colour alone."),
        words.say("Pages are checked against WCAG 2.2, level AA, by machine; no reader has judged them yet."),
    ))  # fmt: skip
    return Page(words.plain("Accessibility"), (Card("state", words.plain("What holds"), (held,)),))


async def _privacy(visit: Visit) -> Answer:
    words = visit.words
    text = words.say(
        "Two cookies are kept: one for your session, which ends after 30 minutes without use, and one for your "
        "language. Nothing is sent to anybody else. What officers look up is written to the audit log."
    )
    return Page(words.plain("Privacy"), (Card("cookies", words.plain("What is kept of you"), (Text(text),)),))


async def _leave(_visit: Visit) -> Answer:
    """The channel ends the session before it asks for this."""
    return Redirect("/")


ABOUT = (
    View(page("GET", "/help", Opening.ANYBODY), _help),
    View(page("GET", "/accessibility", Opening.ANYBODY), _accessibility),
    View(page("GET", "/privacy", Opening.ANYBODY), _privacy),
    *MANUAL,
)
LEAVE = View(page("POST", "/leave"), _leave)
