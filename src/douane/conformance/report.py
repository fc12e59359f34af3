"""What a partner bench found, for people (text, HTML), for programs (JSON) and for build servers (JUnit)."""

from __future__ import annotations

import html
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from douane.conformance.cases import Finding, Verdict


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
    """One HTML page without scripts or foreign content."""
    about = "".join(f"<dt>{html.escape(n)}</dt><dd>{html.escape(v)}</dd>" for n, v in report.about)
    heads = "".join(f'<th scope="col">{each}</th>' for each in _COLUMNS)
    rows = "".join(_row(each) for each in report.findings)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Partner test: {html.escape(report.partner)}</title><style>{_STYLE}</style></head><body>\n"
        f"<h1>Partner test: {html.escape(report.partner)}</h1>\n"
        f"<p><strong>{html.escape(report.summary())}</strong></p><dl>{about}</dl>\n<table><thead><tr>{heads}</tr></thead>"
        f"<tbody>\n{rows}</tbody></table></body></html>\n"
    )


FORMATS: Final[Mapping[str, Callable[[Report], str]]] = {
    ".json": lambda report: json.dumps(facts(report), indent=1) + "\n",
    ".html": page,
    ".xml": junit,
    ".txt": lambda report: text(report) + "\n",
}
"""By the ending of a file's name."""
_COLUMNS: Final = ("verdict", "case", "expected", "seen", "remedy")
_STYLE: Final = (
    "body{font:15px/1.4 sans-serif;margin:2em auto;max-width:75em;padding:0 1em;color:#222}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #bbb;padding:.4em .6em;text-align:left;"
    "vertical-align:top;overflow-wrap:anywhere}th{background:#eee}"
    "td:last-child{min-width:13em}dl{display:grid;grid-template-columns:max-content auto;gap:.2em 1em}"
    "dd{margin:0}"
    ".right td:first-child{background:#d7f0d7}.wrong td:first-child{background:#f6caca;font-weight:bold}"
    ".remark td:first-child{background:#fdf0c4}.open td:first-child{background:#e4e4e4}"
    "@media(max-width:640px){thead{display:none}tr{display:block;margin-bottom:1em}"
    "td{display:block;border-top:0}td:first-child{border-top:1px solid #bbb}td:empty{display:none}"
    "td:nth-child(n+3)::before{content:attr(data-is) ': ';color:#666}}"
)


def _row(finding: Finding) -> str:
    case, judged = finding.case, finding.judged
    verdict = judged.verdict.value
    named = f"<code>{html.escape(case.id)}</code><br>{html.escape(case.title)}"
    expected = f"{html.escape(case.expected)}<br><small>{html.escape(case.source)}</small>"
    cells = (verdict, named, expected, html.escape(judged.seen), html.escape(judged.remedy))
    row = "".join(f'<td data-is="{name}">{cell}</td>' for name, cell in zip(_COLUMNS, cells, strict=True))
    return f'<tr class="{verdict}">{row}</tr>\n'
