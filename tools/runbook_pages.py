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
operator. *page* calls somebody at once, *ticket* on the next working day. Each alert names its runbook here.

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


def page() -> str:
    """The page as it should be."""
    rows = "| Class | Promise | Allowance in 30 days |\n|---|---|---|\n" + "".join(
        f"| {level.name.capitalize()} | {level.value} % | {burning.allowed(level) * burning.PERIOD / 60:.1f} min |\n"
        for level in reversed(Level)
    )
    target = f"{1 - burning.TARGET:.2%}".replace("%", " %")
    return HEAD + "".join(_alert(each) for each in ALERTS) + LEVELS.format(rows=rows, target=target)


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
