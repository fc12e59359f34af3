"""The ledger that a run prints: what was sent, acknowledged, processed, lost, doubled, overtaken, and how fast it came
back."""

from __future__ import annotations

import re
import statistics
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crash.campaign import Outcome
from crash.checker import Finding, Harm
from crash.cuts import Cuts
from crash.nemesis import KILLS, Fault
from crash.stored import counted

SHOWN = 20


@dataclass(slots=True)
class Totals:
    """Sums over all parts of a run."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    killed: Counter[str] = field(default_factory=Counter)
    """By what a process is, of those that were killed alone."""
    findings: list[Finding] = field(default_factory=list)
    recoveries: list[float] = field(default_factory=list)
    from_nothing: list[float] = field(default_factory=list)
    after_full: list[float] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    cold_starts: list[float] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)
    flush_rates: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    seconds: float = 0.0
    notes: list[str] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Add a campaign."""
        told = outcome.told
        self.counts += Counter({
            "sent": len(told.sent), "acknowledged": len(told.receipts), "processed": outcome.processed,
            "refused": len(told.refused), "released": outcome.released,
            "changed": len(told.changed), "again": len(told.again),
            "unknown": told.counts["unknown"], "busy": told.counts["busy"],
            "collected": len(told.collected), "taken": len(told.taken), "ended": told.ended, **outcome.forms.counts,
        })  # fmt: skip
        self.faults += Counter(each.fault.value for each in outcome.struck)
        self.killed += Counter(
            each.who.partition("-")[0] for each in outcome.struck if each.who and each.fault in KILLS
        )  # fmt: skip
        self.findings += outcome.findings
        self.starts += outcome.starts
        self.cold_starts += outcome.cold_starts
        self.settings = outcome.settings
        kills = [each.at for each in outcome.struck if each.fault in KILLS]
        if len(kills) > 1:
            self.rates.append(60 * (len(kills) - 1) / (kills[-1] - kills[0]))
        self.seconds += outcome.seconds
        self.recoveries += recoveries(outcome, KILLS - {Fault.KILL_ALL})
        self.from_nothing += recoveries(outcome, frozenset({Fault.KILL_ALL}))
        self.after_full += recoveries(outcome, frozenset({Fault.FULL_STORE, Fault.FULL_DATA}))

    def add_cuts(self, cuts: Cuts) -> None:
        """Add a series of power cuts in process."""
        told = cuts.told
        self.counts += Counter({
            "sent": len(told.sent), "acknowledged": len(told.receipts), "processed": cuts.processed,
            "refused": len(told.refused), "released": cuts.released, "again": len(told.again),
            "collected": len(told.collected), "ended": told.ended,
        })  # fmt: skip
        self.faults += Counter({f"{name} (in process)": number for name, number in cuts.ends.items()})
        self.findings += cuts.findings
        self.seconds += cuts.seconds

    @property
    def clean(self) -> bool:
        """Whether nothing was lost, doubled, overtaken or broken."""
        return not self.findings

    def so_far(self) -> str:
        """One line on everything until now."""
        harm = ", ".join(f"{number} {name}" for name, number in counted(self.findings).items())
        killed = sum(number for name, number in self.faults.items() if name in {each.value for each in KILLS})
        return f"{killed:,} kills, {self.counts['acknowledged']:,} acknowledged, {harm}"

    def facts(self) -> dict[str, Any]:
        """The ledger as JSON."""
        return {
            **{name: self.counts[name] for name in COUNTED},
            **counted(self.findings),
            "faults": dict(self.faults),
            "killed": dict(self.killed),
            "recovery_s": spread(self.recoveries),
            "recovery_from_nothing_s": spread(self.from_nothing),
            "recovery_from_full_s": spread(self.after_full),
            "start_s": spread(self.starts),
            "start_from_nothing_s": spread(self.cold_starts),
            "flushes_per_s": spread(self.flush_rates),
            "kills_per_minute": spread(self.rates),
            "settings": self.settings,
            "seconds": round(self.seconds, 1),
            "findings": [f"{each.harm.value}: {each.text}" for each in self.findings[:SHOWN]],
            "notes": self.notes,
        }


COUNTED = ("sent", "acknowledged", "processed", "unknown", "busy", "again", "changed", "refused", "released",
           "collected", "taken", "ended", "forms", "sessions")  # fmt: skip


def recoveries(outcome: Outcome, faults: frozenset[Fault]) -> list[float]:
    """For each fault of these kinds, the seconds until the first receipt of a request that began after it was over.
    Where the next fault came before that, it counts from both."""
    asked = sorted(outcome.told.acknowledged_at)
    began = [at for at, _ in asked]
    found = []
    for each in outcome.struck:
        if each.fault in faults:
            after = asked[bisect_right(began, each.at) :][:200]
            found += [min(at for _, at in after) - each.at] if after else []
    return found


def spread(values: Sequence[float]) -> dict[str, float]:
    """Median, 99th percentile and maximum."""
    if not values:
        return {}
    ordered = sorted(values)
    return {
        "median": round(statistics.median(ordered), 3),
        "p99": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))], 3),
        "max": round(ordered[-1], 3),
    }


EXPLAINED = {
    "sent": "messages sent by the load clients",
    "acknowledged": "of these: hold a receipt",
    "processed": "acknowledged, in the journal, handled",
    Harm.LOST.value: "acknowledged and gone, or an answer that never came",
    Harm.DOUBLED.value: "taken or answered twice",
    Harm.OVERTAKEN.value: "out of order within a case",
    Harm.BROKEN.value: "balance, receipt, promise, audit log, file",
    "unknown": "attempts without an answer, sent again with the same bytes",
    "busy": "attempts answered 503",
    "again": "sent again though acknowledged: the first receipt byte for byte",
    "changed": "sent again with other bytes: refused with code 26",
    "refused": "refused at the door",
    "released": "set aside by a failing handler, released by the operator",
    "collected": "answers collected from inboxes",
    "taken": "of these: acknowledged there",
    "ended": "movements discharged after arrival: inspected, unloaded, after an incident, diverted",
    "forms": "forms of persons that a page acknowledged: in the journal once, and on their list",
    "sessions": "sign-ins of persons for them",
}


def text(facts: dict[str, Any]) -> str:
    """The ledger for people."""
    lines = [f"{name:<14}{facts[name]:>10,}   {what}" for name, what in EXPLAINED.items()]
    faults = ", ".join(f"{name} {number}" for name, number in sorted(facts["faults"].items()))
    lines += ["", f"faults        {faults}"]
    if facts["killed"]:
        lines.append("killed alone  " + ", ".join(f"{name} {n}" for name, n in sorted(facts["killed"].items())))
    lines.append(f"time          {facts['seconds']} s")
    for name, title in (
        ("recovery_s", "kill to first receipt"), ("recovery_from_nothing_s", "kill of everything to first receipt"),
        ("recovery_from_full_s", "space again to first receipt"),
        ("start_s", "start"), ("start_from_nothing_s", "start from nothing"),
    ):  # fmt: skip
        if facts[name]:
            lines.append(f"{title}: " + ", ".join(f"{what} {value} s" for what, value in facts[name].items()))
    if facts["kills_per_minute"]:
        lines.append(f"kills: {facts['kills_per_minute']['median']:.0f} a minute while faults ran")
    if facts["flushes_per_s"]:
        lines.append(f"append 2 kB + fdatasync: {facts['flushes_per_s']['median']:,.0f}/s beside it")
    lines.append("store: " + ", ".join(f"{name} {value}" for name, value in facts["settings"].items()))
    lines += facts["notes"]
    lines += [f"  {each}" for each in facts["findings"]]
    return "\n".join(lines)


BEGIN, END = "<!-- ledger: written by make crash -->", "<!-- end of the ledger -->"


def write_page(page: Path, facts: dict[str, Any], options: str) -> None:
    """Put the ledger of a run into a page, between its marks."""
    before, _, rest = page.read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    options = re.sub(r" ?--write", "", options)
    page.write_text(f'{before}{BEGIN}\n\n`make crash ARGS="{options}"`\n\n```\n{text(facts)}\n```\n\n{END}{after}')
