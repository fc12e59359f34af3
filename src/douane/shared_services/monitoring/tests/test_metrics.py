"""Metrics: what is counted is shown, and nothing a sender writes becomes a label."""

import re

import pytest
from prometheus_client.parser import text_string_to_metric_families

from douane.shared_services.monitoring import catalogue as known
from douane.shared_services.monitoring.metrics import Metrics
from douane.vocabulary.errors import DeclarationFault

WORDS = ("transit.lodge_declaration", "speed2", "accepted", "refused", "sqlite", "DOU-1003")


def samples(metrics: Metrics) -> dict[tuple[str | tuple[str, str], ...], float]:
    families = text_string_to_metric_families(metrics.text().decode())
    return {(s.name, *sorted(s.labels.items())): s.value for family in families for s in family.samples}


def test_a_message_is_counted_and_timed() -> None:
    metrics = Metrics(WORDS)
    for accept in (900, 1_500, 70_000_000):
        metrics.message("transit.lodge_declaration", "speed2", "accepted").record(accept)
    found = samples(metrics)
    labels = (("operation", "transit.lodge_declaration"), ("outcome", "accepted"), ("platform", "speed2"))
    assert found["douane_messages_total", *labels] == 3
    operation = ("operation", "transit.lodge_declaration")
    assert found["douane_accept_seconds_bucket", ("le", "0.001"), operation] == 1
    assert found["douane_accept_seconds_bucket", ("le", "0.0025"), operation] == 2
    assert found["douane_accept_seconds_bucket", ("le", "60.0"), operation] == 2
    assert found["douane_accept_seconds_bucket", ("le", "+Inf"), operation] == 3
    assert found["douane_accept_seconds_count", operation] == 3
    assert found["douane_accept_seconds_sum", operation] == pytest.approx(70.0024)


def test_a_value_on_a_bound_belongs_to_that_bucket() -> None:
    metrics = Metrics(WORDS)
    metrics.histogram(known.TICK_MESSAGES).observe(64)
    found = samples(metrics)
    assert found["douane_tick_messages_bucket", ("le", "32.0")] == 0
    assert found["douane_tick_messages_bucket", ("le", "64.0")] == 1


def test_gauges_and_counters() -> None:
    metrics = Metrics(WORDS)
    metrics.gauge(known.PENDING, "7").set(12)
    metrics.gauge(known.AUDIT_LEAVES, "7").set(70_000)
    cell = metrics.counter(known.REFUSALS, "speed2", "DOU-1003")
    cell.add()
    cell.add(2)
    assert metrics.counter(known.REFUSALS, "speed2", "DOU-1003") is cell
    found = samples(metrics)
    assert found["douane_pending_messages", ("partition", "7")] == 12
    assert found["douane_audit_leaves", ("partition", "7")] == 70_000
    assert found["douane_refusals_total", ("code", "DOU-1003"), ("platform", "speed2")] == 3


def test_what_is_shown_anew_replaces_what_was() -> None:
    metrics = Metrics(WORDS)
    metrics.show(known.PENDING, {"3": 5, "7": 12})
    metrics.show(known.PENDING, {"7": 11})
    pending = {key: value for key, value in samples(metrics).items() if key[0] == known.PENDING.name}
    assert pending == {(known.PENDING.name, ("partition", "7")): 11}


def test_what_is_not_our_word_is_other() -> None:
    metrics = Metrics(WORDS)
    for number in range(1_000):
        metrics.message(f"FR{number:014d}", "speed2", 'x"} 1\nevil').record(1)
    metrics.gauge(known.PENDING, "123456").set(1)
    text = metrics.text().decode()
    assert not re.search(r"FR\d|evil|123456", text)
    key = ("douane_messages_total", ("operation", "other"), ("outcome", "other"), ("platform", "speed2"))
    assert samples(metrics)[key] == 1_000
    assert len(metrics._meters) == 1


def test_two_nodes_in_one_process_share_nothing() -> None:
    one, two = Metrics(WORDS), Metrics(WORDS)
    one.message("transit.lodge_declaration", "speed2", "accepted").record(1)
    assert not any(value for (name, *_), value in samples(two).items() if str(name).startswith("douane_messages"))


def test_the_catalogue_is_in_order() -> None:
    names = [metric.name for metric in known.CATALOGUE]
    assert len(names) == len(set(names)) > 10
    for metric in known.CATALOGUE:
        assert re.fullmatch(r"douane_[a-z_]+", metric.name)
        assert metric.name.endswith("_total") == isinstance(metric, known.Counter)
        assert metric.text.endswith(".") or metric is known.AUDIT_CHECKPOINT or "(" in metric.text
        assert set(metric.labels) <= {
            "operation", "platform", "outcome", "code", "partition", "channel", "limit", "status", "event", "part",
            "administration", "kind", "partner", "party", "service", "which",
        }  # fmt: skip
        if isinstance(metric, known.Histogram):
            assert list(metric.bounds) == sorted(set(metric.bounds))


def test_the_wrong_number_of_labels_is_refused() -> None:
    with pytest.raises(DeclarationFault):
        Metrics(WORDS).counter(known.REFUSALS, "speed2")
