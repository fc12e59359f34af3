"""The public part of the traders' portal beside checks: which modules there are and where, and how one declares for the
first time, in three pages."""

from __future__ import annotations

from typing import Final

from douane.channels.browser.visits import Answer, View, Visit, page
from douane.model.circles import Platform
from douane.model.routes import Opening
from douane.pages.blocks import Block, Bullets, Card, Column, Inline, Link, Page, Ref, Row, Table, Tag, Text, Tone
from douane.pages.modules import Module, Planned
from douane.portal.filing.drafting import Drafting
from douane.portal.filing.views import DECLARE, country_of, elsewhere_note
from douane.vocabulary.errors import NotFound

MODULES: Final = "/modules"
FIRST: Final = "/first"
PAGES: Final = ("before", "declare", "after")
"""The three pages, in their order."""


class FirstSteps:
    """What anybody may read before he signs in."""

    def __init__(self, drafting: Drafting) -> None:
        self.drafting = drafting

    async def modules(self, visit: Visit) -> Answer:
        """Every module with what it offers, whose traders use another portal for it, and what is planned."""
        words, country = visit.words, country_of(visit)
        here = visit.site.platform is Platform.SPEED2
        cards = [
            self._module(each, country, visit) for each in self.drafting.modules
            if (each.filings or each.pages if here else self._apart(each))
        ]  # fmt: skip
        plans = [each for module in self.drafting.modules for each in module.planned]
        if plans:
            names = (words.plain("Module"), words.plain("State"), words.plain("Law"), words.plain("Project"))
            rows = tuple(self._plan(each, visit) for each in plans)
            table = Table(words.plain("What is planned"), tuple(map(Column, names)), rows)
            cards.append(Card("planned", words.plain("What is planned"), (table,)))
        acts = (Link(words.plain("Declare for the first time"), FIRST, "btn second"),) if here else ()
        return Page(words.plain("Modules of the portal"), tuple(cards), acts=acts)

    def _module(self, module: Module, country: str, visit: Visit) -> Card:
        words, say = visit.words, self.drafting.say
        here = visit.site.platform is Platform.SPEED2
        items: list[Inline] = [Link(say(title, words), path) if here and visit.opens(path) else say(title, words)
                               for title, path in module.pages]  # fmt: skip
        items += [say(each.title, words) for each in module.filings]
        parts: list[Block] = [Bullets(tuple(items))]
        elsewhere = module.portal(country, self.drafting.national)
        if elsewhere is not None:
            parts.insert(0, elsewhere_note(country, elsewhere, words))
        if apart := self._apart(module):
            text = words.say("Portals of their own for this have: %(countries)s.", countries=", ".join(apart))
            parts.append(Text((text, f" ({module.source})" if module.source else ""), "small"))
        begin = here and elsewhere is None and any(not each.tasks for each in module.filings)
        way: Inline = Link(words.plain("Declare"), DECLARE) if begin else ""
        return Card(f"module-{module.name}", say(module.title, words), tuple(parts), way)

    def _apart(self, module: Module) -> list[str]:
        """The countries whose traders use another portal for a module."""
        known = self.drafting.national
        told = {key.partition(".")[0] for key in known if key.partition(".")[2] == module.name}
        return [each for each in sorted(module.national | told) if module.portal(each, known) is not None]

    def _plan(self, plan: Planned, visit: Visit) -> Row:
        words = visit.words
        project: Inline = Link(plan.name, plan.path) if visit.offers(plan.operation) else Ref(plan.name)
        return Row((self.drafting.say(plan.title, words), Tag(words.plain("planned"), Tone.WAIT), plan.law, project))

    async def first(self, visit: Visit) -> Answer:
        """One of the three pages: what one needs before, what one does, what comes after. Raises NotFound."""
        name = visit.path.get("page", PAGES[0])
        if name not in PAGES:
            raise NotFound("There is no such page.", remedy="Begin with the first one.")
        words = visit.words
        title, text = {"before": self._before, "declare": self._declare, "after": self._after}[name](visit)
        number = PAGES.index(name) + 1
        ways: list[Link] = []
        if number < len(PAGES):
            ways.append(Link(words.plain("Next page"), f"{FIRST}/{PAGES[number]}", "btn"))
        if number > 1:
            ways.append(Link(words.plain("Page before"), f"{FIRST}/{PAGES[number - 2]}", "btn second"))
        if number == len(PAGES):
            ways.insert(0, Link(words.plain("Declare"), DECLARE, "btn"))
        kicker = words.plain("Declare for the first time: page %(number)s of %(all)s", number=number, all=len(PAGES))
        blocks = (*text, Card("on", words.plain("How to go on"), (Text(tuple(_between(ways))),)))
        return Page(title, blocks, kicker=kicker)

    def _before(self, visit: Visit) -> tuple[str, tuple[Block, ...]]:
        words = visit.words
        delegations = Link(words.plain("Delegations"), "/delegations")
        runs = Link(words.plain("Availability of systems"), "/availability")
        needs = Bullets((
            (words.say("An EORI number, which the customs authority of your country gives you (UCC art. 9)."), " ",
             Link(words.plain("Check a number"), "/checks/eori")),
            words.say("An account of your country's provider, with which you sign in; nothing is made up here."),
            (words.say("Whoever declares for you needs your empowerment (UCC art. 18 and 19): give it under "
                       "Delegations, for some cases or for all."), " ", delegations),
            words.say("For transit a guarantee and its access code (UCC art. 89)."),
            (words.say("A system that runs."), " ", runs),
        ))  # fmt: skip
        return words.plain("Before you declare"), (Card("needs", words.plain("What you need"), (needs,)),)

    def _declare(self, visit: Visit) -> tuple[str, tuple[Block, ...]]:
        words, say = visit.words, self.drafting.say
        steps = Bullets((
            words.say("Choose under Declare what you want to do, or copy an earlier declaration from its case."),
            words.say("Fill in section by section. Each page is kept as soon as it is sent, and nothing is sent to "
                      "customs before you send it."),
            words.say("Check and send shows everything once more, and what is still missing."),
            words.say("Programs do the same by the same operations."),
        ), numbered=True)  # fmt: skip
        cards: list[Block] = [Card("steps", words.plain("What you do"), (steps,))]
        for module in self.drafting.modules:
            for each in module.filings:
                if not each.tasks:
                    sections = Bullets(tuple(say(one.title, words) for one in each.sections))
                    cards.append(Card(f"filing-{each.name}", say(each.title, words), (sections,)))
        return words.plain("Declare"), tuple(cards)

    def _after(self, visit: Visit) -> tuple[str, tuple[Block, ...]]:
        words = visit.words
        told = Bullets((
            words.say("A receipt with the number of your message: it is kept, and cannot be lost. Print it or keep it "
                      "as evidence."),
            words.say("If it is refused, each fault stands at its field, with its rule and what to do. Correct and "
                      "send it again; nothing of it counted as declared."),
            words.say("If it is accepted, you get a reference (MRN). Its case shows what happens next, until when, and "
                      "by which article."),
            words.say("Customs may control the goods, or ask you for documents: what you are asked stands first on "
                      "your overview, by its deadline, and in your calendar."),
        ))  # fmt: skip
        silent = Bullets((
            (words.say("Nothing came? Look whether the system runs; what you sent waits and is not lost."), " ",
             Link(words.plain("Availability of systems"), "/availability")),
            words.say("While a system does not run, the fallback procedure of its customs authority holds."),
        ))  # fmt: skip
        return words.plain("After you sent it"), (
            Card("told", words.plain("What you are told"), (told,)),
            Card("silent", words.plain("When nothing comes"), (silent,)),
        )


def _between(ways: list[Link]) -> list[Inline]:
    found: list[Inline] = []
    for each in ways:
        found += [each, " "]
    return found


def first_views(drafting: Drafting, platform: Platform) -> tuple[View, ...]:
    """The pages; on the officers' desk that of modules alone, and of it what concerns them."""
    steps = FirstSteps(drafting)
    modules = View(page("GET", MODULES, Opening.ANYBODY), steps.modules)
    if platform is not Platform.SPEED2:
        return (modules,)
    return (
        modules,
        View(page("GET", FIRST, Opening.ANYBODY), steps.first),
        View(page("GET", f"{FIRST}/{{page}}", Opening.ANYBODY), steps.first),
    )
