"""What a partner bench found, for people (text, HTML), for programs (JSON) and for build servers (JUnit)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from douane.conformance.cases import Finding, Verdict
from douane.pages.blocks import Block, Card, Column, Empty, Facts, Page, Ref, Row, Small, Table, Tag, Tone
from douane.pages.drawing import draw_alone
from douane.pages.languages import Words


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one run. ``about``: what was tested, as name and value."""

    partner: str
    about: tuple[tuple[str, str], ...]
    findings: Sequence[Finding]

    @property
    def passed(self) -> bool:
        """Whether nothing was wrong and something was tried."""
        verdicts = {each.judged.verdict for each in self.findings}
        return Verdict.WRONG not in verdicts and bool(verdicts - {Verdict.OPEN})

    def summary(self) -> str:
        """How many of each verdict."""
        count = Counter(each.judged.verdict for each in self.findings)
        named = ", ".join(f"{count[v]} {v.value}" for v in Verdict if count[v])
        return f"{self.partner}: {len(self.findings)} cases, {named}" if named else f"{self.partner}: no cases"


def text(report: Report) -> str:
    """A block of lines for each case; remedies where they are needed."""
    lines = [f"{name:<10} {value}" for name, value in report.about]
    for each in report.findings:
        lines += ["", f"{each.judged.verdict.value.upper():<7} {each.case.id:<18} {each.case.title}"]
        lines += [
            f"        expected: {each.case.expected}  [{each.case.source}]",
            f"        seen:     {each.judged.seen}",
        ]
        if each.judged.remedy:
            lines.append(f"        remedy:   {each.judged.remedy}")
    return "\n".join([*lines, "", report.summary()])


def facts(report: Report) -> dict[str, Any]:
    """The report as plain values."""
    return {
        "partner": report.partner,
        "passed": report.passed,
        "about": dict(report.about),
        "cases": [
            {
                "id": each.case.id, "title": each.case.title, "expected": each.case.expected,
                "source": each.case.source, "verdict": each.judged.verdict.value, "seen": each.judged.seen,
                "remedy": each.judged.remedy, "seconds": round(each.seconds, 3),
            }
            for each in report.findings
        ],
    }  # fmt: skip


def junit(report: Report) -> str:
    """JUnit XML: what is wrong fails, what is open is skipped, a remark passes and is written out."""
    count = Counter(each.judged.verdict for each in report.findings)
    name, tests = quoteattr(f"douane partner test {report.partner}"), len(report.findings)
    failures, skipped = count[Verdict.WRONG], count[Verdict.OPEN]
    counts = f'tests="{tests}" failures="{failures}" skipped="{skipped}" errors="0"'
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<testsuite name={name} {counts}>"]
    for each in report.findings:
        named = f"name={quoteattr(each.case.id)} classname={quoteattr(report.partner)}"
        head = f'  <testcase {named} time="{each.seconds:.3f}"'
        seen, remedy = each.judged.seen, each.judged.remedy
        body = f"expected: {each.case.expected} [{each.case.source}]\nseen: {seen}\nremedy: {remedy}"
        match each.judged.verdict:
            case Verdict.RIGHT:
                lines.append(f"{head}/>")
            case Verdict.REMARK:
                lines.append(f"{head}><system-out>{escape(body)}</system-out></testcase>")
            case Verdict.WRONG:
                lines.append(f"{head}><failure message={quoteattr(seen)}>{escape(body)}</failure></testcase>")
            case Verdict.OPEN:
                lines.append(f"{head}><skipped message={quoteattr(seen)}/></testcase>")
    return "\n".join([*lines, "</testsuite>", ""])


def page(report: Report) -> str:
    """One HTML page without scripts or foreign content, in the look of the pages."""
    names = ("Verdict", "Case", "Expected", "Seen", "Remedy")
    rows = tuple(_row(each) for each in report.findings)
    shown: Block = Empty("Nothing was tried.")
    if rows:
        shown = Table("Cases", tuple(map(Column, names)), rows)
    title = f"Partner test: {report.partner}"
    blocks = (Card("about", "What was tested", (Facts(report.about),)), Card("cases", "Cases", (shown,)))
    return draw_alone(Page(title, blocks, state=report.summary()), Words())


FORMATS: Final[Mapping[str, Callable[[Report], str]]] = {
    ".json": lambda report: json.dumps(facts(report), indent=1) + "\n",
    ".html": page,
    ".xml": junit,
    ".txt": lambda report: text(report) + "\n",
}
"""By the ending of a file's name."""
_TONES: Final = {Verdict.RIGHT: Tone.GOOD, Verdict.REMARK: Tone.WARN, Verdict.WRONG: Tone.BAD, Verdict.OPEN: Tone.WAIT}


def _row(finding: Finding) -> Row:
    case, judged = finding.case, finding.judged
    verdict = Tag(judged.verdict.value, _TONES[judged.verdict])
    expected = case.expected, Small(case.source)
    return Row((verdict, (Ref(case.id), Small(case.title)), expected, judged.seen, judged.remedy))
