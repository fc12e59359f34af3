"""What officers record about a movement, as forms on its page while the procedure waits for it."""

from __future__ import annotations

from typing import Final

import msgspec

from douane.applications.transit.messages import DeskRefusal, MovementFile, Proof, Told, Version
from douane.author import Fault
from douane.author.pages import (
    Act,
    Block,
    Bullets,
    Card,
    Column,
    Columns,
    Details,
    Empty,
    Entry,
    Facts,
    Given,
    Inline,
    Link,
    Option,
    Page,
    Ref,
    Row,
    Screen,
    Table,
    Tag,
    Text,
    Time,
    Tone,
    state_words,
    tone_of,
)


def refused(type: str, body: bytes) -> tuple[Fault, ...]:
    """Why an officer's decision was not recorded."""
    if type != DeskRefusal.__name__:
        return ()
    told = msgspec.json.decode(body, type=DeskRefusal) if body else DeskRefusal("", "92", "")
    return (Fault("/", told.code, told.reason),)


_MRN: Final = {"mrn": "reference"}
_REMARKS: Final = Entry("remarks")
_PROOFS: Final = tuple(Option(each.value, each.value.capitalize()) for each in Proof)

ACTS: Final = (
    Act(
        "transit.decide_control", "Decide on the release",
        (Entry("satisfactory", options=(Option("true", "Satisfactory: release the goods"),
                                        Option("false", "Not satisfactory: do not release"))),
         Entry("described", options=(Option("false", "By seals"), Option("true", "By description, without seals"))),
         _REMARKS),
        _MRN, refused,
    ),
    Act(
        "transit.judge_guarantee", "Judge the guarantee",
        (Entry("accepted", options=(Option("true", "It covers the movement, or none is required"),
                                    Option("false", "It does not: do not release"))), Entry("proof"), _REMARKS),
        _MRN, refused,
    ),
    Act(
        "transit.settle_identity", "Settle who declares",
        (Entry("confirmed", options=(Option("true", "They are who they say, with the power they claim"),
                                     Option("false", "They are not: do not release"))), Entry("proof")),
        _MRN, refused,
    ),
    Act(
        "transit.record_passage", "Record the passage",
        (Entry("office", "office"), Entry("passed_on", "today")), _MRN, refused,
    ),
    Act(
        "transit.request_passage", "Goods at another office",
        (Entry("office"),), _MRN, refused, tasks=frozenset({("passage", "record_passage")}),
    ),
    Act(
        "transit.record_exit", "Record the exit",
        (Entry("office", "office"), Entry("passed_on", "today")), _MRN, refused,
    ),
    Act(
        "transit.request_exit", "Goods at another office",
        (Entry("office"),), _MRN, refused, tasks=frozenset({("leaving", "record_exit")}),
    ),
    Act(
        "transit.record_inspection", "Record the control results",
        (Entry("code", options=(Option("A1", "A1: satisfactory"), Option("A2", "A2: considered satisfactory"),
                                Option("A5", "A5: minor discrepancies"),
                                Option("B1", "B1: not satisfactory"))), _REMARKS),
        _MRN, refused,
    ),
    Act(
        "transit.dispose_of_goods", "Decide on the goods",
        (Entry("measure", options=(Option("regularised", "Regularised: release them"),
                                   Option("confiscated", "Confiscated (UCC art. 198)"),
                                   Option("destroyed", "Destroyed (UCC art. 197)"),
                                   Option("abandoned", "Abandoned to the State (UCC art. 199)"))), _REMARKS),
        _MRN, refused,
    ),
    Act(
        "transit.begin_enquiry", "Begin the enquiry",
        (Entry("grounds"),), _MRN, refused, tasks=frozenset({("journey", "begin_enquiry")}),
    ),
    Act(
        "transit.ask_holder", "Ask the holder", (), _MRN, refused,
    ),
    Act(
        "transit.prolong_answer", "Give 28 more days (TIR)", (),
        _MRN, refused, tasks=frozenset({("enquiry", "await_answer")}),
    ),
    Act(
        "transit.close_enquiry",
        "Close the enquiry",
        (Entry("discharged", options=(Option("true", "Goods found: discharge"),
                                      Option("false", "Goods not found: recover"))), Entry("amount"), _REMARKS),
        _MRN, refused,
    ),
    Act(
        "transit.inform_office", "Ask the office involved once more",
        (Entry("text"),), _MRN, refused,
    ),
    Act(
        "transit.hand_over_recovery", "Hand the recovery over",
        (Entry("authority"), Entry("grounds")), _MRN, refused,
    ),
    Act(
        "transit.accept_proof",
        "Accept another proof", (Entry("proof", options=_PROOFS), Entry("document"), _REMARKS), _MRN, refused,
        tasks=frozenset({("enquiry", "judge_reply"), ("enquiry", "close_enquiry"), ("collecting", "determine_duty")}),
    ),
    Act(
        "transit.determine_duty", "Determine the duty",
        (Entry("amount"), Entry("basis")), _MRN, refused,
    ),
    Act(
        "transit.tell_guarantor", "Tell the guarantor", (Entry("guarantor"),), _MRN, refused,
        tasks=frozenset({("enquiry", "close_enquiry"), ("collecting", "determine_duty")}),
    ),
    Act(
        "transit.decide_recovery", "Answer the request",
        (Entry("accepted", options=(Option("true", "This authority recovers"),
                                    Option("false", "This authority is not competent"))), _REMARKS),
        _MRN, refused,
    ),
    Act(
        "transit.record_collection", "Record the collection",
        (Entry("collected_on", "today"), _REMARKS), _MRN, refused,
    ),
)  # fmt: skip
"""The forms of officers."""


def movement(answer: MovementFile, given: Given) -> Page:
    """A movement in one place: who and where, guarantee, risk and control, documents, versions, the declaration."""
    words = given.words
    facts: list[tuple[str, Inline]] = [
        (words.plain("LRN"), Ref(answer.lrn)), (words.plain("Holder"), Ref(answer.holder)),
        (words.plain("From"), Ref(answer.office)), (words.plain("To"), Ref(answer.destination)),
    ]  # fmt: skip
    facts += [(words.plain("Representative"), Ref(answer.representative))] if answer.representative else []
    facts += [(words.plain("By"), ", ".join(answer.transits))] if answer.transits else []
    facts += [(words.plain("Limit"), words.day(answer.limit_date))] if answer.limit_date else []
    changed = tuple(each for each in answer.lines if each.changed)
    blocks: list[Block] = [
        Text((Tag(words.model(state_words(answer.state)), tone_of(answer.state), big=True),), "state under"),
        *_waits(answer, given),
        Columns((Card("facts", words.plain("The movement"), (Facts(tuple(facts)),)),), (_risk(answer, given),)),
        Columns((_guarantee(answer, given),), (_documents(answer, given),)),
        _versions(answer, given),
    ]
    if changed:
        blocks.append(Card("changes", words.plain("What the last amendment changed"), (_table(changed, given),)))
    standing = (_table(tuple(each for each in answer.lines if not each.changed), given),)
    note = (Text(words.say("There are more lines than are shown here.")),) if answer.cut else ()
    blocks.append(Card("content", words.plain("The declaration as it stands"), (
        Details(words.plain("Line by line"), (*note, *standing), open=not changed),)))  # fmt: skip
    crumbs = (Link(words.plain("Cases"), "/cases"), Link(answer.mrn, f"/cases/{answer.mrn}"))
    return Page(words.plain("File of %(mrn)s", mrn=answer.mrn), tuple(blocks), crumbs=crumbs)


def _waits(answer: MovementFile, given: Given) -> tuple[Block, ...]:
    """What the movement waits for, where a register does not say it."""
    told = tuple(given.words.model(each) for each in answer.waits)
    return (Card("waits", given.words.plain("Waits for a register"), (Bullets(told),)),) if told else ()


def _risk(answer: MovementFile, given: Given) -> Card:
    words = given.words
    shown: list[Block] = []
    if answer.risk:
        shown.append(Bullets(tuple(words.model(each) for each in answer.risk)))
    facts: list[tuple[str, Inline]] = []
    facts += [(words.plain("Controls (CL716)"), ", ".join(answer.controls))] if answer.controls else []
    facts += [(words.plain("Result"), Ref(answer.control))] if answer.control else []
    facts += [(words.plain("Remarks"), answer.remarks)] if answer.remarks else []
    facts += [(words.plain("Holder"), words.plain("authorised economic operator"))] if answer.trusted else []
    shown += [Facts(tuple(facts))] if facts else []
    nothing = (Empty(words.say("Nothing speaks for a control.")),)
    return Card("risk", words.plain("Risk and control"), tuple(shown) or nothing)


def _guarantee(answer: MovementFile, given: Given) -> Card:
    words = given.words
    names = (words.plain("Guarantee"), words.plain("Type"), words.plain("State"), words.plain("Why"))
    rows = tuple(
        Row((Ref(each.grn), each.type, words.model(each.state), ", ".join(each.reasons) or "–"))
        for each in answer.guarantees
    )
    left = (Bullets(tuple(words.model(each) for each in answer.left_to_officer)),) if answer.left_to_officer else ()
    return Card("guarantee", words.plain("Guarantee"), (Table(
        words.plain("Guarantee"), tuple(map(Column, names)), rows, dense=True), *left))  # fmt: skip


def _documents(answer: MovementFile, given: Given) -> Card:
    words = given.words
    if not answer.documents:
        return Card("documents", words.plain("Documents"), (Empty(words.say("Nothing was attached.")),))
    names = (words.plain("Name"), words.plain("Kind"), words.plain("Octets"), words.plain("Digest"))
    rows = tuple(Row((each.name, each.media, str(each.size), Ref(each.digest[:16]))) for each in answer.documents)
    return Card("documents", words.plain("Documents"), (
        Table(words.plain("Documents"), tuple(map(Column, names)), rows, dense=True),))  # fmt: skip


def _versions(answer: MovementFile, given: Given) -> Card:
    words = given.words
    names = (words.plain("When"), words.plain("Message"), words.plain("Identification"), words.plain("From"))
    rows = tuple(_version(each, given) for each in answer.versions)
    return Card("versions", words.plain("Versions"), (
        Table(words.plain("Versions"), tuple(map(Column, names)), rows, dense=True),))  # fmt: skip


def _version(each: Version, given: Given) -> Row:
    words = given.words
    when = Time(words.moment(int(each.at.timestamp() * 1e6)), each.at.isoformat(timespec="seconds"))
    state: tuple[Inline, ...] = (" ", Tag(words.plain("refused"), Tone.BAD)) if each.refused else ()
    return Row((when, (words.model(given.title(each.type)), *state), Ref(each.message), Ref(each.by)))


def _table(told: tuple[Told, ...], given: Given) -> Table:
    words = given.words
    several = any(each.changed for each in told)
    names = (words.plain("Where"), words.plain("Before"), words.plain("Now")) if several else (
        words.plain("Where"), words.plain("Value"))  # fmt: skip
    rows = tuple(
        Row(
            (each.label, words.dated(each.before) or "–", words.dated(each.value) or "–")
            if several
            else (each.label, words.dated(each.value))
        )
        for each in told
    )
    return Table(words.plain("Declaration"), tuple(map(Column, names)), rows, dense=True)


SCREENS: Final = (
    Screen(
        "transit.movement_file", "/movements/{reference}", movement, "", lambda given: {"mrn": given.path["reference"]},
        file_of=("Departure", "Whole file"),
    ),
)  # fmt: skip
"""What an officer of departure has of a movement in one place."""
