"""Findings and reports: bounded in time, safe whatever a partner says, and a verdict for build servers."""

from __future__ import annotations

import asyncio
import json
from xml.etree import ElementTree as ET

import pytest
from lxml import html

from douane.conformance.cases import Case, Finding, Judged, Trial, Verdict, remark, right, run, undecided, wrong
from douane.conformance.report import FORMATS, Report, text
from douane.pages.tests.linting import faults, parsed
from douane.vocabulary.errors import PartnerUnreachable

CASE = Case("out.x", "a <title>", 'an "answer" & more', "section 1")
HOSTILE = "\x1b[31m</script><script>alert(1)</script>]]>\x00\ud800 \"'&"


def found(*trials: Trial, seconds: float = 60) -> list[Finding]:
    return asyncio.run(run(trials, seconds))


def trial(judged: Judged, *, aside: bool = False) -> Trial:
    async def work() -> Judged:
        return judged

    return Trial(CASE, work, aside)


def test_what_a_trial_raises_of_our_tree_is_the_partners() -> None:
    async def unreachable() -> Judged:
        raise PartnerUnreachable("It cannot be reached.", remedy="Start it.")

    async def broken() -> Judged:
        raise KeyError("ours")

    ((only,),) = (found(Trial(CASE, unreachable)),)
    assert only.judged == wrong("It cannot be reached.", "Start it.")
    with pytest.raises(KeyError):
        found(Trial(CASE, broken))


def test_a_run_ends_in_time_and_in_order() -> None:
    async def endless() -> Judged:
        await asyncio.sleep(3600)
        return right("never")

    cases = [Case(f"c{n}", "", "", "") for n in range(3)]
    trials = [
        Trial(cases[0], endless, aside=True),
        Trial(cases[1], endless),
        Trial(cases[2], trial(right("too late")).work),
    ]
    findings = found(*trials, seconds=3)
    assert [f.case.id for f in findings] == ["c0", "c1", "c2"]
    assert [f.judged.verdict for f in findings] == [Verdict.WRONG, Verdict.WRONG, Verdict.OPEN]


def test_what_a_partner_says_stays_text() -> None:
    report = Report("p<q>", (("a", "<b>"),), found(trial(wrong(HOSTILE, HOSTILE))))
    written = {ending: make(report) for ending, make in FORMATS.items()}
    assert all("\x1b" not in each and "\x00" not in each for each in written.values())
    page = html.fromstring(written[".html"])
    assert list(page.iter("script")) == []
    assert "alert(1)" in "".join(map(str, page.itertext()))
    suite = ET.fromstring(written[".xml"])
    assert "alert(1)" in suite[0][0].attrib["message"]
    assert json.loads(written[".json"])["cases"][0]["verdict"] == "wrong"
    for each in written.values():
        each.encode()


@pytest.mark.parametrize(
    ("judged", "passed"),
    [(right(""), True), (remark("", "x"), True), (wrong("", "x"), False), (undecided("", "x"), False)],
)
def test_only_what_is_wrong_or_nothing_at_all_fails(judged: Judged, passed: bool) -> None:
    assert Report("p", (), found(trial(judged))).passed is passed
    other = Trial(Case("out.y", "", "", ""), trial(right("")).work)
    assert Report("p", (), found(trial(judged), other)).passed is (judged.verdict is not Verdict.WRONG)


def test_the_page_is_whole_in_itself_and_without_fault_for_every_verdict() -> None:
    judged = (right("seen"), remark("seen", "mend"), wrong("seen", "mend"), undecided("seen", "mend"))
    findings = [Finding(Case(f"c{n}", "title", "expected", "source"), each, 0.1) for n, each in enumerate(judged)]
    for report in (Report("p", (("node", "x"),), findings), Report("p", (), [])):
        text = FORMATS[".html"](report)
        page = parsed(text)
        assert report.summary() in text
        assert len(page.xpath("//tbody/tr")) == len(report.findings)
        assert page.xpath("//@src | //link[@rel='stylesheet'] | //form | //a[not(starts-with(@href, '#'))]") == []
        assert [row.xpath("string(th)") for row in page.xpath("//tbody/tr")] == [
            each.judged.verdict.value for each in report.findings
        ]
        assert [fault for fault in faults(text) if fault not in ALONE] == []


ALONE = ("a style stands in the page",)
"""What a page of a site must not have, and a file that is whole in itself must."""


def test_nothing_tried_is_nothing_passed() -> None:
    report = Report("p", (), [])
    assert not report.passed
    assert text(report).endswith("p: no cases")
