"""Every metric that Douane exposes: name, kind, labels, text. A metric that is not here does not exist.

Names are ours and stable. Labels take words of the platform only (operation, platform, channel...), never a party, a
reference or anything a sender wrote: a metric is neither personal nor commercial, and its series stay few.
"""

from __future__ import annotations

from dataclasses import dataclass

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0)
COUNTS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1024.0)


@dataclass(frozen=True, slots=True)
class Metric:
    """What a metric is called, by what it is split, and what it says."""

    name: str
    labels: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Counter(Metric):
    """A number that only grows; its name ends in ``_total``."""


@dataclass(frozen=True, slots=True)
class Gauge(Metric):
    """A number that is so now."""


@dataclass(frozen=True, slots=True)
class Histogram(Metric):
    """How often a value fell into each range."""

    bounds: tuple[float, ...] = SECONDS


MESSAGES = Counter("douane_messages_total", ("operation", "platform", "outcome"), "Messages by how they came out.")
ACCEPT_SECONDS = Histogram("douane_accept_seconds", ("operation",), "From first byte to receipt.")
HANDLE_SECONDS = Histogram("douane_handle_seconds", ("operation",), "Time of the handler alone.")
REPLY_SECONDS = Histogram("douane_reply_seconds", ("operation",), "From receipt to the final reply in the inbox.")
QUERY_SECONDS = Histogram("douane_query_seconds", ("operation",), "From query to answer.")
REFUSALS = Counter("douane_refusals_total", ("platform", "code"), "Refusals by error code.")
UNAUTHENTICATED = Counter("douane_unauthenticated_total", ("platform",), "Calls without a proven identity.")
DUPLICATES = Counter("douane_duplicates_total", ("platform",), "Known ids answered with the original receipt.")
PENDING = Gauge("douane_pending_messages", ("partition",), "Messages accepted and not yet handled.")
QUARANTINED = Gauge("douane_quarantined_messages", ("operation",), "Messages in quarantine.")
JOURNAL_POSITION = Gauge("douane_journal_position", ("partition",), "Position of the newest message in the journal.")
HANDLED_POSITION = Gauge("douane_handled_position", ("partition",), "Position up to which messages are handled.")
TICK_SECONDS = Histogram("douane_tick_seconds", (), "Time of a tick, commit included.")
TICK_MESSAGES = Histogram("douane_tick_messages", (), "Messages handled in a tick.", COUNTS)
COMMIT_SECONDS = Histogram("douane_commit_seconds", ("store",), "Time of a commit, flush included.")
COMMIT_FAILURES = Counter("douane_commit_failures_total", ("store", "code"), "Commits that failed.")
STORE_BYTES = Gauge("douane_store_bytes", ("store",), "Size of the store.")
TIMERS = Gauge("douane_timers", ("partition",), "Timers set.")
TASKS = Gauge("douane_tasks", ("operation",), "Human tasks that are open.")
LANES = Gauge("douane_lanes", ("channel",), "Delivery lanes with something in them.")
LANE_MESSAGES = Gauge("douane_lane_messages", ("channel",), "Messages that wait in delivery lanes.")
BREAKERS = Gauge("douane_breakers", ("channel", "state"), "Delivery lanes by the state of their breaker.")
DELIVERIES = Counter("douane_deliveries_total", ("channel", "outcome"), "Delivery attempts by outcome.")
AUDIT_LEAVES = Gauge("douane_audit_leaves", (), "Leaves in the audit log.")
AUDIT_CHECKPOINT = Gauge("douane_audit_checkpoint_seconds", (), "When the newest checkpoint was signed (Unix time).")
AUDIT_LAG = Gauge("douane_audit_lag_seconds", (), "Age of the oldest leaf that no checkpoint covers.")
SEQUENCER_LAG = Gauge("douane_sequencer_lag_seconds", ("sequence",), "Age of the oldest entry not yet merged.")
LOG_LOST = Counter("douane_log_lines_lost_total", (), "Log lines that could not be written.")
RELEASE = Gauge("douane_release", ("version", "model"), "1 for the release and application model that run.")

CATALOGUE: tuple[Metric, ...] = tuple(found for found in tuple(globals().values()) if isinstance(found, Metric))
