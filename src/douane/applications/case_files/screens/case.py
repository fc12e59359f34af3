"""The page of a case: its procedure, time limits, tasks, messages and evidence, and forms of what may be done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

import msgspec
from markupsafe import Markup

from douane.applications.case_files.contract import TEMPLATES, template_named
from douane.applications.case_files.messages import (
    CaseFile,
    CaseMessage,
    FaultFound,
    LetterRefused,
    LetterShown,
    Standing,
    TaskLine,
    TaskRefused,
    TaskState,
)
from douane.applications.case_files.screens.limits import last_day, time_limits
from douane.applications.case_files.screens.lists import (
    FREE,
    MINE,
    called,
    clock,
    in_words,
    kind_of,
    known_of,
    micros,
    state_of,
    who_has,
)
from douane.applications.case_files.screens.live import beside
from douane.author import Fault, Instant, built_in
from douane.author.pages import (
    Act,
    Block,
    Bullets,
    Card,
    Column,
    Columns,
    Details,
    Entry,
    Facts,
    Form,
    Given,
    Inline,
    Link,
    Live,
    Module,
    Option,
    Page,
    Procedure,
    Ref,
    Request,
    Row,
    Rows,
    Screen,
    Situation,
    Small,
    Step,
    Steps,
    Table,
    Tag,
    Text,
    Tone,
    faulty,
    outcome,
)
from douane.pages.pictures.process import ahead, pictures
from douane.standards.bpmn.calls import split
from douane.standards.bpmn.definition import Definition

_KINDS: Final = {"person": "person", "seal": "seal", "client": "certificate of the client"}
"""Kinds of signers, in words that are translated."""
WRITE: Final = ("case_files", "write")
ANSWER: Final = ("case_files", "answer")
"""Where an officer may write a letter; where a letter to the visitor waits for his answer."""


def case(answer: CaseFile, given: Given) -> Page:
    """A case: what it is, where it stands, what runs, what was said, what proves it."""
    words, line = given.words, answer.line
    own = line.case != line.reference and line.reference[2:4] == answer.administration
    rest = "" if own else f"&country={answer.administration}"
    state: tuple[Inline, ...] = (state_of(line, words, big=True),)
    if known := known_of(line, words):
        state += (words.say("as of"), " ", *known)
    running = next((each for each in answer.limits if each.runs), None)
    if running is not None:
        state += (words.say("until the end of %(day)s", day=words.day(last_day(running))),)
    elif line.deadline:
        state += (words.say("until %(moment)s", moment=words.until(micros(line.deadline))),)

    def live(name: str, *blocks: Block) -> Live:
        return Live(name, f"/cases/{line.reference}?part={name}{rest}", blocks)

    stands, acts, body = Text(state, "state under"), tuple(_acts(given)), tuple(_body(answer, given))
    # where it stands comes first: an act is chosen by it
    now = tuple(beside(line, given))
    apart = (*acts, *now)  # what is not fetched anew with the case
    parts = (live("state", stands), *apart, live("case", *body)) if apart else (live("case", stands, *body),)
    crumbs = (Link(words.plain("Cases"), "/cases"),)
    own_file = any(kind == line.kind for kind, _, _ in given.files) and line.reference != line.case
    files = tuple(
        Link(words.model(title), path.replace("{reference}", line.reference), "btn second")
        for kind, title, path in given.files if kind == (line.kind if own_file else "*")
    )  # fmt: skip
    other = (Link(words.plain("Play the other side"), f"{given.start}?go=/cases/{line.reference}", "btn second"),)
    return Page(
        called(line),
        parts,
        Ref(called(line)),
        kind_of(line, words),
        "",
        (*files, *(other if given.start else ())),
        crumbs,
        faulty=faulty(given),
    )


def _acts(given: Given) -> Iterator[Block]:
    """What the visitor may do now; outside of what is fetched anew, since that would take away what he has typed."""
    words = given.words
    yield from outcome(given)
    for number, each in enumerate(each for each in given.acts if not _writes(each)):
        aside = "" if _of_task(each) else words.plain("waits for you")
        yield Card(f"act-{number}", words.model(each.title), (replace(each, title=""),), aside)
    for each in given.acts:
        if _writes(each):
            form = replace(each, title="")
            yield Details(words.plain("Write a letter"), (form,), open=bool(each.faults or each.problems))
    if given.ways:
        yield Card("ways", words.plain("What you can send"), given.ways)


def situation(answer: CaseFile, given: Given) -> Situation:
    """The tasks at which a case waits for somebody, by the definition that it runs by, but for those that a colleague
    has taken; and what the visitor may take, and has."""
    found = set()
    called: dict[tuple[str, str], tuple[str, str]] = {}  # a task within a call, as its own procedure knows it
    for standing in answer.procedures:
        known = _version(standing, given)
        if known is not None and not standing.ended:
            for id in _here(standing, known.definition):
                found.add((standing.procedure, id))
                if split(id)[0]:
                    called[standing.procedure, id] = known.definition.owner(id), split(id)[1]
    known_of: dict[str, str | int] = {
        "reference": answer.line.reference, "office": answer.line.office, "today": given.today.isoformat(),
        "case": answer.line.case, "country": answer.administration,
    }  # fmt: skip
    open_here = [each for each in answer.tasks if each.state is not TaskState.DONE]
    barred = {_step(each) for each in open_here if _barred(each)} - {_step(e) for e in open_here if not _barred(e)}
    free = next((each for each in open_here if each.name and not each.mine and not _barred(each)), None)
    mine = next((each for each in open_here if each.name and each.mine), None)
    for kind, task in ((FREE, free), (MINE, mine)):
        if task is not None:
            found.add(kind)
            known_of |= {f"{kind[1]}.{name}": value for name, value in _told(task).items()}
    if task := mine or free:
        found.add(WRITE)
        opener = next((each.party for each in answer.messages if each.direction == "in"), "")
        known_of |= {"letter.case": task.name, "letter.role": task.role, "letter.to": opener}
    elif unanswered := next((each for each in answer.letters if _waits(each)), None):
        found.add(ANSWER)
        known_of |= {"letter.case": unanswered.case, "letter.number": unanswered.letter}
    found -= barred
    told = [each for each in answer.messages if each.direction == "out"]
    said = frozenset(each.type for each in answer.messages if each.direction == "in")
    tasks = frozenset(found | {own for task, own in called.items() if task in found})
    return Situation(tasks, known_of, said, bool(told and told[-1].faults), state=answer.line.state)


def _step(task: TaskLine) -> tuple[str, str]:
    return task.procedure, task.task


def _barred(task: TaskLine) -> bool:
    """Whether a colleague has a task, or it is handed over to one."""
    theirs = bool(task.holder) and not task.mine and not task.for_me
    return theirs or bool(task.offered_to and not task.for_me and not task.mine)


def _told(task: TaskLine) -> dict[str, str | int]:
    return {
        "case": task.name, "procedure": task.procedure, "task": task.task, "role": task.role, "turn": task.turn,
    }  # fmt: skip


def _body(answer: CaseFile, given: Given) -> Iterator[Block]:
    words, line = given.words, answer.line
    offices = ((words.plain("Office"), Ref(line.office)),) if line.office else ()
    facts = Facts((
        *((words.plain("Also known as"), Ref(name)) for name in line.names if name != line.reference), *offices,
        (words.plain("Administration"), Ref(answer.administration)),
        (words.plain("Opened"), clock(line.opened, words)),
        (words.plain("You take part as"), Markup(", ").join(words.model(role) for role in answer.roles)),
    ))  # fmt: skip
    why = _said_last(answer)
    if why is not None:
        title = words.plain("What was refused, and how to mend it") if why.faults else words.plain("Why")
        yield Card("faults", title, (_faults(why, answer, given),))
    limits = Card("limits", words.plain("Time limits"), (time_limits(answer.limits, given),))
    left = (Card("facts", words.plain("The case"), (facts,)), *_tasks(answer, given), *_next(answer, given))
    yield Columns(left, (limits,))
    if answer.letters:
        yield Card(
            "letters", words.plain("Letters"), tuple(letter(each, line.reference, given) for each in answer.letters)
        )
    timeline = Card("timeline", words.plain("Timeline"), (_timeline(answer, given),))
    yield Columns((timeline,), (_evidence(answer, given),), "cols")
    yield from (_procedure(standing, given) for standing in answer.procedures)


def letter(each: LetterShown, reference: str, given: Given) -> Details:
    """A letter in the reader's language, with its article, and what was answered."""
    words, template = given.words, template_named(each.template)
    title = words.model(template.title) if template is not None else each.template
    facts: list[tuple[str, Inline]] = [(words.plain("To"), Ref(each.to)), (words.plain("At"), clock(each.at, words))]
    facts += [(words.plain("From"), (Ref(each.by), " · ", Ref(each.office)) if each.by else Ref(each.office))]
    day = ""
    if each.answer_by is not None:
        day = words.day(built_in().at(each.office).date(Instant(micros(each.answer_by) - 1)))
        facts.append((words.plain("Answer until"), day))
    facts += [(words.plain("Article"), words.model(template.article))] if template is not None else []
    blocks: list[Block] = [Facts(tuple(facts))]
    if template is not None:
        blocks.append(Text(words.model(template.text) % {
            "reference": reference, "office": each.office, "grounds": each.grounds, "documents": each.documents or "–",
            "day": day,
        }))  # fmt: skip
    if each.answered_at is not None:
        late = (" ", Tag(words.plain("late"), Tone.BAD)) if each.late else ()
        blocks.append(Facts((
            (words.plain("Answered"), (clock(each.answered_at, words), " · ", Ref(each.answered_by), *late)),
            (words.plain("Answer"), each.answer),
        )))  # fmt: skip
    state = (
        "" if each.answer_by is None else words.plain("answered") if each.answered_at else words.plain("not answered")
    )
    summary = Markup("{}. {}").format(each.letter, title) + (Markup(" ({})").format(state) if state else Markup())
    return Details(summary, tuple(blocks), open=_waits(each))


def _waits(each: LetterShown) -> bool:
    """Whether a letter waits for its answer."""
    return each.answer_by is not None and each.answered_at is None


def _tasks(answer: CaseFile, given: Given) -> Iterator[Card]:
    """The tasks of the case that are for the visitor, and who has them."""
    open_here = [each for each in answer.tasks if each.state is not TaskState.DONE]
    if open_here:
        rows = tuple(
            (
                (given.words.model(each.title), Small((given.words.say("Taken by"), ": ", who_has(each, given.words)))),
                "",
            )
            for each in open_here
        )
        yield Card("own-tasks", given.words.plain("Tasks for you"), (Rows(rows),))


def _next(answer: CaseFile, given: Given) -> tuple[Block, ...]:
    """What can happen from where the case stands, by its procedure; nothing where it is over."""
    ways: list[Inline] = []
    for standing in answer.procedures:
        known = _version(standing, given)
        if known is not None:
            ways += [given.words.model(each) for each in ahead(known.definition, standing.here)]
    shown: list[Block] = [_open(each, given) for each in given.acts if not _of_task(each)]
    shown += [Bullets(tuple(ways))] if ways else []
    return (Card("next", given.words.plain("What can happen next"), tuple(shown)),) if shown else ()


def _writes(form: Form) -> bool:
    """Whether a form writes a letter, which may be done at any time and is seldom what an officer comes for."""
    return form.action.endswith("/write-letter")


def _of_task(form: Form) -> bool:
    """Whether a form shares out a task, and does not end it."""
    return form.action.rpartition("/")[2] in {each.name for each in ACTS}


def _open(form: Form, given: Given) -> Text:
    """A way to a form that was not there when the page was opened: it stands outside of what is fetched anew."""
    country = {"country": given.query["country"]} if given.query.get("country") else {}
    query = urlencode({**country, "do": form.action.rpartition("/")[2]})
    link = Link(given.words.model(form.title), f"/cases/{given.path['reference']}?{query}#h-act-0")
    return Text((given.words.say("It waits for you:"), " ", link))


def _procedure(standing: Standing, given: Given) -> Card:
    """The procedure with the way taken; without its picture where this release has not kept what the case runs by."""
    words = given.words
    known = _version(standing, given)
    if known is None:
        shown: tuple[Block, ...] = (Text(words.say("This case runs by an older definition of its procedure.")),)
    else:
        here = _here(standing, known.definition)
        key = Bullets((words.say("done: green and numbered"), words.say("here now: marked with a dot")))
        figures = pictures(known.source, known.called, known.definition, standing.flows, here, words)
        shown = (Details(words.plain("How to read the picture"), (key,)), *figures)
    aside = words.plain("ended") if standing.ended else ""
    title = known.definition.name if known is not None and known.definition.name else standing.procedure
    why = given.why(known.element) if known is not None else ""
    told = (aside, " ", Link(words.plain("Why?"), why)) if why else aside
    return Card(f"procedure-{standing.procedure}", words.model(title), shown, told)


def _version(standing: Standing, given: Given) -> Procedure | None:
    """The procedure by the definition that the case runs by."""
    known = given.procedure(standing.procedure)
    return known.version(standing.definition) if known is not None else None


def _here(standing: Standing, definition: Definition) -> list[str]:
    """The nodes at which a case stands; what waits for others before a join stands at none."""
    return [definition.nodes[place].id for place in standing.here if place < len(definition.nodes)]


def _timeline(answer: CaseFile, given: Given) -> Steps:
    """Every message, the latest last, and where the case stands now."""
    words = given.words
    steps = []
    for each in answer.messages:
        way = {"in": words.say("from"), "out": words.say("to"), "inside": words.say("inside, by")}[each.direction]
        by = (" · ", words.model(each.channel)) if each.channel else ()
        acted = (" · ", words.say("by the delegate"), " ", Ref(each.by)) if each.by else ()
        receipt = f"/cases/{answer.line.reference}/receipts/{each.leaf}?country={answer.administration}"
        kept = (" · ", Link(words.plain("Receipt"), receipt)) if each.direction != "inside" else ()
        named = () if each.type.startswith("@") else (Ref(each.type, _why(each, given)), " ")
        day = words.day(words.local(micros(each.at)).date())
        how = (day, " · ", *named, way, " ", Ref(each.party), *acted, *by, *kept)
        title: Inline = _title(each, given)
        if each.direction != "inside":
            title = Link(given.title(each.type), _message(each, answer))
        steps.append(Step(clock(each.at, words, seconds=True), title, how, "off" if each.faults else ""))
    if answer.line.state:
        steps.append(Step(words.say("now"), in_words(answer.line.state, words), state="now"))
    return Steps(tuple(steps))


def _why(message: CaseMessage, given: Given) -> str:
    """Where a message that went through a door is explained: as the operation that took it, or as what was sent."""
    if message.direction == "inside":
        return ""
    return given.why(f"operation:{message.type}" if "." in message.type else f"type:{message.type}")


def _title(message: CaseMessage, given: Given) -> Inline:
    return given.words.model(given.title(message.type))


def _said_last(answer: CaseFile) -> CaseMessage | None:
    """What the visitor was told last that says why something is not as he wanted it, unless it was overtaken by what
    says nothing of the kind: a release after a guarantee that was not valid."""
    told = [each for each in answer.messages if each.direction == "out"]
    refused = next((each for each in reversed(told) if each.faults), None)
    last = told[-1] if told and told[-1].reasons else None
    return last or refused


def _message(each: CaseMessage, answer: CaseFile) -> str:
    """Where a message is read in words."""
    return f"/cases/{answer.line.reference}/messages/{each.leaf}?country={answer.administration}"


def _faults(message: CaseMessage, answer: CaseFile, given: Given) -> Table:
    """Each fault or reason at its place, with what to do, and the way to the message itself."""
    words = given.words
    read = (" ", Link(words.plain("Read the message"), _message(message, answer)))
    rows = tuple(
        Row((Ref(each.pointer), (given.words.model(each.remedy or given.remedy(each.code, each.rule)), *read),
             each.found or "–", _rule(each, given)))
        for each in (*message.faults, *message.reasons)
    )  # fmt: skip
    columns = (words.plain("Where"), words.plain("What to do"), words.plain("What stood there"), words.plain("Rule"))
    return Table(words.plain("Faults"), tuple(Column(each) for each in columns), rows)


def _rule(fault: FaultFound, given: Given) -> Inline:
    """The rule of a fault, and the way to why it is one; of a code, the way to the message with its code lists."""
    root = fault.pointer.strip("/").partition("/")[0]
    why = given.why(f"rule:{fault.rule}") if fault.rule else given.why(f"type:{root}") if root else ""
    shown = Ref(fault.rule or fault.code)
    return (shown, " ", Link(given.words.plain("Why?"), why)) if why else shown


def _evidence(answer: CaseFile, given: Given) -> Card:
    """What proves that something was said: its leaf and its digest."""
    words = given.words
    text = Text(
        words.say("Every message stands in the audit log. Whoever has its receipt can have it proven."), "small"
    )
    items = tuple(
        ((_title(each, given), Small((words.say("leaf"), f" {each.leaf} · ", Ref(each.digest[:16] + "…"))))
         , Ref(each.type) if each.type.startswith("C") else "")
        for each in answer.messages if each.direction != "inside"
    )  # fmt: skip
    signed = tuple(signature(each, given) for each in answer.messages if each.signature is not None)
    return Card("evidence", words.plain("Evidence"), (text, Rows(items), *signed))


def signature(message: CaseMessage, given: Given) -> Details:
    """The report of the signature over a message, in the words of ETSI EN 319 102-1 and what they mean."""
    words, found = given.words, message.signature
    assert found is not None
    passed = found.indication == "TOTAL-PASSED"
    means = words.say("It holds, and an authority that is declared here vouches for who signed.") if passed else (
        words.say("It holds, but no authority is declared here that would vouch for who signed.")
    )  # fmt: skip
    rows: list[tuple[str, Inline]] = [
        (
            words.plain("Verdict"),
            (Tag(found.indication, Tone.GOOD if passed else Tone.WAIT), Small(Ref(found.sub_indication)), Small(means)),
        ),
        (words.plain("Validated"), clock(found.at, words, seconds=True)),
        (words.plain("Signed by"), (found.signer, " · ", words.model(_KINDS.get(found.kind, found.kind)))),
        (words.plain("Registered for"), Ref(found.party)),
        (words.plain("Said to be signed"), Ref(found.claimed)),
        (words.plain("Certificate"), (Ref(found.subject), Small(Ref(found.certificate[:16] + "…")))),
        (words.plain("Issued by"), Ref(found.issuer)),
    ]
    if found.covers:
        rows.append((words.plain("Covers also"), Ref(", ".join(found.covers))))
    title = words.plain("Signature of %(message)s", message=message.message)
    return Details(title, (Facts(tuple(rows)),), open=not passed)


def refused(type: str, body: bytes) -> tuple[Fault, ...]:
    """Why a task was not taken, given back or handed over, or a letter not written or answered."""
    if type not in (TaskRefused.__name__, LetterRefused.__name__):
        return ()
    told = msgspec.json.decode(body, type=_Refused) if body else _Refused()
    return (Fault("/", told.code, told.reason),)


class _Refused(msgspec.Struct, frozen=True):
    """What refusals of case files have in common."""

    code: str = "92"
    reason: str = ""


def _fixed(kind: tuple[str, str]) -> dict[str, str]:
    return {name: f"{kind[1]}.{name}" for name in ("case", "procedure", "task", "role", "turn")}


SCREENS: Final = (
    Screen(
        "case_files.show", "/cases/{reference}", case, "",
        lambda given: {"reference": given.path["reference"], "country": given.query.get("country", "")}, situation,
    ),
)  # fmt: skip
"""The page of a case."""
_TEMPLATES: Final = tuple(Option(each.name, each.title) for each in TEMPLATES)
MODULE: Final = Module(
    "case_files", "Letters",
    requests=(Request("Letter", "case_files.answer_letter", "Answer a letter of customs", on_page=True),),
)  # fmt: skip
"""What traders are asked by letters."""
ACTS: Final = (
    Act(
        "case_files.answer_letter", "Answer the letter", (Entry("text"),),
        {"case": "letter.case", "letter": "letter.number", "country": "country"}, refused, tasks=frozenset({ANSWER}),
    ),
    Act(
        "case_files.write_letter", "Write a letter",
        (Entry("template", options=_TEMPLATES), Entry("to", "letter.to"), Entry("grounds"), Entry("documents"),
         Entry("days")),
        {"case": "letter.case", "role": "letter.role"}, refused, tasks=frozenset({WRITE}),
    ),
    Act("case_files.claim_task", "Take the task", (), _fixed(FREE), refused, tasks=frozenset({FREE})),
    Act("case_files.release_task", "Give the task back", (), _fixed(MINE), refused, tasks=frozenset({MINE})),
    Act(
        "case_files.hand_over_task", "Hand the task over", (Entry("to"),), _fixed(MINE), refused,
        tasks=frozenset({MINE}),
    ),
)  # fmt: skip
"""Who has a task, and what is written, is changed by these forms."""
