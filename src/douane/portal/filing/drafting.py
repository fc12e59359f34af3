"""Drafts and forms as whoever visits has them: what is asked of the core, and what is made of its answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec
from markupsafe import Markup
from msgspec.structs import asdict

from douane.channels.browser.visits import Visit
from douane.model.declare import MessageFamily, Operation
from douane.model.form import Field, Form, form_of
from douane.model.needs import (
    CASE_FILE,
    CASE_MESSAGE,
    CASES,
    CHANGE_DRAFT,
    DISCARD_DRAFT,
    DRAFT,
    DRAFTS,
    MESSAGES,
    SAVE_DRAFT,
    Need,
)
from douane.model.rules import RuleBook
from douane.pages.languages import Words
from douane.pages.modules import Beginning, Filing, Module, Sending, Tree
from douane.pages.screens import Library, Situation, path_of
from douane.portal.filing import changing, content, projecting, writing
from douane.portal.filing.content import Place
from douane.portal.filing.projecting import Found, Shown
from douane.portal.filing.saying import said
from douane.runtime.catalogue.catalogue import Catalogue
from douane.standards.json.bounds import decode
from douane.vocabulary.code_lists import CodeLists
from douane.vocabulary.errors import Fault, NotFound, NotServed, SenderFault

NEEDS: Final = (SAVE_DRAFT, DISCARD_DRAFT, DRAFT, DRAFTS, CASE_FILE, CASE_MESSAGE, CASES, MESSAGES)
"""What the portal asks of applications so that something can be filled in."""
CHANGES: Final = 2_000
"""Changes of a draft that are told at most, in place of all of it."""
MISSING: Final = "13"
"""What is not there, among the codes of faults."""
BROKEN: Final = "14"
"""A rule is broken: where nothing stood, something was missing."""


class _Told(msgspec.Struct, frozen=True):
    pointer: str
    code: str
    remedy: str = ""
    value: str = ""
    rule: str = ""


class _Refusal(msgspec.Struct, frozen=True):
    """What refusals of our own types have in common."""

    faults: tuple[_Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it is kept. case, country, sent: empty where there is none, or not yet."""

    name: str
    operation: str
    reference: str
    turn: int
    saved_at: int
    case: str
    country: str
    sent: str
    mends: str
    tree: Tree
    before: str = ""
    """As JSON, what is filled in as it was saved last; empty where that is not known."""
    files: tuple[Any, ...] = ()
    """What goes with it: each with name, media, digest and size."""
    kept_until: dt.date | None = None
    """The last day on which it is there, if nobody saves it again."""


@dataclass(frozen=True)
class Drafting:
    """What the pages of drafts are made from.

    lists: the code lists of now. fresh: a name that nobody has. today: by the union's clock. situation: of the page of
    a case, what can be done there.
    """

    modules: Sequence[Module]
    catalogue: Catalogue
    book: RuleBook
    library: Library
    lists: Callable[[], CodeLists]
    fresh: Callable[[], str]
    today: Callable[[], dt.date]
    situation: Callable[[Any, Visit], Situation]
    explained_at: str = ""
    national: Mapping[str, str] = field(default_factory=dict)
    """Portals of administrations for a module, by ``COUNTRY.module``."""
    _forms: dict[tuple[str, dt.date], tuple[CodeLists, Form]] = field(default_factory=dict)

    def asked(self, need: Need) -> str:
        """The operation that fills a need of the portal."""
        return self.catalogue.filling(need)

    # --- forms

    def filings(self) -> Iterator[tuple[Module, Filing]]:
        """Every filing with the module that brings it."""
        return ((module, filing) for module in self.modules for filing in module.filings)

    def filing(self, operation: str) -> Filing:
        """The filing of an operation. Raises NotFound."""
        found = next((each for _, each in self.filings() if each.operation == operation), None)
        if found is None:
            raise NotFound("Nothing of this kind can be filled in here any more.", remedy="Choose what to declare.")
        return found

    def named(self, name: str) -> Filing:
        """The filing of a name in an address. Raises NotFound."""
        found = next((each for _, each in self.filings() if each.name == name), None)
        if found is None:
            raise NotFound("Nothing of this name can be filled in here.", remedy="Choose what to declare.")
        return found

    def declared(self, filing: Filing) -> Operation:
        """The operation of a filing."""
        return self.catalogue.operation(filing.operation)

    def family(self, filing: Filing) -> MessageFamily | None:
        """The published family of its message."""
        return self.catalogue.family(self.declared(filing).request)

    def form(self, filing: Filing) -> Form:
        """Its form as of today, in English; made anew when code lists change."""
        key, lists = (filing.operation, self.today()), self.lists()
        kept = self._forms.get(key)
        if kept is None or kept[0] is not lists:
            if len(self._forms) > 2 * sum(1 for _ in self.filings()):
                self._forms.clear()  # of other days
            made = form_of(
                self.declared(filing).request, lists.look(key[1]), family=self.family(filing), book=self.book,
                lists=lists,
            )  # fmt: skip
            kept = self._forms[key] = lists, made
        return kept[1]

    def why(self, rule: str) -> str:
        """The page that explains a rule; empty where there is none."""
        return path_of(self.explained_at, f"rule:{rule}") if self.explained_at and rule else ""

    def say(self, text: str, words: Words) -> Markup:
        """A text of a module."""
        return said(text, words, self.modules)

    # --- drafts

    async def open(self, visit: Visit) -> tuple[Kept, Filing]:
        """The draft that an address names. Raises NotFound for another's, as for none."""
        found = await visit.ask(self.asked(DRAFT), name=visit.path["draft"])
        filing = self.filing(found.operation)
        said = _filled_in(found.content)
        tree = content.fitting(said, self.form(filing).fields)
        kept = {name: value for name, value in asdict(found).items() if name in Kept.__slots__}
        return Kept(**kept, tree=tree, before=found.content if said else ""), filing

    async def save(self, visit: Visit, kept: Kept, filing: Filing, **changes: str) -> Kept | None:
        """Keep a draft; as it stands then. None where somebody saved it meanwhile: then nothing is changed."""
        text = msgspec.json.encode(kept.tree).decode()
        reference = content.text_at(kept.tree, content.place(filing.own)) if filing.own else kept.reference
        said: dict[str, Any] = {
            "name": kept.name, "operation": filing.operation, "turn": kept.turn, "content": text,
            "reference": reference[:40], "case": kept.case, "country": kept.country, "sent": kept.sent,
            "mends": kept.mends, **changes,
        }  # fmt: skip
        found = None
        if kept.before and not changes and (short := self._otherwise(kept, reference, len(text))):
            found = await self._saved(visit, kept, self.asked(CHANGE_DRAFT), short)
        if found is None or found.turn == kept.turn:  # a delegate may have been given the whole save alone
            found = await self._saved(visit, kept, self.asked(SAVE_DRAFT), msgspec.json.encode(said))
        if found.turn != kept.turn + 1 or msgspec.json.decode(found.content) != kept.tree:
            return None
        told = {name: value for name, value in asdict(found).items() if name in Kept.__slots__}
        return Kept(**told, tree=kept.tree, before=text)

    def _otherwise(self, kept: Kept, reference: str, whole: int) -> bytes:
        """The message of what is otherwise than it was saved last; empty where the whole is shorter, or nobody takes
        it."""
        told = tuple(changing.changes(msgspec.json.decode(kept.before), kept.tree))
        if not told or len(told) > CHANGES or not self.asked(CHANGE_DRAFT):
            return b""
        said = {"name": kept.name, "turn": kept.turn, "changes": told, "reference": reference[:40]}
        short = msgspec.json.encode(said)
        return short if len(short) < whole else b""

    async def _saved(self, visit: Visit, kept: Kept, operation: str, body: bytes) -> Any:
        """The draft as it stands once a message that saves it is handled."""
        await visit.outcome(await visit.send(body, operation=operation, json=True))
        return await visit.ask(self.asked(DRAFT), name=kept.name)

    async def discard(self, visit: Visit, kept: Kept) -> None:
        """Throw a draft away."""
        body = msgspec.json.encode({"name": kept.name, "turn": kept.turn})
        await visit.outcome(await visit.send(body, operation=self.asked(DISCARD_DRAFT), json=True))

    async def begin(self, visit: Visit, filing: Filing, case: str, country: str) -> Kept:
        """A new draft: empty, or with what was said in a case. Raises NotFound for a case that does not wait for it."""
        assert visit.caller is not None
        name, form = self.fresh(), self.form(filing)
        party = visit.caller.caller.party.identifier
        own = f"{self.today():%y%m%d}{name[:10].upper()}"
        tree: Tree = {}
        for path in filing.first:
            content.add(tree, _first(path, form), repeats=_repeats(path, form))
        mrn, office, tasks = "", "", frozenset[tuple[str, str]]()
        if case:
            file = await visit.ask(self.asked(CASE_FILE), reference=case, country=country)
            situation = self.situation(file, visit)
            if filing.tasks and not filing.tasks & situation.tasks:
                raise NotFound("The case does not wait for this, or no longer.", remedy="Go back to the case.")
            keeps = bool(filing.tasks) or bool(_faults_of(file))
            mrn = file.line.reference if file.line.reference != file.line.case else ""
            office, tasks = file.line.office, situation.tasks
            tree = _merged(tree, await self._said(visit, filing, file, country))
            case, country = (file.line.case, file.administration) if keeps else ("", "")
        beginning = Beginning(party, own, self.today(), mrn, office, tasks)
        for path, value in filing.begins(beginning).items():
            content.put(tree, content.place(path), value)
        if filing.own:
            content.put(tree, content.place(filing.own), own)
        kept = Kept(name, filing.operation, own, 0, 0, case, country, "", "", tree)
        saved = await self.save(visit, kept, filing)
        if saved is None:
            raise NotFound("The draft is not kept yet.", remedy="Look at your drafts in a moment.")
        return saved

    async def _said(self, visit: Visit, filing: Filing, file: Any, country: str) -> Tree:
        """What was said last in a case by a message that a filing takes over from.

        Raises NotFound where a case is to be a template, and whoever asks declared nothing in it, party or not.
        """
        wanted = filing.after or (filing.operation,)
        found = [each for each in file.messages if each.direction == "in" and each.type in wanted]
        if not found:
            if filing.operation in filing.after and not filing.tasks:
                raise NotFound("You declared nothing in this case to begin from.", remedy="Begin with an empty form.")
            return {}
        said = await visit.ask(self.asked(CASE_MESSAGE), reference=file.line.case, country=country, leaf=found[-1].leaf)
        body = said.text.encode()
        request = self.catalogue.operation(found[-1].type).request
        message = self.catalogue.read_document(body) if said.xml else self.catalogue.read_json(request, body)
        tree = writing.tree_of(message, self.form(filing))
        if not _faults_of(file):
            content.forget(tree, frozenset(filing.forgets))
        if not filing.copies:
            return tree
        kept: Tree = {}
        for path in filing.copies:
            _take(tree, kept, path.split("/"))
        return kept

    # --- judging and sending

    def sending(self, visit: Visit, kept: Kept) -> Sending:
        """What is known when a draft is sent; the same however often that is."""
        assert visit.caller is not None
        at = dt.datetime.fromtimestamp(kept.saved_at // 1_000_000, dt.UTC)
        return Sending(visit.caller.caller.party.identifier, f"{kept.name}-{kept.turn}"[:35], at, kept.tree)

    def body(self, visit: Visit, kept: Kept, filing: Filing) -> bytes:
        """The message of a draft."""
        tree = writing.filled(filing, self.sending(visit, kept))
        return writing.message(filing, self.form(filing), tree, self.family(filing))

    def read(self, body: bytes, filing: Filing) -> Any:
        """The typed message. Raises NotValid with each fault of form."""
        if self.family(filing) is not None:
            return self.catalogue.read_document(body)
        return self.catalogue.read_json(self.declared(filing).request, body)

    def of_form(self, visit: Visit, kept: Kept, filing: Filing) -> tuple[Fault, ...]:
        """What is missing or wrong before any rule is asked."""
        try:
            self.read(self.body(visit, kept, filing), filing)
        except SenderFault as refusal:
            return refusal.faults
        return ()

    async def refused(self, visit: Visit, kept: Kept) -> tuple[Fault, ...]:
        """The faults of the refusal that a message was told last, or that the draft mends; none where none was."""
        answered = await visit.became(kept.sent or kept.mends) if kept.sent or kept.mends else None
        if answered is not None and answered.answers:
            last = answered.answers[-1]
            return tuple(map(self._remedied, self._told(last.item.body)))
        file = await self.case_of(visit, kept)
        return tuple(
            self._remedied(Fault(each.pointer, each.code, each.remedy, rule=each.rule, value=each.found))
            for each in (_faults_of(file, since=kept.operation) if file is not None else ())
        )

    async def was_refused(self, visit: Visit, sent: str) -> bool:
        """Whether the last answer to a message of whoever visits names faults."""
        answered = await visit.became(sent)
        return bool(answered is not None and answered.answers and self._told(answered.answers[-1].item.body))

    def _told(self, body: bytes) -> tuple[Fault, ...]:
        """The faults that an answer names: of a published family as that says, of ours those that it calls so."""
        family = self.catalogue.family_of(body) if body.startswith(b"<") else None
        try:
            if family is not None:
                return family.faults(self.catalogue.read_document(body))
            told = msgspec.json.decode(body, type=_Refusal).faults
        except (msgspec.DecodeError, SenderFault):
            return ()
        return tuple(Fault(each.pointer, each.code, each.remedy, rule=each.rule, value=each.value) for each in told)

    def said(self, name: str, body: bytes) -> list[tuple[str, str]]:
        """What a message says: labels and values in the order of its form, codes with their texts, without its head.

        name: its type, or the operation that takes it. Nothing where it cannot be read: who sent it so is not his to
        mend who reads it.
        """
        message = self._type(name)
        if message is None or not body:
            return []
        family = self.catalogue.family(message)
        try:
            value = (
                self.catalogue.read_document(body) if body.startswith(b"<") else self.catalogue.read_json(message, body)
            )
        except SenderFault:
            return []
        form = form_of(message, self.lists().look(self.today()), family=family, lists=self.lists())
        tree = writing.tree_of(value, form)
        found = [
            (form.field(content.path_of(at)), text) for at, text in content.leaves(tree) if len(at) > 1 or not family
        ]
        return [(field.label, _with_text(form, field, text)) for field, text in found if field is not None and text]

    def meaning(self, name: str, pointer: str, code: str) -> str:
        """What a code in a group of a message means, by the code list of a field there; empty where none has it."""
        message = self._type(name)
        if message is None or not code:
            return ""
        form = form_of(
            message, self.lists().look(self.today()), family=self.catalogue.family(message), lists=self.lists()
        )
        group = form.field(pointer)
        inside = [
            each for each in form.everything() if group is not None and each.item.path.startswith(group.item.path)
        ]
        texts = (_text_of(form, each, code) for each in inside if each.item.code_list)
        return next(filter(None, texts), "")

    def _type(self, name: str) -> type | None:
        operation = self.catalogue.operations.get(name)
        return operation.request if operation is not None else self.catalogue.names().get(name)

    def _remedied(self, fault: Fault) -> Fault:
        remedy = fault.remedy or self.library.rules.get(fault.rule) or self.library.codes.get(fault.code, "")
        return Fault(fault.pointer, fault.code, remedy, rule=fault.rule, value=fault.value)

    async def case_of(self, visit: Visit, kept: Kept) -> Any:
        """The case of a draft, as whoever visits may see it; None for none."""
        named, country = (kept.case, kept.country) if kept.case else (kept.reference if kept.sent else "", "")
        if not named:
            return None
        try:
            return await visit.ask(self.asked(CASE_FILE), reference=named[:35], country=country)
        except (NotFound, NotServed):
            return None

    def shown(self, visit: Visit, kept: Kept, filing: Filing, faults: Iterable[Found] = ()) -> Shown:
        """What a page of a draft is drawn from."""
        return Shown(
            filing,
            self.form(filing),
            kept.tree,
            visit.words,
            tuple(faults),
            frozenset(filing.given),
            tuple(self.modules),
        )

    def placed(
        self, visit: Visit, faults: Iterable[Fault], filing: Filing, *, told: bool = False
    ) -> tuple[Found, ...]:  # fmt: skip
        """Faults at their places, in the words of their reader. told: whether they are those of a refusal."""
        form, words = self.form(filing), visit.words
        return tuple(
            Found(content.place_of(each.pointer, form), each, _text(each, form, words, self.modules),
                  _law(each, words, told=told), told)
            for each in faults
        )  # fmt: skip

    def unmended(self, kept: Kept, faults: Iterable[Found]) -> tuple[Found, ...]:
        """Those of a refusal about what still stands there; those about a group stay until it is sent again."""
        return tuple(each for each in faults if _stands(kept.tree, each))


def _text_of(form: Form, field: Field, code: str) -> str:
    """What a code means; empty where its list is not kept, or does not have it."""
    return next((each.title for each in form.codes(field) or () if each.code == code), "")


def _with_text(form: Form, field: Field, value: str) -> str:
    meaning = _text_of(form, field, value) if field.item.code_list else ""
    return f"{value}: {meaning}" if meaning else value


def _filled_in(text: str) -> Tree:
    """What is filled in; nothing where a former release kept a text that is no object within bounds."""
    try:
        found = decode(text.encode())
    except msgspec.DecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def _faults_of(file: Any, *, since: str = "") -> tuple[Any, ...]:
    """The faults of what was said last to whoever asks, in a case; since: after the last message of this operation,
    for what was told before answers another one."""
    said = file.messages
    own = [n for n, each in enumerate(said) if each.direction == "in" and each.type == since]
    told = [each for each in said[own[-1] if own else 0 :] if each.direction == "out"]
    return tuple(told[-1].faults) if told else ()


def _first(path: str, form: Form) -> Place:
    at: list[str] = []
    for step in path.split("/"):
        at.append(step)
        described = form.field(content.path_of(tuple(at)))
        if described is not None and described.repeats and content.path_of(tuple(at)) != "/" + path:
            at.append("0")
    return tuple(at)


def _repeats(path: str, form: Form) -> bool:
    described = form.field("/" + path)
    return described is not None and described.repeats


def _merged(first: Tree, second: Tree) -> Tree:
    """What was said, where something was."""
    return {**first, **second}


def _take(tree: Tree, into: Tree, steps: Sequence[str]) -> None:
    value = tree.get(steps[0])
    if value is None:
        return
    if len(steps) == 1:
        into[steps[0]] = value
    elif isinstance(value, dict):
        inner = into.setdefault(steps[0], {})
        if isinstance(inner, dict):
            _take(value, inner, steps[1:])


def _stands(tree: Tree, found: Found) -> bool:
    """Whether what was refused still stands; where the refusal does not say what stood, as far as one can tell."""
    value, said = content.found(tree, found.at), found.fault.value.replace("T", " ")
    if value is None or not isinstance(value, str):
        return value is not None or not said
    return value.replace("T", " ") == said if said else found.fault.code not in (MISSING, BROKEN)


def _text(fault: Fault, form: Form, words: Words, modules: Sequence[Module]) -> str:
    """What to do about a fault."""
    described = form.field(fault.pointer)
    if fault.code == MISSING and not fault.rule and described is not None:
        return words.say("Fill in: %(field)s", field=said(described.label, words, modules))
    return words.model(projecting.in_words(fault.remedy) or fault.code)


def _law(fault: Fault, words: Words, *, told: bool) -> str:
    law = f"{words.plain('Rule')} {fault.rule}" if fault.rule else f"{words.plain('Code')} {fault.code}"
    return f"{law} · {words.plain('sent')}: {fault.value}" if fault.value and told else law
