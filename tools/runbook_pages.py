"""Writes docs/runbooks.md from the declared alerts. ``python -m tools.runbook_pages``."""

from __future__ import annotations

from pathlib import Path

from douane.model.declare import Level
from douane.shared_services.monitoring import burning
from douane.shared_services.monitoring.alerts import ALERTS, Alert

PAGE = Path(__file__).parents[1] / "docs" / "runbooks.md"
HEAD = """# Alerts and their runbooks

Written by `tools/runbook_pages.py` from `alerts.py` and `burning.py` in `src/douane/shared_services/monitoring`; a test
keeps them equal. Do not edit.

`douane monitoring rules -o douane.rules.yml` writes the rules for Prometheus, `douane monitoring dashboard -o FILE` a
dashboard for Grafana; both are made from this release, so make them anew after an upgrade. Let Prometheus scrape
`/metrics` of the operator's door of each node, one target a node, as the job `douane`, with a client certificate of an
operator. Where operators are kept (production), add `--as ACCOUNT` to a command that does something. *page* calls
somebody at once, *ticket* on the next working day. Each alert names its runbook here.

`python -m tests.incidents` plays incidents on a node that runs, judges from outside that each stands in log and metrics
within 30 seconds, where one process is the node in its console too, that `douane message hit` names the cases of the
fault and no other, and runs the steps printed here word for word, with its own values for the words in capitals; within
60 seconds it is over and no case is named. Decoys must raise nothing.
"""
LEVELS = """
## DouaneAllowanceBurns

*page* · A service promises to work for a share of each 30 days (the table has its classes);
the rest is its allowance. It works at a platform while every partition takes messages and a door serves it. The alert
says how soon the allowance is gone at the present rate, and rises when 2 % of it went within an hour, or 5 % within
six, and it still goes on. What an administration of the node announced beforehand ([availability](availability.md))
calls nobody.

{rows}
* **Look:** `/health/ready`, and the other alerts: this one follows from another cause.
* **Do:** what the runbook of the cause says. Where there is none: see the log for events of level *error*.
* **Over:** the part is ready; the allowance that is gone comes back with the days.

## DouaneBelowTarget

*ticket* · A service failed for more than {target} of three days, our own target above every promise.

* **Look:** which events of level *error* come again and again.
* **Do:** mend the commonest cause; nobody has to be woken for it.
* **Over:** three days without it.
"""
CLOCK = """
## A clock that jumps

No alert: the node does not start, or ends, and says so. What is committed is dated by the clock of its machine, and
never goes back ([decision 0281](decisions/0281-two-instants-of-a-leaf.md)).

* **Log:** the reason `ClockWentBack` at the end of a core; `ClocksDiffer` where a link is not opened.
* **Look:** `date -u` against a clock that you trust; which of the two instants that the reason names is the right one.
* **Do:**
  1. Where the clock is behind: set it right (`chronyc makestep`), and start the node.
  2. Where it was ahead and is right now: wait until it has caught up, if that is minutes; until then no start is taken.
  3. Else open its console alone: `douane timekeeping open` (of several processes it serves on while they run).
  4. Two operators sign in there: one proposes it (*Second person*), the other compares both instants, and agrees.
  5. Start the node; one of several processes begins by itself. Its log says who agreed, and from when to when.
  6. Where a link is not opened: set the clocks of both hosts by the same source; it opens by itself.
* **Over:** `/health/ready` says *ready*; `douane audit inspect` says that everything fits.
"""
PEOPLE = """
## Two operators at odds

No alert: they, or a third one, see it in the console. Neither changes anything alone that two persons answer for: a
proposal waits, a new one about the same voids it, and whoever broke the glass agrees to nothing.

* **Log:** `operator.acted` with the same act again and again; `operator.broke_glass`.
* **Look:** `douane operator list`: who operates, what is proposed, who acts alone; *Second person* of the console.
* **Do:**
  1. Let a third operator decide: he agrees with one of the two, or proposes what both can live with, and one agrees.
  2. Where nobody is third: nothing changes until both agree on one ([operating](operating.md)).
* **Over:** nothing waits under *Second person*.

## An administrator who left

No alert: whoever dismisses him calls. No step needs a restart, and each takes effect within five seconds. With his
sign-in end his sessions, the glass that he broke, and what he proposed: it waits for nobody any more.

* **Log:** `operator.acted`, `artefact.swapped`; `call.refused` with his `client` where he tries again.
* **Look:** `douane operator list`: whether he broke the glass; `douane client list`: what stands for him.
* **Do:**
  1. End his sign-in: one operator proposes the operators without him, another one agrees.
  2. Have his certificates revoked by their authority, and load its list: `douane certificate load FILE`.
  3. Take what he held out of the register: `douane client replace FILE --reason WHY --as ACCOUNT`; another one agrees.
  4. See whether it holds together: `douane audit inspect`.
  5. Take his user, keys and database role off the host: whoever writes the data folder can break the glass.
* **Over:** `douane operator list` and `douane client list` name him no more.
"""


def page() -> str:
    """The page as it should be."""
    rows = "| Class | Promise | Allowance in 30 days |\n|---|---|---|\n" + "".join(
        f"| {level.name.capitalize()} | {level.value} % | {burning.allowed(level) * burning.PERIOD / 60:.1f} min |\n"
        for level in reversed(Level)
    )
    target = f"{1 - burning.TARGET:.2%}".replace("%", " %")
    return HEAD + "".join(_alert(each) for each in ALERTS) + LEVELS.format(rows=rows, target=target) + CLOCK + PEOPLE


def _alert(alert: Alert) -> str:
    says = alert.says.replace("{{ $labels.", "*").replace("{{ $value | humanizeDuration }}", "*so long*")
    says = says.replace("{{ $value }}", "*so many*").replace(" }}", "*")
    events = ", ".join(f"`{each}`" for each in alert.events)
    steps = "".join(f"  {n}. {step}\n" for n, step in enumerate(alert.do, 1))
    told = f"* **Log:** {events} ([events](events.md)).\n" if events else ""
    return (
        f"\n## {alert.name}\n\n*{alert.severity.value}* · {says}\n\n"
        f"* **Rule:** `{alert.expr}` for {alert.lasts}.\n{told}"
        f"* **Look:** {alert.look}\n* **Do:**\n{steps}* **Over:** {alert.over}\n"
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
