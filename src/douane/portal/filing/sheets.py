"""Groups of a kind as a table: filled in cell by cell, or pasted from a spreadsheet, with each fault at its cell."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from douane.channels.browser.visits import Answer, Redirect, Visit
from douane.model.form import Form as Description
from douane.pages import blocks
from douane.pages.blocks import Block, Button, Card, Field, Form, Inline, Link, Option, Page, Sheet, Tag, Text, Tone
from douane.pages.modules import Filing, Section, Tree
from douane.portal.filing import content
from douane.portal.filing.content import Place
from douane.portal.filing.drafting import Drafting, Kept
from douane.portal.filing.projecting import Found, instances
from douane.portal.filing.views import DRAFTS, Views, address, changed_note, numbered, turn_of
from douane.standards.forms.items import Content
from douane.vocabulary.errors import NotFound

ROWS: Final = 50
"""Rows of a page."""
TOGETHER: Final = 10
"""Groups that are judged at once: of one message a hundred faults are named."""
PASTE: Final = "paste"


@dataclass(frozen=True, slots=True)
class _Opened:
    """A table that somebody has opened: whose draft, which groups, and the places of its columns in one of them."""

    kept: Kept
    filing: Filing
    section: Section
    form: Description
    columns: tuple[Place, ...]
    places: tuple[Place, ...]

    @property
    def path(self) -> str:
        """Where it is."""
        return f"{address(self.kept, self.section)}/sheet"


class Sheets:
    """The tables of drafts."""

    def __init__(self, drafting: Drafting, views: Views) -> None:
        self.drafting, self.views = drafting, views

    async def show(self, visit: Visit) -> Answer:
        """A page of the table."""
        kept, filing = await self.drafting.open(visit)
        if kept.sent:
            return Redirect(f"{DRAFTS}/{kept.name}/sent")
        return self._page(visit, self._opened(visit, kept, filing))

    async def save(self, visit: Visit) -> Answer:
        """Keep the cells of a page, or what was pasted."""
        kept, filing = await self.drafting.open(visit)
        if kept.sent:
            return Redirect(f"{DRAFTS}/{kept.name}/sent")
        opened = self._opened(visit, kept, filing)
        pasted = visit.form.get(PASTE, "")
        problem = self._pasted(visit, opened, pasted) if pasted.strip() else self._typed(visit, opened)
        if problem:
            visit.address = opened.path
            return self._page(visit, opened, problem=problem)
        stale = turn_of(visit) != kept.turn
        if stale or await self.drafting.save(visit, kept, filing) is None:
            visit.address = opened.path
            return self._page(visit, self._opened(visit, kept, filing), changed=True)
        if visit.form.get("go") == "later":
            return Redirect(f"{DRAFTS}/{kept.name}")
        return Redirect(f"{opened.path}?{urlencode({'from': _first(visit)})}" if not pasted.strip() else opened.path)

    def _opened(self, visit: Visit, kept: Kept, filing: Filing) -> _Opened:
        section = filing.section(visit.path.get("section", ""))
        if section is None or not section.columns:
            raise NotFound("The draft has no such table.", remedy="Choose one of its sections.")
        form = self.drafting.form(filing)
        columns = tuple(_inside(form, section.each, each) for each in section.columns)
        return _Opened(kept, filing, section, form, columns, tuple(instances(kept.tree, section.each)))

    # --- what is shown

    def _page(self, visit: Visit, opened: _Opened, *, problem: str = "", changed: bool = False) -> Page:
        words, kept = visit.words, opened.kept
        faults = self._faults(visit, opened)
        wrong = {each.at[: len(place)] for each in faults for place in opened.places if each.at[: len(place)] == place}
        chosen = [each for each in opened.places if each in wrong] if "faulty" in visit.query else list(opened.places)
        first = min(_first(visit), max(0, len(chosen) - 1) // ROWS * ROWS)
        shown = chosen[first : first + ROWS]
        state = Tag(words.plain("Not complete"), Tone.RUN) if wrong else Tag(words.plain("Complete"), Tone.GOOD)
        told: list[Inline] = [
            words.count("%(number)s is filled in", "%(number)s are filled in", len(opened.places)),
            " ",
        ]
        if wrong:
            told.append(Link(words.say("Show those that are not complete: %(number)s", number=len(wrong)),
                             f"{opened.path}?faulty=shown"))  # fmt: skip
        labels = tuple(self._label(each, opened, visit) for each in opened.columns)
        sheet = Sheet(words.plain("Table"), labels, tuple(self._row(each, opened, labels, faults) for each in shown))
        keep = Form(opened.path, (Button(words.plain("Save"), "go", "on"),
                                  Button(words.plain("Save for later"), "go", "later", "btn second")),
                    hidden={"from": str(first), "turn": str(kept.turn)}, sheet=sheet)  # fmt: skip
        more = [Link(words.plain("Next page"), f"{opened.path}?{urlencode({'from': first + ROWS})}")] * (
            first + ROWS < len(chosen)
        )
        cells: tuple[Block, ...] = (Text(tuple(told)), keep, *(Text(each) for each in more)) if shown else ()
        parts: list[Block] = [changed_note(words)] if changed else []
        parts += [Card("cells", self.drafting.say(opened.section.title, words), cells)] if cells else []
        parts.append(Card("paste", words.plain("Paste from a spreadsheet"), (self._paste(visit, opened, problem),)))
        crumbs = (Link(self.drafting.say(opened.filing.title, words), f"{DRAFTS}/{kept.name}"),
                  Link(self.drafting.say(opened.section.title, words), address(kept, opened.section)))  # fmt: skip
        return Page(words.plain("Table"), tuple(parts), kicker=kept.reference, state=state, crumbs=crumbs,
                    faulty=bool(problem) or changed)  # fmt: skip

    def _paste(self, visit: Visit, opened: _Opened, problem: str) -> Form:
        words = visit.words
        labels = ", ".join(str(self._label(each, opened, visit)) for each in opened.columns)
        hint = words.plain("A row for each, its cells in this order: %(columns)s. Copy them in the spreadsheet without "
                           "the heading.", columns=labels)  # fmt: skip
        ways = (Option("replace", words.plain("in place of what is there, row by row")),
                Option("append", words.plain("after what is there")))  # fmt: skip
        fields = (
            Field(PASTE, words.plain("Rows"), visit.form.get(PASTE, "") if problem else "", hint, problem, rows=8),
            Field("way", words.plain("They come"), visit.form.get("way", "replace"), options=ways),
        )
        return Form(opened.path, (Button(words.plain("Paste"), look="btn second"),), fields,
                    {"turn": str(opened.kept.turn)})  # fmt: skip

    def _label(self, column: Place, opened: _Opened, visit: Visit) -> str:
        described = opened.form.field(f"/{opened.section.each}{content.path_of(column)}")
        return self.drafting.say(described.label, visit.words) if described is not None else ""

    def _row(
        self, place: Place, opened: _Opened, labels: Sequence[str], faults: Sequence[Found]
    ) -> tuple[Inline, tuple[Field, ...]]:  # fmt: skip
        """A row: its number leads to the page of its group; what is wrong with it beside its cells stands there too."""
        own = [each for each in faults if each.at[: len(place)] == place]
        number, cells = numbered(place, 1), []
        for column, label in zip(opened.columns, labels, strict=True):
            at = (*place, *column)
            text = next((each.text for each in own if each.at == at or at[: len(each.at)] == each.at != place), "")
            value = content.text_at(opened.kept.tree, at)
            cells.append(Field(content.written(at), f"{number}: {label}", value, fault=text))
        asked = {(*place, *column)[:n] for column in opened.columns for n in range(len(place), len(place + column) + 1)}
        others = tuple(blocks.Small(each.text) for each in own if each.at not in asked)
        return (Link(number, address(opened.kept, opened.section, place)), *others), tuple(cells)

    def _faults(self, visit: Visit, opened: _Opened) -> list[Found]:
        """What is wrong with each group, some at a time, so that none of them hides another's."""
        found: list[Found] = []
        tag = opened.section.each.rpartition("/")[2]
        by_parent: dict[Place, list[Place]] = {}
        for each in opened.places:
            by_parent.setdefault(each[:-2], []).append(each)
        bare: Tree = json.loads(json.dumps(_without(opened.kept.tree, opened.section.each.split("/"))))
        for parent, places in by_parent.items():
            around = content.found(bare, parent)
            groups = content.found(opened.kept.tree, (*parent, tag))
            if not isinstance(around, dict) or not isinstance(groups, list):
                continue
            for start in range(0, len(places), TOGETHER):
                around[tag] = groups[start : start + TOGETHER]
                kept = replace(opened.kept, tree=bare)
                told = self.drafting.of_form(visit, kept, opened.filing)
                for one in self.drafting.placed(visit, told, opened.filing):
                    if one.at[: len(parent) + 1] == (*parent, tag) and len(one.at) > len(parent) + 1:
                        number = str(int(one.at[len(parent) + 1]) + start)
                        found.append(replace(one, at=(*parent, tag, number, *one.at[len(parent) + 2 :])))
            around[tag] = []
        return found

    # --- what is taken

    def _typed(self, visit: Visit, opened: _Opened) -> str:
        """Take over the cells of a page."""
        for place in opened.places:
            for column in opened.columns:
                name = content.written((*place, *column))
                if name in visit.form:
                    content.put(opened.kept.tree, content.place(name), visit.form[name].strip())
        return ""

    def _pasted(self, visit: Visit, opened: _Opened, text: str) -> str:
        """Take over pasted rows; why not, where they do not fit: then nothing is changed."""
        words, lines = visit.words, [each for each in text.splitlines() if each.strip()]
        parted = "\t" if "\t" in text else ";"
        rows = [[cell.strip() for cell in line.split(parted)] for line in lines]
        described = opened.form.field(f"/{opened.section.each}")
        most = described.item.most if described is not None and described.item.most else content.MOST
        parent = next(instances(opened.kept.tree, opened.section.each.rpartition("/")[0]), None)
        if parent is None:
            return words.plain("There is nothing that the rows belong to yet.")
        tag = opened.section.each.rpartition("/")[2]
        there = content.count_at(opened.kept.tree, (*parent, tag)) if visit.form.get("way") == "append" else 0
        if there + len(rows) > most:
            return words.plain("There may be %(most)s at most.", most=most)
        wide = next((n for n, row in enumerate(rows, 1) if len(row) > len(opened.columns)), 0)
        if wide:
            return words.plain("Row %(row)s has more cells than there are columns.", row=wide)
        content.shorten(opened.kept.tree, (*parent, tag), there + len(rows))
        for n, row in enumerate(rows, there):
            for column, cell in zip(opened.columns, row, strict=False):
                at = (*parent, tag, str(n), *column)
                content.put(opened.kept.tree, at, _plain(cell, opened.form, content.path_of(at)))
        return ""


def _plain(cell: str, form: Description, path: str) -> str:
    """A cell as messages write it: a number without the signs that spreadsheets part thousands and decimals by."""
    described = form.field(path)
    if described is None or described.item.content not in (Content.DECIMAL, Content.INTEGER):
        return cell
    bare = "".join(each for each in cell if not each.isspace())
    if bare.rfind(",") > bare.rfind("."):
        return bare.replace(".", "").replace(",", ".")
    return bare.replace(",", "")


def _inside(form: Description, each: str, column: str) -> Place:
    """The place of a column in a group: of groups inside that repeat the first."""
    at: list[str] = []
    for step in column.split("/"):
        at.append(step)
        described = form.field(f"/{each}{content.path_of(tuple(at))}")
        if described is not None and described.fields and described.repeats:
            at.append("0")
    return tuple(at)


def _without(tree: Tree, steps: Sequence[str]) -> Tree:
    """The tree without the groups at the end of a path."""
    made = dict(tree)
    inner = made.get(steps[0])
    if len(steps) == 1:
        made[steps[0]] = []
    elif isinstance(inner, list):
        made[steps[0]] = [_without(one, steps[1:]) for one in inner]
    elif isinstance(inner, dict):
        made[steps[0]] = _without(inner, steps[1:])
    return made


def _first(visit: Visit) -> int:
    said = visit.form.get("from", "") or visit.query.get("from", "")
    return int(said) // ROWS * ROWS if said.isascii() and said.isdigit() and len(said) < 6 else 0
