"""Writes docs/decision-types.md and docs/decision-elements.md from the declared types of decision.

``python -m tools.decision_types_page``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from douane.applications.customs_decisions.messages.words import DecisionType
from douane.applications.customs_decisions.rules.conditions import CONDITIONS
from douane.applications.customs_decisions.rules.elements import IF_ANY, IN_THE_MESSAGE, Element, annex_a, asked_of
from douane.applications.customs_decisions.rules.limits import for_deciding
from douane.applications.customs_decisions.rules.types import PLANNED, TYPES, Consultation, TypeFacts

PAGE = Path(__file__).parents[1] / "docs" / "decision-types.md"
Made = Callable[[], str]
ELEMENTS = PAGE.with_name("decision-elements.md")
HEAD = """# Types of customs decision

Written by `tools/decision_types_page.py` from the declared types; a test keeps the two equal. Do not edit.

[How decisions are applied for and managed](customs-decisions.md) is the same for every type; what differs stands here.
Data elements have the numbers of Annex A. *A* is demanded, *B* only where a Member State demands it, *C* is the
applicant's choice; the number in brackets is a footnote that may free from it. `customs_decisions.requirements` answers
with every attribute, its format, cardinality and list; [all of them](decision-elements.md) stand on a page of their
own, and in the explorer each type has its page (`/explore/decisions/CGU`).

The message says by itself: type (31 01), authentication (31 02), first application (31 03), authority (31 07), EORI
(33 02), date (34 02). Given where there is anything to say: """


ELEMENTS_HEAD = """# Data elements of customs decisions

Written by `tools/decision_types_page.py` from the table of Annex A; a test keeps the two equal. Do not edit.

Each element with its format, how often it may be repeated, its list, and what each [type](decision-types.md) says of
it: *A* demanded, *B* only where a Member State demands it, *C* the applicant's choice; `*` in the application alone,
`+` in the decision alone. A number in brackets is a condition; they stand at the end. AEO is AEOC, AEOS and AEOF; CWx
is CWP, CW1 and CW2; RRM is REP and REM.
"""
USES = {"both": "", "application": "*", "decision": "+"}


def elements_page() -> str:
    """The page of data elements as it should be."""
    groups: dict[str, list[Element]] = {}
    for each in annex_a().values():
        groups.setdefault(each.number[:2], []).append(each)
    parts = "".join(f"\n## Group {number}\n\n{_rows(found)}" for number, found in groups.items())
    conditions = "".join(f"| {number} | {text} |\n" for number, text in CONDITIONS.items())
    return f"{ELEMENTS_HEAD}{parts}\n## Conditions\n\n| | |\n|---|---|\n{conditions}"


def _rows(found: list[Element]) -> str:
    head = "| Element | Name | Format | At most | List | Asked |\n|---|---|---|---|---|---|\n"
    return head + "".join(
        f"| {e.number} | {e.name} | {e.format} | {e.most} | {e.code_list} | {_asked(e)} |\n" for e in found
    )


def _asked(element: Element) -> str:
    """By which columns: those that say the same together."""
    alike: dict[str, list[str]] = {}
    for column, cells in element.cells.items():
        for cell in cells:
            notes = "".join(f"[{number}]" for number in sorted(cell.footnotes))
            alike.setdefault(f"{cell.status}{notes}{USES[cell.use]}", []).append(column)
    return "; ".join(f"{status}: {' '.join(columns)}" for status, columns in alike.items())


def page() -> str:
    """The page as it should be."""
    conditional = ", ".join(sorted(IF_ANY))
    planned = "".join(f"* {name}: {what}\n" for name, what in PLANNED.items())
    types = "".join(_type(each, TYPES[each]) for each in DecisionType)
    return f"{HEAD}{conditional}.\n{types}\n## Planned\n\n{planned}"


def _type(type: DecisionType, facts: TypeFacts) -> str:
    rows = "".join(f"| {name} | {value} |\n" for name, value in _facts(type, facts) if value)
    return f"\n## {type}: {facts.title}\n\n| | |\n|---|---|\n{rows}"


def _facts(type: DecisionType, facts: TypeFacts) -> Iterator[tuple[str, str]]:
    yield "Legal basis", facts.legal
    yield "Authority", f"{facts.competent.value} ({facts.competent_by})"
    yield "Holds in", "the Member State that grants it" if facts.one_state else "all Member States, or those it names"
    yield "Criteria", "; ".join(facts.criteria)
    one, several = (for_deciding(type, several=each) for each in (False, True))
    more = "" if one is several else f"; in several Member States {several.length} ({several.article})"
    yield "Decided within", f"{one.length} ({one.article}){more}"
    yield "Others are asked", "; ".join(_consultation(each) for each in facts.consulted)
    yield (
        "Rests on",
        "; ".join(
            f"{' or '.join(sorted(each.on))}: else it {each.effect.value} ({each.article})" for each in facts.rests_on
        ),
    )
    yield (
        "Valid",
        f"{facts.longest} at most ({facts.longest_by})" if facts.longest else "without limit (UCC art. 22(5))",
    )
    yield "Acts on it", ", ".join(sorted(facts.managed))
    yield "Nobody is heard", facts.no_hearing
    yield "Register", facts.register.value
    yield "Monitoring", facts.monitoring
    classes = [
        f"{element.of_class} {element.name} {cell.status}{''.join(f'[{n}]' for n in sorted(cell.footnotes))}"
        for element, cell in asked_of(type)
        if element.is_class and element.of_class not in IN_THE_MESSAGE
    ]
    yield "Data elements", "; ".join(classes)


def _consultation(how: Consultation) -> str:
    days = f"{how.days} days" if how.days else "as long as the authority says"
    return f"on {how.kind}, {days}; silence: {how.silence.value} ({how.article})"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    ELEMENTS.write_text(elements_page(), encoding="utf-8")
