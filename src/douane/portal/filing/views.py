"""The pages of what is filled in: what can be declared, a draft with its tasks, its pages, and what became of it."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final
from urllib.parse import quote, urlencode

from douane.channels.browser.visits import Answer, Redirect, Visit
from douane.model import needs
from douane.pages.blocks import (
    Block,
    Bullets,
    Button,
    Card,
    Column,
    Details,
    Empty,
    Facts,
    Field,
    Form,
    Inline,
    Link,
    Live,
    Note,
    Page,
    Ref,
    Row,
    Small,
    Table,
    Tag,
    Tasks,
    Text,
    Tone,
    Work,
)
from douane.pages.languages import Words
from douane.pages.modules import Filing, Section
from douane.pages.states import state_words, tone_of
from douane.portal.filing import content
from douane.portal.filing.content import Place
from douane.portal.filing.drafting import Drafting, Kept
from douane.portal.filing.guided import AT, ONE, SEEN, WHOLE, Thing, asking, seen_of, things, which
from douane.portal.filing.preferences import chosen
from douane.portal.filing.projecting import (
    ADD,
    Found,
    Shown,
    belongs,
    conditions_of,
    groups_of,
    instances,
    places_in,
)
from douane.runtime.delivery.status import Answered
from douane.vocabulary.errors import BadRequest, NotFound

DECLARE: Final = "/declare"
DRAFTS: Final = "/drafts"
RIGHTS: Final = "/rights"
"""The page that says what whoever visits may do, and who could grant the rest."""
SOON: Final = dt.timedelta(days=14)
"""So long before a draft is over its line is marked."""
LEAST: Final = 3
"""First values by which a list names each group of a kind."""
MANY_THINGS: Final = 2
"""Things from which a section is told in parts."""
MOST: Final = 5
"""Answers that are shown with what they say."""


class Views:
    """The pages that are looked at."""

    def __init__(self, drafting: Drafting) -> None:
        self.drafting = drafting

    async def beginnings(self, visit: Visit) -> Answer:
        """What can be declared, and what was begun."""
        words, cards = visit.words, []
        country = country_of(visit)
        for module in self.drafting.modules:
            offered = [each for each in module.filings if not each.tasks and visit.offers(each.operation)]
            forms: tuple[Block, ...] = tuple(self._begin(each, words) for each in offered if visit.may(each.operation))
            forms += self._prepared(offered, visit)
            elsewhere = module.portal(country, self.drafting.national)
            if forms and elsewhere is not None:
                forms = (elsewhere_note(country, elsewhere, words),)
            if forms:
                cards.append(Card(f"module-{module.name}", self.drafting.say(module.title, words), forms))
        found = await visit.ask(self.drafting.asked(needs.DRAFTS), after=visit.query.get("after", ""))
        shown: Block = Empty(words.say("Nothing is begun. What you fill in is kept from the first page on."))
        if found.drafts or found.after:
            names = (words.plain("Draft"), words.plain("State"), words.plain("Saved"), words.plain("Kept until"))
            following = Link(words.plain("Next page"), f"{DECLARE}?after={found.after}") if found.after else None
            rows = tuple(self._line(each, visit) for each in found.drafts)
            shown = Table(words.plain("Drafts"), tuple(map(Column, names)), rows, following=following)
        ways = (Link(words.plain("For the first time?"), "/first", "btn second"),)
        return Page(words.plain("Declare"), (*cards, Card("drafts", words.plain("Drafts"), (shown,))), acts=ways)

    def _begin(self, filing: Filing, words: Words, note: str = "") -> Form:
        button = Button(self.drafting.say(filing.title, words), look="btn second", note=note)
        return Form(f"{DECLARE}/{filing.name}", (button,))

    def _prepared(self, offered: Iterable[Filing], visit: Visit) -> tuple[Block, ...]:
        """What whoever visits may prepare and has no role to send: apart, each with what is missing."""
        words, begun = visit.words, []
        for each in offered:
            refusal = visit.refusal(each.operation)
            if refusal is not None:
                missing = refusal.why[1] if refusal.why else refusal.text
                lacks = words.plain("missing: %(role)s", role=words.plain(missing))
                begun.append(self._begin(each, words, lacks))
        if not begun:
            return ()
        text = words.say("You may prepare it. Sending needs a role that you do not have: ask whom you act for.")
        why = Text((text, " ", Link(words.plain("What you may do"), RIGHTS)))
        return (Details(words.plain("What you may prepare, and not send"), (why, *begun)),)

    def _line(self, each: Any, visit: Visit) -> Row:
        words = visit.words
        filing = next((one for _, one in self.drafting.filings() if one.operation == each.operation), None)
        title = self.drafting.say(filing.title, words) if filing is not None else each.operation
        what = (Ref(each.reference or each.name, f"{DRAFTS}/{each.name}"), Small(title))
        by = (Small((words.say("by"), " ", Ref(each.saved_by))),) if each.saved_by else ()
        until = words.day(each.kept_until) if each.kept_until is not None else ""
        soon = each.kept_until is not None and each.kept_until - self.drafting.today() <= SOON
        row = (what, state_tag(each.sent, words), (words.moment(each.saved_at), *by), until)
        return Row(row, "soon" if soon and not each.sent else "")

    # --- a draft

    async def draft(self, visit: Visit) -> Answer:
        """Its tasks; of one that was sent, what became of it."""
        kept, filing = await self.drafting.open(visit)
        if kept.sent:
            return Redirect(f"{DRAFTS}/{kept.name}/sent")
        return await self.tasks(visit, kept, filing)

    async def tasks(self, visit: Visit, kept: Kept, filing: Filing, *, changed: bool = False) -> Page:
        """The sections of a draft, each with whether it is complete. changed: somebody saved it meanwhile."""
        words = visit.words
        faults = await self.faults(visit, kept, filing)
        shown = self.drafting.shown(visit, kept, filing, faults)
        works = [self._work(shown, each, kept) for each in filing.sections]
        complete = not any(self._open(shown, each) for each in filing.sections)
        offered = visit.may(filing.operation)
        check: Inline = Link(words.plain("Check and send"), f"{DRAFTS}/{kept.name}/check")
        note = "" if complete else words.plain("Some sections are not complete: what is missing is shown there.")
        if not offered:
            note = words.plain("You may prepare it. Sending needs a role that you do not have: ask whom you act for.")
        state = Tag(words.plain("not sent"), Tone.WAIT)
        if self.drafting.asked(needs.ATTACH_TO_DRAFT):
            files: Inline = Link(words.plain("Attachments"), f"{DRAFTS}/{kept.name}/attachments")
            number = words.count("%(number)s file", "%(number)s files", len(kept.files))
            works.append(Work(files, words.plain("Documents that go with it, if there are any."), number))
        works.append(Work(check, note, state))
        notes: list[Block] = [changed_note(words)] if changed else []
        refused = [each for each in faults if each.told]
        if refused:
            whole = tuple((each.text, Small(each.law)) for each in refused
                          if not any(belongs(one, each.at) for one in filing.sections))  # fmt: skip
            text = words.say("What to mend stands at its field, section by section.")
            notes.append(Note(words.plain("It was refused"), text, Tone.BAD))
            notes += [Card("whole", words.plain("What was refused"), (Bullets(whole),))] if whole else []
        gone = Form(
            f"{DRAFTS}/{kept.name}/discard", (Button(words.plain("Throw the draft away"), look="btn danger"),),
            hidden={"turn": str(kept.turn)},
        )  # fmt: skip
        saved = words.say("Saved %(moment)s. Nothing is sent before you send it.", moment=words.moment(kept.saved_at))
        if kept.kept_until is not None:
            until = words.day(kept.kept_until)
            saved += " " + words.say("It is kept until the end of %(day)s, if nobody saves it again.", day=until)
        blocks = (*notes, Card("tasks", words.plain("What to fill in"), (Tasks(tuple(works)),)),
                  Details(words.plain("Do something else with it"), (gone,)))  # fmt: skip
        return Page(
            self.drafting.say(filing.title, words), blocks, kicker=kept.reference,
            state=(Tag(words.plain("Draft, not sent"), Tone.WARN, big=True), " ", saved),
            crumbs=(Link(words.plain("Declare"), DECLARE),),
        )  # fmt: skip

    async def faults(self, visit: Visit, kept: Kept, filing: Filing) -> tuple[Found, ...]:
        """What is wrong with a draft: of form, and of a refusal what still stands there."""
        of_form = self.drafting.placed(visit, self.drafting.of_form(visit, kept, filing), filing)
        told = await self.drafting.refused(visit, kept)
        refused = self.drafting.unmended(kept, self.drafting.placed(visit, told, filing, told=True))
        taken = {each.at for each in refused}
        return (*refused, *(each for each in of_form if each.at not in taken))

    def _open(self, shown: Shown, section: Section) -> list[Found]:
        return [each for each in shown.faults if belongs(section, each.at)]

    def _work(self, shown: Shown, section: Section, kept: Kept) -> Work:
        words, open_here = shown.words, self._open(shown, section)
        state: Inline = words.say("Complete")
        if open_here:
            state = Tag(words.plain("Not complete"), Tone.RUN)
        if any(each.told for each in open_here):
            state = Tag(words.plain("To be mended"), Tone.BAD)
        link = Link(shown.say(section.title), address(kept, section))
        return Work(link, shown.say(section.hint) if section.hint else "", state)

    # --- its pages

    async def section(self, visit: Visit) -> Answer:
        """A page of a draft: its fields, or the list of groups that have pages of their own."""
        kept, filing = await self.drafting.open(visit)
        if kept.sent:
            return Redirect(f"{DRAFTS}/{kept.name}/sent")
        section, at = self.place(visit, kept, filing)
        told = await self.faults(visit, kept, filing)
        faults = tuple(each for each in told if "faults" in visit.query or each.told)
        choice = await chosen(visit, self.drafting)
        if section.columns and not at and choice.dense and "list" not in visit.query:
            return Redirect(f"{address(kept, section)}/sheet")
        if section.each and not at:
            return self.several(self.drafting.shown(visit, kept, filing, told), section, kept)
        guided = (choice.guided or ONE in visit.query) and WHOLE not in visit.query
        shown = self.drafting.shown(visit, kept, filing, faults)
        one = asking(things(groups_of(shown, section, at)), visit.query) if guided else None
        return self.page(shown, section, at, kept, one=one)

    def place(self, visit: Visit, kept: Kept, filing: Filing) -> tuple[Section, Place]:
        """The section that an address names, and which of several groups. Raises NotFound."""
        section = filing.section(visit.path.get("section", ""))
        numbers = visit.path.get("place", "")
        if section is not None and not numbers:
            return section, ()
        known = {numbered(each): each for each in instances(kept.tree, section.each)} if section is not None else {}
        if section is None or numbers not in known:
            raise NotFound("The draft has no such page.", remedy="Choose one of its sections.")
        return section, known[numbers]

    def page(
        self, shown: Shown, section: Section, at: Place, kept: Kept, *, changed: bool = False, faulty: bool = False,
        one: str | None = None,
    ) -> Page:  # fmt: skip
        """The fields of a section. changed: somebody saved the draft meanwhile. one: the name of the thing that the
        page asks alone (guided); None for all of the section."""
        words, here = shown.words, address(kept, section, at)
        groups = groups_of(shown, section, at)
        several, hidden = things(groups), {}
        step = self._step(shown, several, one, here)
        if one is not None and groups:
            groups = several[which(several, one)]
            hidden = {ONE: groups[0].name, SEEN: seen_of(groups, kept.tree)}
        named = {content.place(field.name) for group in groups for field in group.fields}
        named |= {content.place(group.name) for group in groups if group.name}
        others = tuple(each.text for each in self._open(shown, section)
                       if one is None and each.at not in named and each.at[: len(at)] == at)  # fmt: skip
        buttons = (Button(words.plain("Save and continue"), "go", "on"),
                   Button(words.plain("Save for later"), "go", "later", "btn second"))  # fmt: skip
        form = Form(
            here, buttons, hidden=hidden, title=section.title, problems=others, groups=groups,
            saves=f"{here}?by=itself", turn=kept.turn,
        )  # fmt: skip
        blocks: list[Block] = [changed_note(words)] if changed else []
        blocks += [Text(shown.say(section.hint), "lead")] if section.hint else []
        blocks += [step] if step is not None else []
        blocks += [Card("fields", shown.say(section.title), (form,)), *self._rules(shown, section)]
        title = str(shown.say(section.title))
        return Page(title, tuple(blocks), kicker=kept.reference, crumbs=self._crumbs(shown, kept, section, at),
                    faulty=faulty or bool(form.faults or others))  # fmt: skip

    def _step(self, shown: Shown, several: Sequence[Thing], one: str | None, here: str) -> Block | None:
        """Which thing of how many it is, the way back, and that to the other density; None where there is one only."""
        words = shown.words
        if len(several) < MANY_THINGS:
            return None
        if one is None:
            return Text(Link(words.plain("One thing at a time"), f"{here}?{ONE}=", "btn second"))
        number = which(several, one)
        said = words.say("Part %(number)s of %(most)s of this section.", number=number + 1, most=len(several))
        back: Inline = ""
        if number:
            name = quote(several[number - 1][0].name)
            back = (" ", Link(words.plain("The part before"), f"{here}?{ONE}={name}"))
        return Text((said, back, " ", Link(words.plain("The whole section on one page"), f"{here}?{WHOLE}=yes")))

    def _crumbs(self, shown: Shown, kept: Kept, section: Section, at: Place) -> tuple[Link, ...]:
        words = shown.words
        found = (Link(words.plain("Declare"), DECLARE), Link(shown.say(shown.filing.title), f"{DRAFTS}/{kept.name}"))
        return (*found, Link(shown.say(section.title), address(kept, section))) if at else found

    def _rules(self, shown: Shown, section: Section) -> Iterator[Block]:
        rules = conditions_of(shown, section)
        if rules:
            links = tuple(self._rule(id, text, shown.words) for id, text in sorted(rules.items()))
            yield Details(shown.words.plain("Why is this asked? The rules on this page"), (Bullets(links),))

    def _rule(self, id: str, text: str, words: Words) -> Inline:
        why = self.drafting.why(id)
        return (Ref(id, why) if why else Ref(id), " ", words.model(text))

    def several(self, shown: Shown, section: Section, kept: Kept) -> Page:
        """The groups of a section that have pages of their own, with ways to add and take away."""
        words, here = shown.words, address(kept, section)
        rows = []
        for at in instances(kept.tree, section.each):
            values = [value for value in (content.text_at(kept.tree, each) for each in places_in(shown, section, at))
                      if value][:LEAST]  # fmt: skip
            wrong = [each for each in shown.faults if each.at[: len(at)] == at and belongs(section, each.at)]
            state: Inline = Tag(words.plain("Not complete"), Tone.RUN) if wrong else words.say("Complete")
            link = Link(words.say("No %(number)s", number=numbered(at, 1)), address(kept, section, at))
            rows.append(Row((link, ", ".join(values), state)))
        names = (words.plain("Number"), words.plain("What is in it"), words.plain("State"))
        table: Block = Empty(words.say("None is there yet."))
        if rows:
            table = Table(str(shown.say(section.title)), tuple(map(Column, names)), tuple(rows), dense=True)
        buttons = []
        for above in instances(kept.tree, section.each.rpartition("/")[0]):
            place = content.written((*above, section.each.rpartition("/")[2]))
            number = numbered(above, 1)
            text = words.say("Add one to No %(number)s", number=number) if number else words.say("Add one")
            buttons.append(Button(text, ADD, place, "btn second"))
        form = Form(here, (*buttons, Button(words.plain("Continue"), "go", "on")), hidden={"turn": str(kept.turn)})
        lead: tuple[Block, ...] = (Text(shown.say(section.hint), "lead"),) if section.hint else ()
        if section.columns:
            lead += (Text(Link(words.plain("As a table, or from a spreadsheet"), f"{here}/sheet", "btn second")),)
        blocks = (*lead, Card("several", shown.say(section.title), (table, form)), *self._rules(shown, section))
        return Page(str(shown.say(section.title)), blocks, kicker=kept.reference,
                    crumbs=self._crumbs(shown, kept, section, ()))  # fmt: skip

    # --- check, send, and after

    async def check(self, visit: Visit) -> Answer:
        """Everything that is filled in, to be looked at before it is sent."""
        kept, filing = await self.drafting.open(visit)
        if kept.sent:
            return Redirect(f"{DRAFTS}/{kept.name}/sent")
        return await self.checking(visit, kept, filing)

    async def checking(
        self, visit: Visit, kept: Kept, filing: Filing, found: tuple[Found, ...] = (), *, changed: bool = False,
        faulty: bool = False,
    ) -> Page:  # fmt: skip
        """The answers, and the button that sends them. found: why it was refused at the door."""
        words, faults = visit.words, found or await self.faults(visit, kept, filing)
        shown = self.drafting.shown(visit, kept, filing, faults)
        cards: list[Block] = [changed_note(words)] if changed else []
        visible = [each for each in faults if any(belongs(one, each.at) for one in filing.sections)]
        rest = [each for each in faults if each not in visible] if not visible else []
        if visible or rest:
            lines = tuple(self._mend(each, shown, kept) for each in (*visible, *rest))
            cards.append(Card("faults", words.plain("What to mend"), (Bullets(lines),)))
        cards += [self._answers(shown, section, kept) for section in filing.sections]
        if kept.files:
            change = Link(words.plain("Attachments"), f"{DRAFTS}/{kept.name}/attachments")
            names = Bullets(tuple(each.name for each in kept.files))
            cards.append(Card("files", words.plain("Files that go with it"), (names,), change))
        send: Block = Form(
            f"{DRAFTS}/{kept.name}/send", (Button(words.plain("Send it to customs")),),
            hidden={"turn": str(kept.turn)}, title=words.plain("Send"),
        )  # fmt: skip
        if not visit.may(filing.operation):
            send = Note("", words.say("You may prepare it. Sending needs a role that you do not have: ask whom you "
                                      "act for."), Tone.WARN)  # fmt: skip
        stated = words.say("By sending it you declare that what is in it is right and complete (UCC art. 15(2)).")
        cards.append(Card("send", words.plain("Send"), (Text(stated), send)))
        return Page(
            words.plain("Check and send"), tuple(cards), kicker=kept.reference, faulty=faulty,
            crumbs=(Link(words.plain("Declare"), DECLARE), Link(shown.say(filing.title), f"{DRAFTS}/{kept.name}")),
        )  # fmt: skip

    def _mend(self, found: Found, shown: Shown, kept: Kept) -> Inline:
        for section in shown.filing.sections:
            if belongs(section, found.at):
                known = [each for each in instances(kept.tree, section.each)
                         if section.each and found.at[: len(each)] == each]  # fmt: skip
                to, written = address(kept, section, known[0] if known else ()), content.written(found.at)
                return (Link(found.text, f"{to}?faults=shown&{AT}={written}#f-{written}"), Small(found.law))
        return (found.text, Small((found.law, " ", Ref(found.fault.pointer))))

    def _answers(self, shown: Shown, section: Section, kept: Kept) -> Card:
        words = shown.words
        change = Link(words.say("Change: %(section)s", section=shown.say(section.title)), address(kept, section))
        if section.each:
            number = len(list(instances(kept.tree, section.each)))
            return Card(
                f"s-{section.name}",
                shown.say(section.title),
                (Text(words.count("%(number)s is filled in", "%(number)s are filled in", number)),),
                change,
            )
        facts = [
            (f"{group.title}: {_label(shown, field)}" if group.title else _label(shown, field), _said(field))
            for group in groups_of(shown, section) for field in group.fields if field.value
        ]  # fmt: skip
        block: Block = Facts(tuple(facts)) if facts else Text(words.say("Nothing is filled in."))
        return Card(f"s-{section.name}", shown.say(section.title), (block,), change)

    async def sent(self, visit: Visit) -> Answer:
        """What became of it: received, refused with each fault, or where its case stands."""
        kept, filing = await self.drafting.open(visit)
        if not kept.sent:
            return Redirect(f"{DRAFTS}/{kept.name}")
        words = visit.words
        file = await self.drafting.case_of(visit, kept)
        told = await self.drafting.refused(visit, kept)
        answered = await visit.became(kept.sent)
        waits = answered is not None and answered.state == "waiting"
        became = tuple(self._became(visit, kept, filing, file, told, waits=waits))
        live = Live("sent", f"{DRAFTS}/{kept.name}/sent?part=sent", became)
        acts: tuple[Block, ...] = ()
        again = Form(f"{DRAFTS}/{kept.name}/correct", (Button(words.plain("Correct and send again")),),
                     hidden={"turn": str(kept.turn)})  # fmt: skip
        if told:
            acts = (Card("again", words.plain("What you can do"), (again,)),)
        facts = Facts((
            (words.plain("Reference"), Ref(kept.reference)), (words.plain("Message"), Ref(kept.sent)),
            (words.plain("Sent"), words.moment(kept.saved_at)),
            *_proofs(file, filing, words),
        ))  # fmt: skip
        answers = tuple(self._answer(each, visit) for each in (answered.answers if answered is not None else ())[:MOST])
        blocks = (live, *acts, *answers, Card("facts", words.plain("What proves it"), (facts,)))
        return Page(self.drafting.say(filing.title, words), blocks, kicker=kept.reference,
                    crumbs=(Link(words.plain("Declare"), DECLARE),))  # fmt: skip

    def _became(
        self, visit: Visit, kept: Kept, filing: Filing, file: Any, told: Any, *, waits: bool
    ) -> Iterator[Block]:  # fmt: skip
        words = visit.words
        if told:
            yield Note(words.plain("It was refused"), words.say("Nothing of it counts as declared. Each fault says how "
                                                               "to mend it."), Tone.BAD)  # fmt: skip
            columns = (words.plain("Where"), words.plain("What to do"), words.plain("What stood there"),
                       words.plain("Rule"))  # fmt: skip
            placed = self.drafting.placed(visit, told, filing, told=True)
            rows = tuple(Row((self._where(each, filing, words), each.text, each.fault.value or "–",
                              self._why(each, words))) for each in placed)  # fmt: skip
            yield Card("faults", words.plain("What was refused"),
                       (Table(words.plain("Faults"), tuple(map(Column, columns)), rows),))  # fmt: skip
            return
        text = words.say("It is kept, and cannot be lost. What follows is told in its case and in your messages.")
        if waits:
            yield Note(
                "",
                words.say("It was received, and is not handled yet. Load this page again to see what became of it."),
                Tone.WAIT,
            )
            return
        yield Note(words.plain("It was received"), text, Tone.GOOD)
        if file is not None:
            named = file.line.reference != file.line.case and file.line.reference[2:4] == kept.country
            query = "" if named else urlencode({"country": kept.country})
            to = f"/cases/{file.line.reference}" + (f"?{query}" if query else "")
            state = file.line.state
            tag: Inline = Tag(words.model(state_words(state)), tone_of(state)) if state else ""
            facts = Facts(((words.plain("Case"), Ref(file.line.reference, to)), (words.plain("State"), tag)))
            yield Card("case", words.plain("Its case"), (facts,))

    def _answer(self, answered: Answered, visit: Visit) -> Block:
        """What an answer says, item by item."""
        name, body = answered.row.type, answered.item.body
        said = self.drafting.said(name, body)
        facts = tuple((self.drafting.say(label, visit.words), Ref(value)) for label, value in said)
        title = visit.words.model(self.drafting.library.titles.get(name, name))
        inside: Block = Facts(facts) if facts else Text(visit.words.say("Its text is not kept for reading any more."))
        return Details(f"{visit.words.plain('What was answered')}: {title}", (inside,))

    def _where(self, found: Found, filing: Filing, words: Words) -> Inline:
        field = self.drafting.form(filing).field(content.path_of(found.at)) if found.at else None
        label = self.drafting.say(field.label, words) if field is not None else ""
        return (label, Small(Ref(found.fault.pointer)))

    def _why(self, found: Found, words: Words) -> Inline:
        why = self.drafting.why(found.fault.rule)
        shown = Ref(found.fault.rule or found.fault.code)
        return (shown, " ", Link(words.plain("Why?"), why)) if why else shown


def _proofs(file: Any, filing: Filing, words: Words) -> Iterator[tuple[str, Inline]]:
    """By what it is proven that it was sent: its leaf in the audit log and its digest, as its case tells them."""
    own = [each for each in file.messages if each.direction == "in" and each.type == filing.operation] if file else []
    if own:
        yield words.plain("Number in the audit log"), str(own[-1].leaf)
        yield words.plain("SHA-256 of what was sent"), " ".join(textwrap.wrap(own[-1].digest, 16))
        if own[-1].by:
            yield words.plain("by the delegate"), Ref(own[-1].by)


def _label(shown: Shown, field: Field) -> str:
    """What a field is called, without whether it may be left empty."""
    described = shown.form.field(content.path_of(content.place(field.name)))
    return shown.say(described.label) if described is not None else field.label


def _said(field: Field) -> str:
    return next((each.text for each in field.options if each.value == field.value), field.value)


def country_of(visit: Visit) -> str:
    """The country whose administration registered whoever visits, or whom he acts for; empty where nobody is known."""
    return visit.caller.caller.party.identifier[:2] if visit.caller is not None else ""


def elsewhere_note(country: str, address: str, words: Words) -> Text:
    """That traders of a country use a portal of their own for something, and where it is, if that is known."""
    said = words.say("Traders of %(country)s do this in a portal of their own.", country=country)
    way: Inline = (" ", Link(words.plain("Go there"), address)) if address else ""
    unknown: Inline = "" if address else (" ", words.say("Its address is not known here: ask your customs authority."))
    return Text((said, way, unknown))


def changed_note(words: Words) -> Note:
    """What is said where somebody saved a draft meanwhile."""
    text = words.say("The draft was saved in another window since you opened this page. You see what you filled in "
                     "here; send it once more to keep it.")  # fmt: skip
    return Note(words.plain("The draft has changed"), text, Tone.WARN)


def state_tag(sent: str, words: Words) -> Tag:
    """Whether a draft was sent."""
    return Tag(words.plain("Sent"), Tone.GOOD) if sent else Tag(words.plain("Draft, not sent"), Tone.WARN)


def numbered(at: Place, add: int = 0) -> str:
    """The numbers in a place: ``0.2``; from 1 as people count with ``add``."""
    return ".".join(str(int(step) + add) for step in at if step.isdigit())


def address(kept: Kept, section: Section, at: Place = ()) -> str:
    """The page of a section, or of one of its groups."""
    numbers = numbered(at)
    return f"{DRAFTS}/{kept.name}/{section.name}" + (f"/{numbers}" if section.each and numbers else "")


def turn_of(visit: Visit) -> int:
    """How often a draft had been saved when a form began. Raises BadRequest for a form that does not say it."""
    said = visit.form.get("turn", "")
    if not (said.isascii() and said.isdigit() and len(said) < 10):
        raise BadRequest(
            "This form does not say which state of the draft it began with.", remedy="Open the page again."
        )
    return int(said)
