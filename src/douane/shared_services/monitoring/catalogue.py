"""Every metric that Douane exposes: name, kind, labels, text. A metric that is not here does not exist.

Names are ours and stable. Labels take words of the platform only (operation, platform, channel...), never a person, a
reference or anything a sender wrote: a metric is neither personal nor commercial, and its series stay few. Of parties
an administration has its code, and everybody else is a partner (decision 0336).
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
REFUSALS = Counter("douane_refusals_total", ("platform", "code"), "Refusals by error code.")
UNAUTHENTICATED = Counter("douane_unauthenticated_total", ("platform",), "Calls without a proven identity.")
REFUSED = Counter(
    "douane_refused_answers_total", ("platform", "channel", "status"),
    "Answers that refused a call, by HTTP status; of channels without one by error code.",
)  # fmt: skip
PENDING = Gauge("douane_pending_messages", ("partition",), "Messages accepted and not yet handled.")
QUARANTINED = Counter(
    "douane_quarantined_total", ("operation",), "Messages set aside, with those that wait behind one."
)
DELIVERIES = Counter("douane_deliveries_total", ("channel", "outcome"), "Attempts to deliver a message, by outcome.")
LANES_WAITING = Gauge("douane_lanes_waiting", ("channel",), "Lanes in which messages wait.")
LANES_FAILING = Gauge("douane_lanes_failing", ("channel",), "Lanes whose newest attempt came to nothing.")
LANE_FAILURES = Gauge("douane_lane_failures", ("channel",), "Failed attempts in a row of the lane that has most.")
LANE_BUSY_SECONDS = Gauge("douane_lane_busy_seconds", ("channel",), "For how long the slowest attempt has gone on.")
JOURNAL_POSITION = Gauge("douane_journal_position", ("partition",), "Position of the newest message in the journal.")
HANDLED_POSITION = Gauge("douane_handled_position", ("partition",), "Position up to which messages are handled.")
TICK_SECONDS = Histogram("douane_tick_seconds", (), "Time of a tick, commit included.")
LONGEST_TICK = Gauge("douane_longest_tick_seconds", (), "The longest tick since the start.")
TICK_MESSAGES = Histogram("douane_tick_messages", (), "Messages handled in a tick.", COUNTS)
AUDIT_LEAVES = Gauge("douane_audit_leaves", ("partition",), "Leaves in the audit log.")
AUDIT_CHECKPOINT = Gauge("douane_audit_checkpoint_seconds", (), "When the newest checkpoint was signed (Unix time).")
NODE_DEVELOPMENT = Gauge("douane_node_development", (), "1 where the node has an identity that it made for itself.")
LIMITED = Counter("douane_limited_total", ("platform", "limit"), "Requests and connections beyond a caller's share.")
HELD = Gauge(
    "douane_held", ("platform", "limit"), "What callers hold of a door; of bodies octets, of the rest how many."
)
TRUST_UNREAD = Gauge(
    "douane_trust_unread_seconds", (), "Since what callers are judged by was last read, of the part that waits longest."
)
KEEPERS_DISAGREE = Gauge(
    "douane_keepers_disagree", ("partner",), "1 where a system keeps an entry of which another one says something else."
)
KEEPERS_SET_BACK = Gauge(
    "douane_keepers_set_back", ("partner",), "1 where a system that keeps entries stands behind where it was."
)
HOSTS_AWAY = Gauge("douane_hosts_away", (), "Servers of others, called for visitors, that did not answer last time.")
POOL_BUSY = Gauge("douane_pool_busy", ("kind",), "Threads at work for a purpose.")
POOL_WAITING = Gauge("douane_pool_waiting", ("kind",), "What waits for a thread of a purpose.")
POOL_REFUSED = Counter("douane_pool_refused_total", ("kind",), "What was refused since too much waited for a purpose.")
LOOP_LATE = Gauge(
    "douane_loop_late_seconds", (), "How late the doors' event loop comes round just now: the middle of five times."
)
COMMITS_NOW = Gauge(
    "douane_store_commit_now_seconds", (), "How long a commit in the store takes just now: the middle of the last five."
)
HOSTS_SLOWEST = Gauge(
    "douane_hosts_slowest_seconds",
    (),
    "How long the slowest server of others takes to answer just now: the middle of five.",
)
LOOP_SILENCE = Gauge("douane_loop_silence_seconds", (), "Since the doors' event loop last came round.")
AUDIT_INSPECTED = Gauge(
    "douane_audit_inspected_leaves", ("partition",), "Leaves that the running inspection has looked at."
)
AUDIT_INSPECTED_AT = Gauge(
    "douane_audit_inspected_seconds", (), "When the last inspection of the whole store ended (Unix time)."
)
AUDIT_FINDINGS = Gauge("douane_audit_findings", ("partition",), "What the newest inspection found that does not fit.")
AUDIT_WITNESS_LAG = Gauge(
    "douane_audit_witness_lag_seconds", ("partition",), "For how long the witness lacks the newest checkpoint."
)
LOG_LOST = Counter("douane_log_lines_lost_total", (), "Log lines that could not be written.")
EVENTS = Counter("douane_events_total", ("event",), "Events that were told in the log, by name (docs/events.md).")
READY = Gauge("douane_ready", ("part",), "1 where cases are accepted (cases), or where a door serves (its platform).")
PLANNED_BEGIN = Gauge(
    "douane_planned_begin_seconds", ("administration",), "When an announced outage begins, now or next (Unix time)."
)
PLANNED_END = Gauge("douane_planned_end_seconds", ("administration",), "When that outage ends (Unix time).")
MAINTENANCE_UNTIL = Gauge(
    "douane_maintenance_until_seconds", ("service",), "Until when a service rests, as was said (Unix time)."
)
PROCESS_ANSWERS = Gauge("douane_process_answers", ("part",), "1 where a process of the node answers the operator's.")
RESTARTS = Counter("douane_process_restarts_total", ("part",), "How often a process of the node was started again.")
VOLUME_FREE = Gauge("douane_volume_free_bytes", (), "Free octets of the volume of the data folder.")
VOLUME_RESERVE = Gauge("douane_volume_reserve_bytes", (), "How many of them the node wants to have in reserve.")
BACKUP_AT = Gauge("douane_backup_seconds", (), "When the newest backup of the node was finished (Unix time).")
MEMORY = Gauge("douane_memory_bytes", (), "Resident memory of the process.")
DESCRIPTORS = Gauge("douane_descriptors", (), "Files and connections that the process has open.")
QUARANTINE = Gauge("douane_quarantine_messages", ("partition",), "Messages that are set aside now.")
JUDGED = Counter(
    "douane_judged_messages_total", ("outcome",), "Sent messages of the sample that were judged by the published rules."
)
BROKEN_AT = Gauge(
    "douane_rule_broken_seconds",
    ("operation", "code"),
    "When a judged message of this type last broke this rule (Unix time).",
)
LANE_OLDEST = Gauge(
    "douane_lane_oldest_seconds", ("channel",), "For how long the oldest message that waits for a partner has waited."
)
INBOX_WAITING = Gauge(
    "douane_inbox_messages",
    ("party",),
    "Messages that wait to be collected by whoever is watched: an administration by its code, others as partner.",
)
INBOX_OLDEST = Gauge(
    "douane_inbox_oldest_seconds", ("party",), "For how long the oldest message has waited to be collected."
)
SILENT_SECONDS = Gauge(
    "douane_silent_seconds",
    ("party",),
    "Since whoever lets messages wait gave its last sign of life; 0 where it collects, or said that it would not.",
)
HEARD_AT = Gauge(
    "douane_heard_seconds", ("administration",), "When a node of an administration was heard last (Unix time)."
)
EXPIRY = Gauge(
    "douane_expiry_seconds", ("kind",), "When the first certificate, or list of revoked ones, runs out (Unix time)."
)
STORE_REFUSING = Gauge("douane_store_refusing", ("partition",), "1 where the store of a partition refuses.")
LEASED = Gauge("douane_leased", ("partition",), "1 where this worker has the partition.")
COMMIT_SECONDS = Histogram("douane_store_commit_seconds", (), "Time of a commit in the store.")
STORE_FAILURES = Counter("douane_store_failures_total", (), "How often the store refused a partition.")
STORE_CONNECTIONS = Gauge("douane_store_connections", (), "Connections that the process has open to its database.")
ANSWERS = Counter(
    "douane_answers_total", ("platform", "channel", "status"), "Answers of a door, good ones too, by HTTP status."
)
LISTS_AT = Gauge(
    "douane_code_list_seconds",
    ("which",),
    "When the first, or the last, of the code lists in use was published (Unix time).",
)
KEY_AT = Gauge("douane_key_seconds", ("kind",), "When a key of the node was made (Unix time).")
QUEUES_THERE = Gauge("douane_queues_there", (), "1 where the carrier of the CCN/CSI queues answers.")

OF_DOORS: tuple[Counter, ...] = (REFUSALS, UNAUTHENTICATED, REFUSED, LIMITED)
"""What doors in a process of their own tell their core; each is split by platform first."""
CATALOGUE: tuple[Metric, ...] = tuple(found for found in tuple(globals().values()) if isinstance(found, Metric))
