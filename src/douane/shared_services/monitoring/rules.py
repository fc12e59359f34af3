"""What others watch a node by: rules of Prometheus and a dashboard of Grafana."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any, Final

from douane.model.declare import Service
from douane.shared_services.monitoring import burning
from douane.shared_services.monitoring.alerts import ALERTS, Alert
from douane.shared_services.monitoring.catalogue import CATALOGUE, Counter, Histogram, Metric

RUNBOOKS: Final = "runbooks.md"
LEVELS: Final = "DouaneAllowanceBurns"
_HEAD: Final = "# Made by `douane monitoring rules`; JSON is YAML.\n"


def rules(services: Iterable[Service], *, runbooks: str = RUNBOOKS) -> str:
    """The rules as Prometheus reads them. runbooks: the address of the page that alerts lead to."""
    levels = [_led(each, runbooks) for each in burning.alerts()]
    groups = [
        {"name": "douane", "rules": [_led(_rule(each), runbooks) for each in ALERTS]},
        {"name": "douane-levels", "interval": "1m", "rules": [*burning.recording(services), *levels]},
    ]
    return _HEAD + json.dumps({"groups": groups}, indent=1) + "\n"


def _rule(alert: Alert) -> dict[str, Any]:
    return {
        "alert": alert.name, "expr": alert.expr, "for": alert.lasts, "labels": {"severity": alert.severity.value},
        "annotations": {"summary": alert.says},
    }  # fmt: skip


def _led(rule: dict[str, Any], runbooks: str) -> dict[str, Any]:
    """The same rule with the address of its runbook."""
    address = f"{runbooks}#{rule['alert'].lower()}"
    return rule | {"annotations": rule["annotations"] | {"runbook_url": address}}


def dashboard(services: Iterable[Service]) -> str:
    """A dashboard of Grafana: levels first, then one panel a metric. Its ``uid`` stays the same over releases."""
    names = sorted({service.name for service, _ in burning.places(services)})
    panels = [_panel("Services that work", "douane:working", "{{service}} {{platform}}", kind="stat")]
    panels += [_panel(f"{each}: share of failed time, 1 h", f'slo:sli_error:ratio_rate1h{{service="{each}"}}',
                      "{{platform}}", unit="percentunit") for each in names]  # fmt: skip
    panels += [_panel(each.text, _shown(each), _legend(each)) for each in CATALOGUE]
    for number, panel in enumerate(panels):
        panel |= {"id": number + 1, "gridPos": {"h": 8, "w": 12, "x": 12 * (number % 2), "y": 8 * (number // 2)}}
        panels[number] = panel
    return json.dumps({
        "title": "Douane", "uid": hashlib.sha256(b"douane").hexdigest()[:32], "schemaVersion": 39, "tags": ["douane"],
        "time": {"from": "now-6h", "to": "now"}, "refresh": "30s",
        "templating": {"list": [{"name": "datasource", "type": "datasource", "query": "prometheus"}]},
        "panels": panels,
    }, indent=1) + "\n"  # fmt: skip


def _panel(title: str, expr: str, legend: str, *, kind: str = "timeseries", unit: str = "short") -> dict[str, Any]:
    return {
        "title": title, "type": kind, "datasource": {"type": "prometheus", "uid": "${datasource}"},
        "targets": [{"expr": expr, "legendFormat": legend, "refId": "A"}], "fieldConfig": {"defaults": {"unit": unit}},
    }  # fmt: skip


def _shown(metric: Metric) -> str:
    if isinstance(metric, Histogram):
        return f"histogram_quantile(0.99, sum by (le) (rate({metric.name}_bucket[5m])))"
    return f"rate({metric.name}[5m])" if isinstance(metric, Counter) else metric.name


def _legend(metric: Metric) -> str:
    return "p99" if isinstance(metric, Histogram) else " ".join(f"{{{{{each}}}}}" for each in metric.labels)
