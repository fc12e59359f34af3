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


def openslo(services: Iterable[Service]) -> str:
    """What each service promises at each door, as OpenSLO v1: JSON is YAML. A minute counts as a whole."""
    found = list(burning.places(services))
    documents = [
        _document("Service", _slug(each.name), each.title, {"description": (each.purpose or each.title)[:1050]})
        for each in dict.fromkeys(service for service, _ in found)
    ]
    for service, platform in found:
        share = f'slo:sli_error:ratio_rate5m{{service="{service.name}", platform="{platform.value}"}}'
        source = {"metricSource": {"type": "Prometheus", "spec": {"query": share}}}
        spec = {
            "description": f"{service.title} by {platform.value}: {service.level.value} % of agreed time.",
            "service": _slug(service.name),
            "indicator": {
                "metadata": {"name": _slug(f"{service.name}-{platform.value}-works")},
                "spec": {"ratioMetric": {"counter": False, "rawType": "failure", "raw": source}},
            },
            "timeWindow": [{"duration": "1M", "isRolling": False,
                            "calendar": {"startTime": "2026-01-01 00:00:00", "timeZone": "UTC"}}],
            "budgetingMethod": "Timeslices",
            "objectives": [{"displayName": service.level.name.title(), "target": round(service.level.value / 100, 5),
                            "timeSliceTarget": 1.0, "timeSliceWindow": "1m"}],
        }  # fmt: skip
        documents.append(_document("SLO", _slug(f"{service.name}-{platform.value}"), service.title, spec))
    return "---\n".join(json.dumps(each, indent=1) + "\n" for each in documents)


def _document(kind: str, name: str, title: str, spec: dict[str, Any]) -> dict[str, Any]:
    return {"apiVersion": "openslo/v1", "kind": kind, "metadata": {"name": name, "displayName": title}, "spec": spec}


def _slug(name: str) -> str:
    """A name as RFC 1123 has labels."""
    return name.replace("_", "-").replace(".", "-").lower()[:63]


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
