"""Alerts of service levels: how fast the month's allowance of a service is used up, computed from its promise.

A service works at a platform while cases are accepted and a door serves them; time that was announced counts as working
for alerts, and is told apart in reports. Thresholds follow from the length of the period and from the share of the
allowance that may be gone before somebody is called; none is written down as a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from douane.model.circles import Platform
from douane.model.declare import Level, Service, Status
from douane.shared_services.monitoring.alerts import Severity

PERIOD: Final = 30 * 86_400
"""Seconds of the period that an allowance is for."""
TARGET: Final = 0.9995
"""What we want for ourselves, above every promise: tickets are opened by it."""
HOUR: Final = 3600
NODES: Final = "0 * max by (instance) (last_over_time(douane_ready[30d]))"
"""Nothing, for each node that was seen lately: one that is silent does not work."""
DOORS: Final = (Platform.SPEED2, Platform.CCN2, Platform.CDCO)


@dataclass(frozen=True, slots=True)
class Burn:
    """Somebody is called when this share of the allowance was used up within the long window, and still is."""

    severity: Severity
    share: float
    long: int
    short: int

    def limit(self, allowed: float) -> float:
        """The share of time that may fail in the windows, where ``allowed`` of the period may."""
        return self.share * PERIOD / self.long * allowed


FAST: Final = Burn(Severity.PAGE, 0.02, HOUR, HOUR // 12)
SLOW: Final = Burn(Severity.PAGE, 0.05, 6 * HOUR, HOUR // 2)
CREEPING: Final = Burn(Severity.TICKET, 0.10, 72 * HOUR, 6 * HOUR)


def allowed(level: Level) -> float:
    """The share of time in which a service of this level may not work."""
    return round(1 - level.value / 100, 6)


def window(seconds: int) -> str:
    """A duration as rules write it."""
    for unit, size in (("d", 86_400), ("h", HOUR), ("m", 60)):
        if seconds % size == 0:
            return f"{seconds // size}{unit}"
    return f"{seconds}s"


def places(services: Iterable[Service]) -> Iterator[tuple[Service, Platform]]:
    """Each offered service with the doors at which somebody may call it."""
    for service in services:
        for platform in DOORS:
            offered = [each for each in service.operations if each.status is not Status.PLANNED]
            if any(actor.kind in platform.kinds for each in offered for actor in each.by):
                yield service, platform


def recording(services: Iterable[Service]) -> list[dict[str, Any]]:
    """What is recorded: whether each service works, and its share of failed time in each window."""
    planned = (
        "max by (instance) ((time() >= bool last_over_time(douane_planned_begin_seconds[30d]))"
        f" * (time() < bool last_over_time(douane_planned_end_seconds[30d]))) or {NODES}"
    )
    rules: list[dict[str, Any]] = [{"record": "douane:planned", "expr": planned}]
    for service, platform in places(services):
        both = f'by (instance) (douane_ready{{part=~"cases|{platform.value}"}})'
        working = f"min {both} * (count {both} == bool 2) or {NODES}"
        labels = {"service": service.name, "platform": platform.value, "level": service.level.name.lower()}
        rules.append({"record": "douane:working", "expr": working, "labels": labels})
    rules.append({
        "record": "douane:counted", "expr": "clamp_max(douane:working + on (instance) group_left () douane:planned, 1)",
    })  # fmt: skip
    windows = sorted({each for burn in (FAST, SLOW, CREEPING) for each in (burn.long, burn.short)})
    for each in windows:
        share = f"1 - avg_over_time(douane:counted[{window(each)}])"
        rules.append({"record": f"slo:sli_error:ratio_rate{window(each)}", "expr": share})
    return rules


def alerts() -> list[dict[str, Any]]:
    """The alerts of service levels; their value is in how many seconds the allowance is gone at this rate."""
    return [
        *(_rule("DouaneAllowanceBurns", burn, level.name.lower(), allowed(level))
          for level in Level for burn in (FAST, SLOW)),
        _rule("DouaneBelowTarget", CREEPING, "", round(1 - TARGET, 6)),
    ]  # fmt: skip


def _rule(name: str, burn: Burn, level: str, share: float) -> dict[str, Any]:
    chosen = f'{{level="{level}"}}' if level else ""
    gone = round(share * PERIOD, 3)  # seconds that may fail
    least = round(gone / burn.limit(share))
    sides = [
        f"{gone} / slo:sli_error:ratio_rate{window(each)}{chosen} < {least}" for each in (burn.long, burn.short)
    ]  # fmt: skip
    labels = {"severity": burn.severity.value, "window": window(burn.long)} | ({"level": level} if level else {})
    what = f"the month's allowance ({round(gone / 60, 1)} min)" if level else "the month's allowance of our own target"
    return {
        "alert": name, "expr": " and ".join(sides), "labels": labels,
        "annotations": {
            "summary": "{{ $labels.service }} at {{ $labels.platform }} of {{ $labels.instance }}: at this rate "
                       f"{what} is gone within {{{{ $value | humanizeDuration }}}}.",
        },
    }  # fmt: skip
