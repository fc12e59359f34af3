"""Messages of telemetry; derived: what OTLP carries, as much of it as a person looks for."""

from __future__ import annotations

import enum
from typing import Annotated

import msgspec
from msgspec import Meta

from douane.author import MachineMicros

Short = Annotated[str, Meta(max_length=120)]
Text = Annotated[str, Meta(max_length=400)]
Trace = Annotated[str, Meta(pattern=r"\A([0-9a-f]{32})?\Z", title="Trace")]
Instant = Annotated[MachineMicros, Meta(ge=0, le=1 << 62, title="Microseconds since 1970")]


class Signal(enum.Enum):
    """What is told."""

    TRACES = "traces"
    METRICS = "metrics"
    LOGS = "logs"


class Attribute(msgspec.Struct, frozen=True):
    """What a system says of a measurement besides, by name."""

    name: Short
    value: Short


class Measurement(msgspec.Struct, frozen=True, omit_defaults=True):
    """A span (value: its seconds), a point of a metric (text: its unit) or a line of a log (name: how severe)."""

    at: Instant
    source: Short = ""
    name: Short = ""
    text: Text = ""
    value: float | None = None
    trace: Trace = ""
    facts: Annotated[tuple[Attribute, ...], Meta(max_length=16)] = ()


class TelemetryTold(msgspec.Struct, frozen=True):
    """What a system measured since it told last."""

    signal: Signal
    items: Annotated[tuple[Measurement, ...], Meta(max_length=500)]


class TelemetryTaken(msgspec.Struct, frozen=True):
    """How many were taken; the rest was beyond the share of the administration."""

    taken: int


class TelemetryQuestion(msgspec.Struct, frozen=True):
    """What did our own systems tell last? source: one system only, by the name that it gives itself."""

    signal: Signal
    source: Short = ""
    limit: Annotated[int, Meta(ge=1, le=500, title="Most items")] = 100


class TelemetryShown(msgspec.Struct, frozen=True):
    """What was told, the last first. by: the client that told each."""

    administration: str
    items: tuple[Measurement, ...]
    by: tuple[str, ...]
