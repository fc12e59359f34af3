"""Write docs/rules-coverage.md: every published rule of transit, executable or not and why.

Run ``python -m tools.rule_coverage`` after adding a rule.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from douane.applications.transit import rules
from douane.applications.transit.rules.book import BOOK
from douane.applications.transit.rules.official import NAMED_BY, OFFICIAL, WITHOUT_TECHNICAL_TEXT
from douane.model.rules import Rule

PAGE = Path(__file__).resolve().parent.parent / "docs" / "rules-coverage.md"
KINDS = {
    "C": "conditions",
    "R": "rules",
    "B": "transition",
    "E": "transition, technical",
    "S": "sequence",
    "G": "guidance",
}

HEAD = """# Rules of transit: what is evaluated

The message tables of CC007C, CC013C, CC014C, CC015C, CC044C, CC141C and CC170C (NCTS phase 5, release 5.15.2) name
{all} rules; {technical} of them have a technical text, {guidance} are guidance for people. {executable} are executable,
{guided} of them guidance: typed predicates under `src/douane/applications/transit/rules`, each with a message that
keeps it and one that breaks it. This page is written by `python -m tools.rule_coverage`; a test fails where it is
stale.

A rule that another one only switches off during the transitional period counts as that other rule's dating, not as a
rule. Some rules compare a message with the declaration it follows: they are evaluated where the handler knows the case
(`KnownCase`) and stay silent elsewhere. An identification number counts as registered (C0250) if it comes from the
Union, or for an office of departure outside from that office's country; the registers themselves are not asked.
"""


def reasons() -> dict[str, str]:
    """Why a rule is not evaluated, by id, from the modules ``not_executable_...`` beside the rules."""
    found: dict[str, str] = {}
    for module in pkgutil.iter_modules(rules.__path__):
        if module.name.startswith("not_executable_"):
            stated: Mapping[str, str] = importlib.import_module(f"{rules.__name__}.{module.name}").NOT_EXECUTABLE
            found.update(stated)
    return found


def executable() -> dict[str, tuple[Rule, ...]]:
    """The declared rules by id; one id may be declared apart for several messages."""
    found: dict[str, tuple[Rule, ...]] = {}
    for rule in BOOK.rules:
        found[rule.id] = (*found.get(rule.id, ()), rule)
    return found


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    columns = list(head)
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines) + "\n"


def by_kind(declared: Mapping[str, object]) -> str:
    """How many of each kind are published, evaluable and evaluated."""
    rows: list[tuple[object, ...]] = []
    for kind, name in KINDS.items():
        ids = [each for each in OFFICIAL if each[0] == kind]
        technical = sum(each not in WITHOUT_TECHNICAL_TEXT for each in ids)
        rows.append((kind, name, len(ids), technical, sum(each in declared for each in ids)))
    totals = tuple(sum(int(str(row[n])) for row in rows) for n in (2, 3, 4))
    return table(("kind", "name", "published", "with technical text", "executable"), [*rows, ("all", "", *totals)])


def by_message(declared: Mapping[str, object]) -> str:
    """How many of the rules that each message's table names are evaluated on it."""
    rows = []
    for message, ids in NAMED_BY.items():
        technical = ids - WITHOUT_TECHNICAL_TEXT
        rows.append((message, len(ids), len(technical), sum(each in declared for each in technical)))
    return table(("message", "named", "with technical text", "executable"), rows)


def executable_rows(declared: Mapping[str, tuple[Rule, ...]]) -> Iterable[tuple[str, ...]]:
    """One line per declaration of a rule."""
    for number in sorted(declared):
        for rule in declared[number]:
            module = rule.predicate.__module__.partition(".rules.")[2].replace(".", "/")
            messages = ", ".join(sorted(message.__name__ for message in rule.messages))
            link = f"[{module}](../src/douane/applications/transit/rules/{module}.py)"
            yield number, messages, rule.period, ", ".join(rule.lists), link


def page() -> str:
    """The whole page; complains about an id that is on both sides or on none."""
    declared, why = executable(), reasons()
    both, none = set(declared) & set(why), OFFICIAL - set(declared) - set(why)
    unknown = (set(declared) | set(why)) - OFFICIAL
    if both or none or unknown:
        raise SystemExit(f"on both sides: {sorted(both)}; on neither: {sorted(none)}; unknown: {sorted(unknown)}")
    guidance = len(WITHOUT_TECHNICAL_TEXT)
    counts = {"all": len(OFFICIAL), "technical": len(OFFICIAL) - guidance, "guidance": guidance}
    parts = [
        HEAD.format(executable=len(declared), guided=len(WITHOUT_TECHNICAL_TEXT & set(declared)), **counts),
        "## By kind\n",
        by_kind(declared),
        "## By message\n",
        by_message(declared),
        "## Executable\n",
        table(("rule", "messages", "when", "code lists", "module"), executable_rows(declared)),
        "## Not executable\n",
        table(("rule", "why not"), ((number, why[number]) for number in sorted(why))),
    ]
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
