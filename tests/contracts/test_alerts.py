"""Alerts, recorded series and dashboard: over metrics that exist, each with a runbook, judged by Prometheus' tool."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from douane.backends.memory.backend import MemoryStore
from douane.configuration import discovery
from douane.model.declare import Level
from douane.shared_services.logging.events import Event
from douane.shared_services.monitoring import burning
from douane.shared_services.monitoring.alerts import ALERTS, Severity
from douane.shared_services.monitoring.catalogue import CATALOGUE, Histogram, Metric
from douane.shared_services.monitoring.rules import dashboard, openslo, rules
from tests.architecture.tree import REPOSITORY
from tests.contracts import toy
from tests.contracts.test_partitions import Several
from tests.contracts.test_surroundings import looking

OTHERS = {"up", "time"}
"""Series that Prometheus has by itself."""


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(rules(discovery.services()).partition("\n")[2])
    return found


def every_rule(made: dict[str, Any]) -> list[dict[str, Any]]:
    return [rule for group in made["groups"] for rule in group["rules"]]


def series() -> dict[str, Metric]:
    names: dict[str, Metric] = {}
    for metric in CATALOGUE:
        ends = ("_bucket", "_count", "_sum") if isinstance(metric, Histogram) else ("",)
        names |= {metric.name + end: metric for end in ends}
    return names


def named(expr: str) -> set[str]:
    """The series that an expression reads."""
    plain = re.sub(r"\{[^}]*\}|\[[^]]*\]", "", expr)
    return set(re.findall(r"\b(?:douane|slo)[a-z_:0-9]*\b|\bup\b", plain))


def test_every_expression_reads_series_that_exist(made: dict[str, Any]) -> None:
    recorded = {rule["record"] for rule in every_rule(made) if "record" in rule}
    shown = [panel["targets"][0]["expr"] for panel in json.loads(dashboard(discovery.services()))["panels"]]
    for expr in [*(rule["expr"] for rule in every_rule(made)), *shown]:
        assert named(expr), expr
        assert named(expr) - set(series()) - recorded - OTHERS == set(), expr
    for labels in re.findall(r"by \((\w+)\) \((douane_\w+)\)", " ".join(alert.expr for alert in ALERTS)):
        metric = series()[labels[1]]
        assert labels[0] in (*metric.labels, "process"), labels


def test_every_label_that_an_alert_speaks_of_is_one_that_it_has(made: dict[str, Any]) -> None:
    for alert in ALERTS:
        kept = set(re.findall(r"by \((\w+)\)", alert.expr))
        assert set(re.findall(r"\$labels\.(\w+)", alert.says)) <= kept, alert.name


def test_what_services_promise_is_written_as_openslo() -> None:
    documents = [json.loads(each) for each in openslo(discovery.services()).split("---\n")]
    names = {(each["kind"], each["metadata"]["name"]) for each in documents}
    assert len(names) == len(documents)
    assert all(re.fullmatch("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", name) for _, name in names)
    assert {each["apiVersion"] for each in documents} == {"openslo/v1"}
    promised = [each["spec"] for each in documents if each["kind"] == "SLO"]
    recorded = {rule["record"] for rule in burning.recording(discovery.services())}
    levels = {service.name.replace("_", "-"): service.level.value for service in discovery.services()}
    for each in promised:
        assert ("Service", each["service"]) in names
        assert each["objectives"][0]["target"] == pytest.approx(levels[each["service"]] / 100)
        query = each["indicator"]["spec"]["ratioMetric"]["raw"]["metricSource"]["spec"]["query"]
        assert query.partition("{")[0] in recorded
    assert len(promised) == len(list(burning.places(discovery.services())))


def test_every_alert_has_its_runbook_and_its_events_exist(made: dict[str, Any]) -> None:
    headings = re.findall(r"^## (\w+)$", (REPOSITORY / "docs" / "runbooks.md").read_text(), re.MULTILINE)
    alerts = [rule for rule in every_rule(made) if "alert" in rule]
    assert {rule["alert"] for rule in alerts} == set(headings)
    for rule in alerts:
        assert rule["annotations"]["runbook_url"] == f"runbooks.md#{rule['alert'].lower()}"
        assert rule["labels"]["severity"] in list(Severity)
    assert {event for alert in ALERTS for event in alert.events} <= {event.value for event in Event}


def test_every_event_that_asks_for_an_act_is_that_of_an_alert_or_needs_none_at_once() -> None:
    told = {event for alert in ALERTS for event in alert.events}
    asking = {event.value for event in Event if event.known.remedy and event.known.level.value == "error"}
    assert asking - told == set()


@pytest.mark.parametrize(("level", "minutes"), [(Level.GOLD, 86.4), (Level.SILVER, 172.8), (Level.BRONZE, 259.2)])
def test_thresholds_follow_from_the_promise_and_the_period(level: Level, minutes: float) -> None:
    share = burning.allowed(level)
    assert round(share * burning.PERIOD / 60, 1) == minutes
    assert burning.FAST.limit(share) == pytest.approx(14.4 * share)
    assert burning.SLOW.limit(share) == pytest.approx(6 * share)
    assert burning.FAST.limit(share) < 1, "an alert that can never rise"
    assert burning.CREEPING.limit(1 - burning.TARGET) == pytest.approx(1 - burning.TARGET)


def test_every_offered_service_is_recorded_where_somebody_may_call_it(made: dict[str, Any]) -> None:
    found = {
        (rule["labels"]["service"], rule["labels"]["platform"], rule["labels"]["level"])
        for rule in every_rule(made)
        if rule.get("record") == "douane:working"
    }
    assert {("transit", "speed2", "gold"), ("transit", "ccn2", "gold"), ("drafts", "speed2", "silver")} <= found
    assert {service for service, _, _ in found} <= {service.name for service in discovery.services()}


def test_the_dashboard_has_a_panel_for_every_metric_and_keeps_its_name() -> None:
    drawn = json.loads(dashboard(discovery.services()))
    panels = drawn["panels"]
    shown = " ".join(panel["targets"][0]["expr"] for panel in panels)
    assert [metric.name for metric in CATALOGUE if metric.name not in shown] == []
    assert len({panel["id"] for panel in panels}) == len(panels)
    assert len({(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels}) == len(panels)
    assert re.fullmatch("[0-9a-f]{32}", drawn["uid"])
    assert all(panel["datasource"]["uid"] == "${datasource}" for panel in panels)


# --- judged by Prometheus' own tool, where it is there


@pytest.fixture
def promtool() -> str:
    found = os.environ.get("DOUANE_PROMTOOL") or shutil.which("promtool")
    if found is None:
        pytest.skip("promtool is not installed (Debian: promtool)")
    return found


def run(promtool: str, *arguments: str) -> str:
    seldom = {**os.environ, "GOGC": "800"}  # it collects its garbage for a third of its time otherwise
    done = subprocess.run([promtool, *arguments], capture_output=True, text=True, timeout=100, check=False, env=seldom)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def minutes(*parts: tuple[int, int]) -> str:
    """Values of a series, one a minute: (how many, value)."""
    return " ".join(f"{value}x{number - 1}" if number > 1 else str(value) for number, value in parts)


def scene(
    name: str, *moments: tuple[str, list[str]], tickets: list[list[str]] | None = None, every: str = "1m", **given: str
) -> dict[str, Any]:
    """A test of rules: what is scraped each minute, and for which doors alerts hold at some moments."""
    ready = given.pop("ready")
    inputs = [{"series": 'douane_ready{part="cases"}', "values": ready},
              {"series": 'douane_ready{part="ccn2"}', "values": minutes((1200, 1))}]  # fmt: skip
    inputs += [{"series": f'{series}{{administration="DE"}}', "values": values} for series, values in given.items()]
    wanted = [("DouaneAllowanceBurns", at, gold) for at, gold in moments]
    wanted += [("DouaneBelowTarget", at, each) for (at, _), each in zip(moments, tickets or (), strict=False)]
    return {
        "name": name, "interval": every, "input_series": inputs,
        "promql_expr_test": [
            {"expr": f'count by (service) (ALERTS{{alertname="{alert}",alertstate="firing",platform="ccn2",'
                     'service="transit"})', "eval_time": at,
             "exp_samples": [{"labels": f'{{service="{each}"}}', "value": value} for each, value in _counted(services)]}
            for alert, at, services in wanted
        ],
    }  # fmt: skip


def _counted(services: list[str]) -> list[tuple[str, int]]:
    return [(each, services.count(each)) for each in dict.fromkeys(services)]


@pytest.mark.slow
def test_two_minutes_of_outage_page_an_announced_ten_do_not_and_little_for_long_opens_a_ticket(
    promtool: str, tmp_path: Path
) -> None:
    (tmp_path / "all.yml").write_text(rules(discovery.services()))
    run(promtool, "check", "rules", "--lint-fatal", str(tmp_path / "all.yml"))
    transit = [each for each in discovery.services() if each.name == "transit"]
    (tmp_path / "rules.yml").write_text(rules(transit))
    begin, end = 400 * 60, 410 * 60
    scenes = [
        scene("nothing happens", ("420m", []), ready=minutes((430, 1))),
        scene("one minute", ("402m", []), ready=minutes((400, 1), (1, 0), (60, 1))),
        scene("two minutes page, and are over after five more", ("402m", ["transit"]), ("409m", []),
              ready=minutes((400, 1), (2, 0), (60, 1))),
        scene("nothing answers at all", ("406m", ["transit", "transit"]), ready=f"{minutes((400, 1))} stale"),
        scene("ten announced minutes", ("411m", []), ready=minutes((400, 1), (10, 0), (60, 1)),
              douane_planned_begin_seconds=minutes((390, begin)), douane_planned_end_seconds=minutes((390, end))),
        scene("ten minutes that overrun by four", ("414m", ["transit"]), ready=minutes((400, 1), (14, 0), (60, 1)),
              douane_planned_begin_seconds=minutes((390, begin)), douane_planned_end_seconds=minutes((390, end))),
    ]  # fmt: skip
    once_in_three_days = minutes((850, 1), (1, 0), (100, 1))  # of 864 fives of minutes
    little = [
        scene("0.1 % for three days, and it is over", ("4300m", []), ("4700m", []), tickets=[["transit"], []],
              ready=once_in_three_days, every="5m"),
    ]  # fmt: skip
    for every, played in (("1m", scenes), ("5m", little)):
        tests = {"rule_files": ["rules.yml"], "evaluation_interval": every, "tests": played}
        (tmp_path / "tests.yml").write_text(json.dumps(tests))
        run(promtool, "test", "rules", str(tmp_path / "tests.yml"))


def test_the_metrics_of_a_node_are_well_formed(promtool: str, tmp_path: Path) -> None:
    look = looking(tmp_path, Several(MemoryStore(toy.Clock())), serves=("speed2",))
    look.store()
    look.process()
    done = subprocess.run([promtool, "check", "metrics"], input=look.telemetry.text(), capture_output=True, timeout=60,
                          check=False)  # fmt: skip
    assert b"error" not in done.stderr.lower().replace(b"douane_", b""), done.stderr
