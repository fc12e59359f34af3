"""Every alert of a node: when it rises, whom it calls, and what whoever is called does, step by step.

An alert is about a state that somebody has to end. Its rule is an expression over the catalogue of metrics, its runbook
stands in ``docs/runbooks.md``; both are made from here. Alerts of service levels are made from the model (``burning``).
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Final


class Severity(enum.StrEnum):
    """How soon somebody has to act."""

    PAGE = "page"  # now, at night too
    TICKET = "ticket"  # on the next working day


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert. expr: over metrics of ours; lasts: for how long it has to hold. events: of the log, that tell more.

    look, do: the runbook, commands in backticks. over: how whoever was called sees that it is over.
    """

    name: str
    severity: Severity
    expr: str
    lasts: str
    says: str
    events: tuple[str, ...]
    look: str
    do: tuple[str, ...]
    over: str


PAGE, TICKET = Severity.PAGE, Severity.TICKET
_READY: Final = "`/health/ready` says *ready*."

ALERTS: Final[tuple[Alert, ...]] = (
    Alert(
        "DouaneNodeDown", PAGE, 'up{job="douane"} == 0', "1m", "The operator's door of a node does not answer.",
        ("node.stopped", "process.ended"), "Whether the host runs, and `systemctl status douane` there.",
        ("Start it: `systemctl start douane`.", "Where it does not start, `journalctl -u douane` says why.",
         "Where it says that the settings or the identity are wrong: `douane doctor --config douane.toml`."), _READY,
    ),
    Alert(
        "DouaneProcessGone", PAGE, "min by (part) (douane_process_answers) == 0", "30s",
        "A process of the node ({{ $labels.part }}) does not answer, though it is started again by itself.",
        ("process.silent", "process.ended", "process.heard"), "`data/processes.json` for its process id; whether it "
        "is stopped (`ps -o stat= PID` says T) or works without end.",
        ("Where it ended: nothing; the supervisor starts it again.", "Where it is stopped: `kill -CONT PID`.",
         "Where it works without end: `kill -KILL PID`; the supervisor starts it again."),
        "`douane_process_answers` of this part is 1.",
    ),
    Alert(
        "DouaneProcessRestarts", TICKET, "max by (part) (increase(douane_process_restarts_total[15m])) > 3", "0s",
        "A process of the node ({{ $labels.part }}) ended {{ $value }} times in a quarter of an hour.",
        ("process.ended", "node.failed"), "The lines `node.failed` before each `process.ended`, and the kernel's log "
        "(`dmesg`) for processes that it killed for want of memory.",
        ("For want of memory: give the host more, or the node fewer processes.", "Else report class, module and line."),
        "The lines `process.ended` stop.",
    ),
    Alert(
        "DouaneStoreRefuses", PAGE, "max by (partition) (douane_store_refusing) == 1", "15s",
        "The store refuses partition {{ $labels.partition }}: it accepts nothing.", ("store.refuses", "store.back"),
        "PostgreSQL: whether it answers (`pg_isready`); SQLite: whether the volume is full (`df`).",
        ("Start the database, end what holds it, or make space.",
         "The partition begins again by itself within seconds."),
        "The event `store.back` of the partition.",
    ),
    Alert(
        "DouanePartitionAlone", PAGE, "max by (partition) (douane_leased) == 0", "30s",
        "No worker has partition {{ $labels.partition }}.", ("lease.gone", "lease.taken"),
        "Whether a worker runs, and of which release: one that is older leaves partitions to newer ones.",
        ("Start the workers of the newest release.",), "The event `lease.taken` of the partition.",
    ),
    Alert(
        "DouaneUnavailable", PAGE,
        'sum by (platform) (rate(douane_refused_answers_total{status="503"}[2m])) > 0', "2m",
        "The door of {{ $labels.platform }} turns calls away (503).", ("call.unavailable",),
        "`/health/ready`, and the other alerts: this one follows from another cause.",
        ("Mend what is not ready.", "Where all is ready, more comes than the node carries: give it processor."),
        "No answer with 503 for two minutes.",
    ),
    Alert(
        "DouaneMaintenanceLate", TICKET, "max by (service) (time() - douane_maintenance_until_seconds) > 0", "5m",
        "{{ $labels.service }} rests for longer than was said.", ("maintenance.late", "operator.acted"),
        "`douane maintenance list`: since when, for whom, why.",
        ("Where the work is done: `douane maintenance end SERVICE --reason WHY`.",
         "Else say by when it will be: `douane maintenance begin SERVICE --until TIME --reason WHY`."),
        "`douane maintenance list` has nothing that is late.",
    ),
    Alert(
        "DouanePartnerAway", TICKET, "max by (channel) (douane_lanes_failing) > 0", "5m",
        "A partner cannot be reached by {{ $labels.channel }}.", ("message.undelivered", "lane.back"),
        "`douane lane list`, or the console under Deliveries: which partner, why, which cases wait.",
        ("Call the partner.", "Where it asks for rest: `douane lane pause LANE --reason WHY`, later `resume`.",
         "Where it is back: `douane lane resume LANE --reason WHY` if it rests, then `douane lane retry LANE`.",
         "Where it had the oldest message by another way: `douane lane drop PLACE --reason WHY`."),
        "The event `lane.back`; `douane message hit` names none of its cases.",
    ),
    Alert(
        "DouanePartnerLate", PAGE, "max by (channel) (douane_lane_oldest_seconds) > 3600", "1m",
        "A message has waited for a partner by {{ $labels.channel }} for an hour.", ("message.undelivered",),
        "`douane lane list`: which, since when; `douane timeline PLACE` for the case.",
        ("Reach the partner by another way, and agree on the fallback procedure.",
         "Where the lane is paused and need not be: `douane lane resume LANE --reason WHY`."),
        "`douane lane list` says that nothing waits.",
    ),
    Alert(
        "DouaneQueuesAway", PAGE, "min(douane_queues_there) == 0", "1m", "The carrier of the CCN/CSI queues is away.",
        ("queues.away", "queues.back"), "Whether the broker runs (`rabbitmq-diagnostics status`).",
        ("Start the broker, or mend the network to it.", "The node tries again each second and loses nothing."),
        "The event `queues.back`.",
    ),
    Alert(
        "DouaneQuarantine", TICKET, "sum(douane_quarantine_messages) > 0", "1m", "{{ $value }} messages are set aside.",
        ("message.quarantined",), "`douane message quarantine`: why; `douane message show PLACE`: what; "
        "`douane message hit`: which cases.",
        ("Mend the cause.",
         "Handle them again: `douane message replay --dry-run`, then `douane message replay --reason WHY`.",
         "What can never be handled: `douane message discard PLACE --reason WHY`; another one agrees in the console."),
        "`douane message quarantine` says that nothing is set aside.",
    ),
    Alert(
        "DouaneBreaksRule", TICKET, "time() - max by (code) (douane_rule_broken_seconds) < 86400", "0s",
        "A message that the node sent breaks {{ $labels.code }}.", ("message.breaks_rule",),
        "`douane message show PLACE` with the `message` of the line: what stands at the pointer of the rule "
        "([messages](messages-coverage.md)); the setting `judged` says how many messages are judged.",
        ("Where a code list is older than its code: load the list.", "Else report type and rule: a fault of ours.",
         "Tell receivers that refuse such messages (IE906, IE917) what they should take."),
        "No judged message breaks the rule for a day; the metric goes when the node starts again.",
    ),
    Alert(
        "DouaneBacklog", TICKET, "max by (partition) (douane_pending_messages) > 1000", "5m",
        "{{ $value }} messages wait in partition {{ $labels.partition }}.", (), "Whether the processor is "
        "busy, or waits for the store (`douane_tick_seconds`).",
        ("Give the node processor, or its store a quicker volume.", "See [performance](performance.md) for figures."),
        "`douane_pending_messages` is below 1000.",
    ),
    Alert(
        "DouaneVolumeLow", PAGE, "min(douane_volume_free_bytes - douane_volume_reserve_bytes) < 0", "1m",
        "The volume of the data folder has less free than its reserve.", ("volume.low", "volume.back"),
        "`df` and `du -xh --max-depth=2` of the data folder.",
        ("Remove what is not the node's.", "Move old messages to the archive: [retention](retention.md).",
         "Make the volume larger."), "The event `volume.back`.",
    ),
    Alert(
        "DouaneBackupOld", TICKET, "time() - max(douane_backup_seconds > 0) > 2 * 86400", "1h",
        "The newest backup is {{ $value | humanizeDuration }} old.", (), "`systemctl status` of the unit or timer that "
        "takes backups, and what it said.",
        ("`douane backup FOLDER --key KEY` by hand, and read what it says.", "Mend its timer: [backup](backup.md)."),
        "`douane_backup_seconds` is less than two days ago.",
    ),
    Alert(
        "DouaneExpiresSoon", TICKET, "min by (kind) (douane_expiry_seconds) - time() < 30 * 86400", "1h",
        "A {{ $labels.kind }} runs out in {{ $value | humanizeDuration }}.", ("trust.expires_soon",),
        "`douane doctor`, or the console under What runs out: which.",
        ("Have it renewed, and put the next one in its place: [certificates](certificates.md).",
         "`systemctl reload douane`, or wait until the node sees it."), "The console says more than 30 days.",
    ),
    Alert(
        "DouaneExpires", PAGE, "min by (kind) (douane_expiry_seconds) - time() < 2 * 86400", "5m",
        "A {{ $labels.kind }} runs out in {{ $value | humanizeDuration }}: who is judged by it will be refused.",
        ("trust.expired", "trust.expires_soon"), "`douane doctor`: which.",
        ("Renew it now: [certificates](certificates.md).",), "The console says more than 30 days.",
    ),
    Alert(
        "DouaneGuessing", TICKET, 'increase(douane_events_total{event="secret.wrong"}[10m]) > 20', "0s",
        "{{ $value }} wrong secrets in ten minutes.", ("secret.wrong",), "Which `client` the lines name.",
        ("One client: ask it, and give it another secret.", "Many, or *other*: somebody guesses; block his network."),
        "The lines stop.",
    ),
    Alert(
        "DouaneFailed", TICKET, 'increase(douane_events_total{event="node.failed"}[10m]) > 0', "0s",
        "Something of the node failed; where it is a file that the node goes by, what was read before holds.",
        ("node.failed", "artefact.swapped"), "The lines `node.failed`: they name class, module and line. "
        "`douane doctor --config douane.toml` reads every file as the node does.",
        ("Where it is the register of clients: `douane client replace FILE --reason WHY`, with the one that held.",
         "Where it is the agreements: `douane partner replace FILE --reason WHY`, with those that held.",
         "Where a revocation list cannot be read: take its file away, and load another one at once.",
         "Where it is a revocation list: `douane certificate load FILE`, with the newest of that authority.",
         "Where it is another file: put back what it was; the node reads it within seconds.",
         "Else report class, module and line."),
        "The event `artefact.swapped` after the last `node.failed`.",
    ),
    Alert(
        "DouaneRefusals", TICKET, "sum by (platform) (increase(douane_refusals_total[10m])) > 20", "0s",
        "The door of {{ $labels.platform }} refused {{ $value }} calls in ten minutes for want of proof, circle or "
        "role.", ("call.refused",), "Which `client` the lines name, and their `code` ([errors](errors.md)).",
        ("Where it should get in, and the register lacks it: `douane client replace FILE --reason WHY`.",
         "Else tell the client which door it should use, or that this is not for it."),
        "The lines stop.",
    ),
    Alert(
        "DouaneLimited", TICKET, "sum by (platform) (increase(douane_limited_total[10m])) > 1000", "0s",
        "The door of {{ $labels.platform }} turned {{ $value }} calls beyond a share away in ten minutes.",
        ("call.limited",), "Which limit `douane_limited_total` names; the network's log for who it is.",
        ("A client in a loop: tell it; others are served meanwhile.",
         "Many who need more: raise that limit under `[limits]` ([fair use](fair-use.md)), and start again."),
        "`douane_limited_total` grows no more.",
    ),
    Alert(
        "DouaneClockSet", TICKET, 'increase(douane_events_total{event="clock.set"}[10m]) > 0', "0s",
        "Somebody set the clock of the machine.", ("clock.set",),
        "Whether its time service runs and agrees with others (`chronyc tracking`).",
        ("Have it follow a server again, and set it right.",), "No further `clock.set`.",
    ),
    Alert(
        "DouaneAuditDiffers", PAGE, "max by (partition) (douane_audit_findings) > 0", "0s",
        "Partition {{ $labels.partition }} holds {{ $value }} rows that do not fit the audit log.", ("audit.differs",),
        "`douane audit inspect`: which row, which field.",
        ("Keep a copy of the store.", "Find out who can write it.", "Restore what was there: [backup](backup.md)."),
        "`douane audit inspect` finds nothing.",
    ),
    Alert(
        "DouaneWitnessBehind", TICKET, "max by (partition) (douane_audit_witness_lag_seconds) > 3600", "5m",
        "The witness has lacked the newest checkpoint for {{ $value | humanizeDuration }}.", (),
        "Whether the witness answers, and what it says.", ("Start it, or mend the way to it: [audit](audit.md).",),
        "`douane_audit_witness_lag_seconds` is small again.",
    ),
    Alert(
        "DouaneStalled", PAGE, "max by (process) (douane_loop_silence_seconds) > 10", "30s",
        "The doors have stood still for {{ $value }} seconds.", (), "Whether the process works without "
        "end (`top -H`), or waits for its volume (`iostat -x 1`).",
        ("Where it waits: mend the volume.", "Else end the process: it is started again; report what it did before."),
        "`douane_loop_silence_seconds` is 0.",
    ),
    Alert(
        "DouaneLogLost", TICKET, "increase(douane_log_lines_lost_total[10m]) > 0", "0s",
        "{{ $value }} lines of the log could not be written.", ("log.lost",), "`df` of the volume of `node.log`.",
        ("Make space.",), "The event `log.lost` stands in the log, and no other after it.",
    ),
    Alert(
        "DouaneDevelopment", PAGE, "max(douane_node_development) == 1", "1h",
        "A node runs with an identity that it made for itself.", ("node.development",),
        "Who started it with `--development`.", ("In production: stop it, and start it with an identity folder.",),
        "`douane_node_development` is 0.",
    ),
)  # fmt: skip
"""The alerts, in the order in which they are read."""
