"""Write docs/messages-coverage.md: for each message of NCTS phase 5 who sends it, who handles it, which rules run.

Run ``python -m tools.message_coverage`` after adding a message or a rule.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from douane.applications.transit.rules.outgoing.book import OUTGOING, named
from douane.applications.transit.rules.outgoing.not_asked import NOT_ASKED
from douane.configuration import discovery
from douane.model.discovery import application_of, applications
from douane.reference_architecture.installed import declared_rules
from douane.standards.ncts import phase5
from tools.rule_coverage import reasons, table

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "messages-coverage.md"

HEAD = """# Messages of NCTS phase 5: who sends, who handles, which rules run

All {all} messages of the phase (release 5.15.2). {used} are sent or handled here; of the others it is said why not.
*Made in*: the module that builds it; *taken by*: the operation that handles it. *Rules* counts the published conditions
and rules (C, R) that its layout names and those that are evaluated of it: of what comes in before a handler sees it
({taken}), of other messages when they go out, in every test that drives an office (`tests/journeys/judging.py`), with
their codes. What is not evaluated stands below with the reason; [rules of transit](rules-coverage.md) names each rule
of the messages of declarants and of traders at destination.

Written by `python -m tools.message_coverage`; a test fails where it is stale.
"""

_EXPORT = "goes to a national export system, which is not part of this product; no flow of it is published"
WHY_NOT = {
    "CC017C": "goes to a national export system, which is not part of this product: the results are in IE029",
    "CC022C": "no published flow asks for an amendment: the holder amends, or another guarantee is asked for (IE055)",
    "CC040C": _EXPORT,
    "CC042C": _EXPORT,
    "CC048C": _EXPORT,
    "CC054C": "no published flow has a release asked for: it follows acceptance or control (UCC art. 194)",
    "CC190C": "asks a national export system, by lists of which no codes are published (CL158, CL166); until one is "
    "asked, goods with an export declaration are released by an officer alone (decision 0197)",
    "CC191C": "answers IE190, by lists of which no codes are published (CL100, CL158)",
    "CD012C": "tells the SPEED2 partners outside transit of TIR carnets; no partner is connected",
    "CD027C": "its answer cannot be made (IE038); an office asks for the record it needs by IE002, IE114 or IE164, "
    "and departure's officers see a movement by `transit.find_movement`",
    "CD038C": "states the status of a movement unless it refuses (C0365), by a list that is not published (CL153)",
    "CD049C": "says by a list that is not published (CL162) how discrepancies ended, and no published flow has it: the "
    "holder is told (IE045, IE035)",
    "CD078C": "links to the domain of safety and security, which phase 6 has",
    "CD094C": "its states (CL153 to CL155, CL186) are not published",
    "CD095C": "answers IE094",
    "CC917C": "made at every door, of what cannot be read (`standards/ncts/errors.py`)",
    "CD974C": "availability is told (IE070, IE971), not asked",
    "CD975C": "answers IE974",
}
"""Messages that nothing sends or handles."""
NEVER = {"CD917C": "an error about an error would be answered for ever"}
"""Messages that nothing judges."""
NOT_JUDGED = {
    "C0828": "needs the list of functionalities of business (CL168), which is not published",
    "R0516": "asks for one type in the whole message, and a full schedule has outages of every type",
}
"""Rules of messages that come in, and reasons beside those that stand with the rules of transit."""


_HANDLERS = ("*/handlers.py", "*/handlers/**/*.py")


def made() -> dict[str, set[str]]:
    """Message to the modules below ``handlers`` that build it: where it is named in a call."""
    found: dict[str, set[str]] = {}
    for path in sorted(each for part in _HANDLERS for each in (ROOT / "src/douane/applications").glob(part)):
        for name in _built(ast.parse(path.read_text(encoding="utf-8"))):
            place = path.relative_to(ROOT / "src/douane/applications").with_suffix("").as_posix()
            found.setdefault(name, set()).add(place.replace("/handlers", ""))
    return found


def _built(tree: ast.AST) -> Iterator[str]:
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        by = _name(call.func)
        for name in (by, *(_name(each) for each in call.args if by not in ("isinstance", "issubclass"))):
            if name[:2] in ("CC", "CD") and name[2:5].isdigit():
                yield name


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def taken() -> dict[str, list[str]]:
    """Message to the operations that handle it."""
    found: dict[str, list[str]] = {}
    for service in discovery.services():
        for operation in service.operations:
            found.setdefault(operation.request.__name__, []).append(operation.qualified)
    return found


def judged() -> dict[str, set[str]]:
    """Message to the rules that the core asks of it before its handler sees it."""
    handlers, found = discovery.behaviour().handlers, dict[str, set[str]]()
    rules = {each: declared_rules(each) for each in applications()}
    for message, operations in taken().items():
        for handler in filter(None, map(handlers.get, operations)):
            own = rules[f"douane.applications.{application_of(handler.handle.__module__)}"] if handler.rules else ()
            ids = {rule.id for rule in own if message in {each.__name__ for each in rule.messages}}
            found[message] = found.get(message, set()) | ids
    return found


def page() -> str:
    """The whole page; complains about a message without a use or a reason, and about a rule with neither."""
    builds, takes, asked, why = made(), taken(), judged(), {**reasons(), **NOT_ASKED, **NOT_JUDGED}
    rows, unsaid, used = [], [], 0
    missing: dict[str, set[str]] = {}
    for kind in phase5.family():
        code, struct = kind.code, getattr(phase5, kind.code)
        places, operations = sorted(builds.get(code, ())), takes.get(code, [])
        if bool(places or operations) == (code in WHY_NOT):
            unsaid.append(code)
        published = {each for each in named(code) if each[0] in "CR"}
        run = {each.id for each in (OUTGOING.rules_for(struct) if places else ())} | asked.get(code, set())
        used += bool(places or operations)
        for each in published - run if places or asked.get(code) else ():
            missing.setdefault(each, set()).add(code)
        told = f"{len(published & run)} of {len(published)}" if places or operations else WHY_NOT.get(code, "?")
        told = f"{told}: {NEVER[code]}" if code in NEVER else told
        rows.append((kind.ie, f"`{code}`", kind.label, ", ".join(f"`{each}`" for each in places) or "-",
                     ", ".join(f"`{each}`" for each in operations) or "-", told))  # fmt: skip
    without = sorted(set(missing) - why.keys())
    if unsaid or without:
        raise SystemExit(f"neither or both of use and reason: {unsaid}; rules without reason: {without}")
    below = [(each, why[each], ", ".join(f"`{code}`" for code in sorted(missing[each]))) for each in sorted(missing)]
    parts = [
        HEAD.format(
            all=len(rows), used=used, taken=", ".join(kind.ie for kind in phase5.family() if asked.get(kind.code))
        ),
        table(("number", "message", "what for", "made in", "taken by", "rules (C, R)"), rows),
        "## Rules that are not evaluated\n",
        table(("rule", "why not", "messages"), below),
    ]
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.name} written")
