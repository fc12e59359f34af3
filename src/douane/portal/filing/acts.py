"""What is done with a draft: begun, saved, sent, corrected, thrown away. Doing it twice does it once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final
from urllib.parse import quote

from douane.channels.browser.visits import Answer, Redirect, View, Visit, page
from douane.model.needs import DISCARD_DRAFT, DRAFT, SAVE_DRAFT, Need
from douane.model.needs import DRAFTS as LIST
from douane.model.routes import Opening
from douane.pages.blocks import Button, Form
from douane.pages.drawing import draw_saved
from douane.pages.modules import Filing, Section
from douane.pages.screens import Situation
from douane.portal.filing import content
from douane.portal.filing.attaching import attaching_views
from douane.portal.filing.drafting import Drafting, Kept
from douane.portal.filing.guided import ONE, SEEN, first_wrong, following, seen_of, things
from douane.portal.filing.projecting import Shown, changed, groups_of, taken
from douane.portal.filing.sheets import Sheets
from douane.portal.filing.views import DECLARE, DRAFTS, Views, address, turn_of
from douane.runtime.store.origin import Attachment
from douane.shared_services.web.answers import Response
from douane.vocabulary.errors import NotFound, SenderFault

HTML: Final = "text/html; charset=utf-8"


class Acts:
    """The forms that are sent."""

    def __init__(self, drafting: Drafting, views: Views) -> None:
        self.drafting, self.views = drafting, views

    async def begin(self, visit: Visit) -> Answer:
        """A draft of its own for each beginning."""
        filing = self.drafting.named(visit.path["filing"])
        kept = await self.drafting.begin(visit, filing, visit.form.get("case", ""), visit.form.get("country", ""))
        return Redirect(f"{DRAFTS}/{kept.name}")

    async def save(self, visit: Visit) -> Answer:
        """Keep what a page was sent with, then go where its button leads."""
        kept, filing = await self.drafting.open(visit)
        if kept.sent:
            return Redirect(f"{DRAFTS}/{kept.name}/sent")
        section, at = self.views.place(visit, kept, filing)
        shown, stale = self.drafting.shown(visit, kept, filing), turn_of(visit) != kept.turn
        one = visit.form.get(ONE)
        stale = stale and not self._untouched(shown, section, at, visit)
        taken(shown, section, at, visit.form)
        by_itself = "by" in visit.query
        if stale:
            if by_itself:
                return _saved(
                    visit.words.plain("Not saved: the draft was changed in another window."), turn_of(visit), visit
                )
            visit.address = address(kept, section, at)
            return self.views.page(shown, section, at, kept, changed=True, faulty=True, one=one)
        to = changed(shown, section, visit.form)
        saved = await self.drafting.save(visit, kept, filing)
        if saved is None:
            visit.address = address(kept, section, at)
            return self.views.page(shown, section, at, kept, changed=True, faulty=True, one=one)
        if by_itself:
            return _saved(
                visit.words.plain("Saved %(moment)s", moment=visit.words.moment(saved.saved_at)), saved.turn, visit
            )
        return await self._onward(visit, saved, filing, (section, at, to))

    def _untouched(self, shown: Shown, section: Section, at: content.Place, visit: Visit) -> bool:
        """Whether a form of one thing finds it as its page did, whatever else was saved since."""
        name = visit.form.get(ONE, "")
        named = [each for each in things(groups_of(shown, section, at)) if each[0].name == name]
        return ONE in visit.form and bool(named) and seen_of(named[0], shown.tree) == visit.form.get(SEEN)

    async def _onward(
        self, visit: Visit, kept: Kept, filing: Filing, place: tuple[Section, content.Place, str]
    ) -> Answer:  # fmt: skip
        section, at, to = place
        if to or "remove" in visit.form:
            mark = content.place(to)
            if section.each and content.path_of(mark).lstrip("/") == section.each:
                return Redirect(address(kept, section, mark))
            there = content.found(kept.tree, at) is not None or not at
            if there and ONE in visit.form:
                return Redirect(f"{address(kept, section, at)}?{ONE}={quote(to or visit.form[ONE])}")
            return Redirect(f"{address(kept, section, at if there else ())}" + (f"#g-{to}" if to else ""))
        if visit.form.get("go") == "later":
            return Redirect(f"{DRAFTS}/{kept.name}")
        faults = await self.views.faults(visit, kept, filing)
        shown = self.drafting.shown(visit, kept, filing, faults)
        if ONE in visit.form:
            part = self.views.page(shown, section, at, kept, one=visit.form[ONE])
            if part.faulty:
                visit.address = f"{address(kept, section, at)}?{ONE}={quote(visit.form[ONE])}"
                return part
            several = things(groups_of(shown, section, at))
            then = following(several, visit.form[ONE]) or first_wrong(several)
            if then is not None:
                return Redirect(f"{address(kept, section, at)}?{ONE}={quote(then)}")
        answer = self.views.page(shown, section, at, kept)
        if answer.faulty and not (section.each and not at):
            visit.address = address(kept, section, at)
            return answer
        if section.each and at:
            return Redirect(address(kept, section))
        names = [each.name for each in filing.sections]
        after = names.index(section.name) + 1
        return Redirect(f"{DRAFTS}/{kept.name}/{names[after]}" if after < len(names) else f"{DRAFTS}/{kept.name}/check")

    async def send(self, visit: Visit) -> Answer:
        """Send it, once: however often it is asked for, the same octets go through the door, which knows them again."""
        kept, filing = await self.drafting.open(visit)
        if kept.sent:
            return Redirect(f"{DRAFTS}/{kept.name}/sent")
        if turn_of(visit) != kept.turn:
            visit.address = f"{DRAFTS}/{kept.name}/check"
            return await self.views.checking(visit, kept, filing, changed=True, faulty=True)
        body = self.drafting.body(visit, kept, filing)
        try:
            message = self.drafting.read(body, filing)
            receipt = await visit.send(
                body, operation=filing.operation, json=self.drafting.family(filing) is None,
                attachments=tuple(Attachment(each.name, each.media, each.digest, each.size) for each in kept.files),
            )  # fmt: skip
        except SenderFault as refusal:
            if not refusal.faults:
                raise
            visit.address = f"{DRAFTS}/{kept.name}/check"
            found = self.drafting.placed(visit, refusal.faults, filing)
            return await self.views.checking(visit, kept, filing, found, faulty=True)
        await visit.outcome(receipt)
        country = self.drafting.catalogue.administration_of(self.drafting.declared(filing), message)
        await self.drafting.save(
            visit, kept, filing, sent=f"{receipt.position:x}", case=f"{receipt.subject:016x}", country=country
        )
        return Redirect(f"{DRAFTS}/{kept.name}/sent")

    async def correct(self, visit: Visit) -> Answer:
        """Open again what was refused, under a reference of its own: one that was refused has been used."""
        kept, filing = await self.drafting.open(visit)
        if not kept.sent:
            return Redirect(f"{DRAFTS}/{kept.name}")
        if not await self.drafting.refused(visit, kept):
            raise NotFound("It was not refused: there is nothing to correct.", remedy="Look at its case.")
        if filing.own:
            place = content.place(filing.own)
            content.put(kept.tree, place, f"{content.text_at(kept.tree, place)[:17]}-{kept.turn}")
        await self.drafting.save(visit, kept, filing, sent="", mends=kept.sent)
        return Redirect(f"{DRAFTS}/{kept.name}")

    async def discard(self, visit: Visit) -> Answer:
        """Throw it away, as it was seen."""
        kept, filing = await self.drafting.open(visit)
        if turn_of(visit) != kept.turn:
            visit.address = f"{DRAFTS}/{kept.name}"
            return replace(await self.views.tasks(visit, kept, filing, changed=True), faulty=True)
        await self.drafting.discard(visit, kept)
        return Redirect(DECLARE)


def _saved(text: str, turn: int, visit: Visit) -> Response:
    body = draw_saved(text, turn, visit.words)
    return Response(200, body.encode(), HTML, (("cache-control", "private, no-cache"),))


def ways(drafting: Drafting, visit: Visit, situation: Situation) -> tuple[Form, ...]:
    """What may be filled in about a case, by where it stands and what was said in it."""
    case, country = str(situation.known.get("case", "")), str(situation.known.get("country", ""))
    forms = []
    for _, filing in drafting.filings():
        again = not filing.tasks and filing.operation in situation.said
        if case and (again or filing.tasks & situation.tasks) and visit.offers(filing.operation):
            refused = again and situation.refused
            title = "Correct and send again" if refused else "Copy as new declaration" if again else filing.title
            button = Button(drafting.say(title, visit.words), look="btn second")
            forms.append(Form(f"{DECLARE}/{filing.name}", (button,), hidden={"case": case, "country": country}))
    return tuple(forms)


def filing_views(drafting: Drafting) -> tuple[View, ...]:
    """Every page, with what it calls."""
    views = Views(drafting)
    acts, sheets = Acts(drafting, views), Sheets(drafting, views)
    one = f"{DRAFTS}/{{draft}}"

    def get(path: str, show: Any, need: Need = DRAFT) -> View:
        return View(page("GET", path, Opening.OPERATION, drafting.asked(need)), show)

    def post(path: str, do: Any, need: Need = SAVE_DRAFT) -> View:
        return View(page("POST", path, Opening.OPERATION, drafting.asked(need)), do)

    return (
        *attaching_views(drafting),
        get(DECLARE, views.beginnings, LIST), post(f"{DECLARE}/{{filing}}", acts.begin),
        get(one, views.draft), get(f"{one}/check", views.check), get(f"{one}/sent", views.sent),
        post(f"{one}/send", acts.send), post(f"{one}/correct", acts.correct),
        post(f"{one}/discard", acts.discard, DISCARD_DRAFT),
        get(f"{one}/{{section}}/sheet", sheets.show), post(f"{one}/{{section}}/sheet", sheets.save),
        get(f"{one}/{{section}}", views.section), post(f"{one}/{{section}}", acts.save),
        get(f"{one}/{{section}}/{{place}}", views.section), post(f"{one}/{{section}}/{{place}}", acts.save),
    )  # fmt: skip
