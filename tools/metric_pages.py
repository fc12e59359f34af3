"""Writes docs/metrics.md from the catalogue of metrics. ``python -m tools.metric_pages``."""

from __future__ import annotations

from pathlib import Path

from douane.shared_services.monitoring.catalogue import CATALOGUE, Metric

PAGE = Path(__file__).parents[1] / "docs" / "metrics.md"
HEAD = """# Metrics

Written by `tools/metric_pages.py` from `src/douane/shared_services/monitoring/catalogue.py`; a test keeps the two
equal. Do not edit.

`GET /metrics` at the operator's door, in the text format of Prometheus. Names are stable. Labels hold words of the
product only: no party, no reference, nothing that a sender wrote. In a node of several processes each series has the
label `process` too. What is done about them: [runbooks](runbooks.md), [operating](operating.md).

| Series | Kind | By | Says |
|---|---|---|---|
"""


def page() -> str:
    """The page as it should be."""
    return HEAD + "".join(_row(each) for each in sorted(CATALOGUE, key=lambda each: each.name))


def _row(each: Metric) -> str:
    labels = ", ".join(f"`{label}`" for label in each.labels) or "–"
    return f"| `{each.name}` | {type(each).__name__.lower()} | {labels} | {each.text} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
