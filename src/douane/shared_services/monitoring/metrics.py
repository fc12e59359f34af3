"""The metrics of one node: cells that are bound once and cost a fraction of a microsecond, shown as Prometheus text.

Each cell is written by one thread, so cells take no lock; another thread may read them as text. Each ``Metrics`` has a
registry of its own, nothing is global. A label value that is not in the platform's vocabulary is counted as ``other``,
so no sender can make series or put a name into one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric as Family
from prometheus_client.registry import Collector

from douane.shared_services.monitoring import catalogue as known
from douane.shared_services.monitoring.catalogue import Counter, Gauge, Histogram, Metric
from douane.vocabulary.errors import DeclarationFault

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
OTHER = "other"


class Number:
    """The cell of a counter or gauge."""

    __slots__ = ("value",)

    def __init__(self) -> None:
        self.value = 0.0

    def add(self, amount: float = 1.0) -> None:
        """Add to it; a counter takes nothing below zero."""
        self.value += amount

    def set(self, value: float) -> None:
        """Set a gauge."""
        self.value = value


class Spread:
    """The cell of a histogram."""

    __slots__ = ("bounds", "counts", "total")

    def __init__(self, bounds: tuple[float, ...]) -> None:
        self.bounds = bounds
        self.counts = [0] * (len(bounds) + 1)
        self.total = 0.0

    def observe(self, value: float) -> None:
        """Count a value."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value


class MessageMeter:
    """The set of updates for one message of one operation, platform and outcome."""

    __slots__ = ("_accept", "_count")

    def __init__(self, count: Number, accept: Spread) -> None:
        self._count, self._accept = count, accept

    def record(self, accept_us: int) -> None:
        """Count the message with the microseconds until its receipt."""
        self._count.value += 1
        self._accept.observe(accept_us * 1e-6)


class Metrics(Collector):
    """All metrics of a node. ``words``: the label values that may appear (operations, platforms, outcomes, codes)."""

    def __init__(self, words: Iterable[str], metrics: Iterable[Metric] = known.CATALOGUE) -> None:
        self._words = frozenset(words)
        self._numbers: dict[Metric, dict[tuple[str, ...], Number]] = {}
        self._spreads: dict[Histogram, dict[tuple[str, ...], Spread]] = {}
        self._meters: dict[tuple[str, str, str], MessageMeter] = {}
        self._registry = CollectorRegistry(auto_describe=False)
        for metric in metrics:
            if isinstance(metric, Histogram):
                self._spreads[metric] = {}
            else:
                self._numbers[metric] = {}
        self._registry.register(self)

    def counter(self, metric: Counter, *labels: str) -> Number:
        """The cell of a counter; keep it where it is used often."""
        return self._number(metric, labels)

    def gauge(self, metric: Gauge, *labels: str) -> Number:
        """The cell of a gauge."""
        return self._number(metric, labels)

    def show(self, metric: Gauge, values: Mapping[str, float]) -> None:
        """All values of a gauge with one label, as they are now; what was shown of others before, is gone."""
        self._numbers[metric].clear()
        for label, value in values.items():
            self.gauge(metric, label).value = value

    def read(self, metric: Counter | Gauge) -> list[tuple[tuple[str, ...], float]]:
        """The values of a counter or gauge by its labels."""
        return [(labels, number.value) for labels, number in list(self._numbers[metric].items())]

    def histogram(self, metric: Histogram, *labels: str) -> Spread:
        """The cell of a histogram."""
        key = self._key(metric, labels)
        cells = self._spreads[metric]
        if key not in cells:
            cells[key] = Spread(metric.bounds)
        return cells[key]

    def message(self, operation: str, platform: str, outcome: str) -> MessageMeter:
        """The meter for messages of this operation, platform and outcome: one look-up on the hot path."""
        meter = self._meters.get((operation, platform, outcome))
        if meter is None:
            words = (self._word(operation), self._word(platform), self._word(outcome))
            meter = self._meters.get(words)
            if meter is None:
                meter = self._meters[words] = MessageMeter(
                    self.counter(known.MESSAGES, *words),
                    self.histogram(known.ACCEPT_SECONDS, words[0]),
                )
        return meter

    def text(self) -> bytes:
        """Everything as Prometheus text, to be served as ``CONTENT_TYPE``."""
        return generate_latest(self._registry)

    def collect(self) -> Iterator[Family]:
        """The families, for the registry."""
        for metric, numbers in self._numbers.items():
            family = CounterMetricFamily if isinstance(metric, Counter) else GaugeMetricFamily
            shown = family(metric.name, metric.text, labels=metric.labels)
            for labels, number in list(numbers.items()):
                shown.add_metric(labels, number.value)
            yield shown
        for metric, spreads in self._spreads.items():
            histogram = HistogramMetricFamily(metric.name, metric.text, labels=metric.labels)
            for labels, spread in list(spreads.items()):
                histogram.add_metric(labels, _buckets(spread), spread.total)
            yield histogram

    def _number(self, metric: Metric, labels: tuple[str, ...]) -> Number:
        cells = self._numbers[metric]
        found = cells.get(labels)
        if found is None:
            found = cells.setdefault(self._key(metric, labels), Number())
        return found

    def _key(self, metric: Metric, labels: tuple[str, ...]) -> tuple[str, ...]:
        if len(labels) != len(metric.labels):
            raise DeclarationFault(f"{metric.name} is split by {metric.labels}, not by {len(labels)} values.")
        return tuple(self._word(label) for label in labels)

    def _word(self, label: str) -> str:
        return label if label in self._words or (label.isascii() and label.isdecimal() and len(label) < 5) else OTHER


def _buckets(spread: Spread) -> list[tuple[str, float]]:
    running, found = 0, []
    for bound, count in zip((*map(str, spread.bounds), "+Inf"), spread.counts, strict=True):
        running += count
        found.append((bound, float(running)))
    return found
