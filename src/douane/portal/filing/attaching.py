"""Files that go with a draft: added one by one, as what they are, and sent with the message."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import msgspec

from douane.channels.browser.uploads import LARGEST, Upload
from douane.channels.browser.visits import Answer, Redirect, View, Visit, page
from douane.model.needs import ATTACH_TO_DRAFT, DETACH_FROM_DRAFT, DRAFT
from douane.model.routes import Opening
from douane.pages.blocks import (
    Block,
    Button,
    Card,
    Column,
    Details,
    Empty,
    Field,
    Form,
    Link,
    Option,
    Page,
    Ref,
    Row,
    Table,
)
from douane.pages.languages import Words
from douane.portal.filing.drafting import Drafting, Kept
from douane.portal.filing.views import DECLARE, DRAFTS, changed_note, turn_of
from douane.runtime.door.door import party_of
from douane.standards.mime.kinds import kind_of, lies
from douane.vocabulary.errors import SenderFault

NAME: Final = "attachments"
SCRIPTS: Final = ("upload",)
MEBI: Final = 1024 * 1024


class Attaching:
    """The page of the files of a draft, and its forms."""

    def __init__(self, drafting: Drafting) -> None:
        self.drafting = drafting

    async def show(self, visit: Visit) -> Answer:
        """The files, and how one more is added."""
        kept, _ = await self.drafting.open(visit)
        return Redirect(f"{DRAFTS}/{kept.name}/sent") if kept.sent else self._page(visit, kept)

    async def add(self, visit: Visit) -> Answer:
        """Add the file that a form brings; one that is not what it says, or that the draft was changed under, is not
        kept."""
        kept, _ = await self.drafting.open(visit)
        if kept.sent:
            return Redirect(f"{DRAFTS}/{kept.name}/sent")
        visit.address = f"{DRAFTS}/{kept.name}/{NAME}"
        if turn_of(visit) != kept.turn:
            return self._page(visit, kept, changed=True)
        file = visit.file
        kind = kind_of(file.head) if file is not None else None
        if file is None or kind is None or lies(file.name, file.media, kind):
            return self._page(visit, kept, fault=_why(file, visit.words))
        assert visit.caller is not None
        attached = await file.publish(party_of(visit.caller), file.name, kind.media)
        body = msgspec.json.encode({"name": kept.name, "turn": kept.turn})
        try:
            receipt = await visit.send(
                body, operation=self.drafting.asked(ATTACH_TO_DRAFT), json=True, attachments=(attached,)
            )
        except SenderFault:
            await file.take_back()
            raise
        await visit.outcome(receipt)
        return Redirect(visit.address)

    async def remove(self, visit: Visit) -> Answer:
        """Take one out again."""
        kept, _ = await self.drafting.open(visit)
        visit.address = f"{DRAFTS}/{kept.name}/{NAME}"
        if turn_of(visit) != kept.turn:
            return self._page(visit, kept, changed=True)
        if file := visit.form.get("file", "")[:100]:
            body = msgspec.json.encode({"name": kept.name, "turn": kept.turn, "file": file})
            operation = self.drafting.asked(DETACH_FROM_DRAFT)
            await visit.outcome(await visit.send(body, operation=operation, json=True))
        return Redirect(visit.address)

    def _page(self, visit: Visit, kept: Kept, *, fault: str = "", changed: bool = False) -> Page:
        words, here = visit.words, f"{DRAFTS}/{kept.name}/{NAME}"
        hint = words.plain("PDF, PNG, JPEG or TIFF, up to %(size)s MiB.", size=LARGEST // MEBI)
        turn = {"turn": str(kept.turn)}
        lost = words.plain("The connection was lost. Nothing of the file is kept, and your draft is safe: try again.")
        add = Form(
            here, (Button(words.plain("Add the file")),),
            (Field("file", words.plain("File"), hint=hint, fault=fault, type="file"),), hidden=turn,
            upload=lost,
        )  # fmt: skip
        shown: Block = Empty(words.say("No file goes with it."))
        blocks: list[Block] = [changed_note(words)] if changed else []
        if kept.files:
            names = (words.plain("File"), words.plain("Kind"), words.plain("Octets"), "SHA-256")
            columns = tuple(Column(name, number=at == 2) for at, name in enumerate(names))
            rows = tuple(Row((each.name, each.media, str(each.size), Ref(each.digest[:16]))) for each in kept.files)
            shown = Table(words.plain("Files that go with it"), columns, rows)
        blocks += [Card("files", words.plain("Files that go with it"), (shown,)),
                   Card("add", words.plain("Add a file"), (add,))]  # fmt: skip
        if kept.files:
            options = tuple(Option(each.name, each.name) for each in kept.files)
            field = Field("file", words.plain("File"), options[0].value, options=options)
            out = Form(f"{here}/remove", (Button(words.plain("Take it out"), look="btn second"),), (field,),
                       hidden=turn, mark="-out")  # fmt: skip
            blocks.append(Details(words.plain("Take a file out"), (out,)))
        crumbs = (Link(words.plain("Declare"), DECLARE), Link(kept.reference or kept.name, f"{DRAFTS}/{kept.name}"))
        made = Page(words.plain("Attachments"), tuple(blocks), kicker=kept.reference, crumbs=crumbs, scripts=SCRIPTS)
        return replace(made, faulty=bool(fault) or changed)


def _why(file: Upload | None, words: Words) -> str:
    """Why a file is not added."""
    if file is None:
        return words.plain("Choose a file that is not empty.")
    kind = kind_of(file.head)
    if kind is None:
        return words.plain("%(name)s is none of these kinds: PDF, PNG, JPEG, TIFF.", name=file.name)
    return words.plain(
        "%(name)s says that it is something else (%(said)s) than it is (%(kind)s). Name it as what it is.",
        name=file.name, said=file.media, kind=kind.media,
    )  # fmt: skip


def attaching_views(drafting: Drafting) -> tuple[View, ...]:
    """The pages, where an application keeps files of drafts."""
    add, remove = drafting.asked(ATTACH_TO_DRAFT), drafting.asked(DETACH_FROM_DRAFT)
    if not (add and remove):
        return ()
    attaching, at = Attaching(drafting), f"{DRAFTS}/{{draft}}/{NAME}"
    return (
        View(page("GET", at, Opening.OPERATION, drafting.asked(DRAFT)), attaching.show),
        View(page("POST", at, Opening.OPERATION, add), attaching.add, takes_file=True),
        View(page("POST", f"{at}/remove", Opening.OPERATION, remove), attaching.remove),
    )
