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
_RENEW: Final = "`douane client renew CLIENT --csr FILE --reason WHY --as ACCOUNT`"
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
         ("Where it had the oldest message by another way: `douane lane drop PLACE "
         "--reason WHY --as ACCOUNT`; another one agrees.")),
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
        "DouaneKeepersDisagree", TICKET, "max by (partner) (douane_keepers_disagree) > 0", "0s",
        "{{ $labels.partner }} keeps an entry of a register of which another system says something else.",
        ("keepers.disagree",),
        "The lines `keepers.disagree`: which systems (EU is this node); `douane message hit`: which cases wait.",
        ("See in the provision who served that administration when the entry began: the pages of moves say it.",
         "Let the other system end its own entry, as an act of its authority with a reason.",
         "Start this node anew: `systemctl restart douane`. It tells again what still contradicts."),
        "`douane_keepers_disagree` of this partner is gone, and stays away when the entry is asked for again.",
    ),
    Alert(
        "DouaneKeeperSetBack", PAGE, "max by (partner) (douane_keepers_set_back) > 0", "0s",
        "The system of {{ $labels.partner }} stands behind where it was: what it granted since may be lost.",
        ("keeper.set_back",),
        'The line `keeper.set_back`: since when its answers are marked. Its "no" is told as *not known* until then.',
        ("Call its operator: was it restored from a backup, and what is lost?",
         "Let it enter again what was lost; the logs of this node and of a witness name the leaves that it had.",
         "Start this node anew: `systemctl restart douane`. From then on its answers hold again."),
        "`douane_keepers_set_back` of this partner is gone, and its answers bear no mark.",
    ),
    Alert(
        "DouanePartySilent", PAGE, "max by (party) (douane_silent_seconds) > 0", "0s",
        "{{ $labels.party }} does not collect what waits for it; its last sign is {{ $value | humanizeDuration }} old.",
        ("party.silent", "party.back"),
        "`douane lane list`, or the console under Deliveries: who, since when, how much; `douane message hit`: which "
        "cases. `douane_inbox_oldest_seconds` says for how long the oldest has waited.",
        ("Call whoever operates its system: it ended, hangs, or cannot reach this node. It goes on where it stopped.",
         "Where it will take long: agree on the fallback procedure, and tell the parties of the cases.",
         ("Where it never collects by design: `collects_within = 0` in its agreement ([partners](partners.md)), and "
         "`douane partner replace FILE --reason WHY --as ACCOUNT`.")),
        "The event `party.back`; `douane message hit` names none of its cases.",
    ),
    Alert(
        "DouaneNodeUnheard", TICKET, "time() - max by (administration) (douane_heard_seconds) > 300", "1m",
        "No node of {{ $labels.administration }} has been heard for {{ $value | humanizeDuration }}.",
        ("node.unheard", "node.heard"),
        "The console under Deliveries, or *Nodes that run* of the Reference Architecture: when it was heard last.",
        ("Ask its operator whether that is meant, and to announce it ([availability](availability.md)) where it is.",
         "Where its nodes run: mend the way between them and this node."),
        "The event `node.heard`, or seven days without one in which nothing waits for it.",
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
         ("What can never be handled: `douane message discard PLACE "
         "--reason WHY --as ACCOUNT`; another one agrees in the console.")),
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
        "A {{ $labels.kind }} runs out in {{ $value | humanizeDuration }} (client, partner: a certificate of theirs).",
        ("trust.expires_soon", "trust.expires_today", "trust.expired"),
        "`douane doctor`, or the console under What runs out: which. Who comes with one that has run out is refused by "
        "TLS, which `douane_unauthenticated_total` counts.",
        ("Where it is one of ours: put the next one in its place in time: [certificates](certificates.md).",
         f"Where it is a client's: take its request, and {_RENEW}.",
         "Where it is a partner's of AS4: put the next one beside it, and start the node again: [AS4](as4.md)."),
        "The console says more than 30 days.",
    ),
    Alert(
        "DouaneExpires", PAGE, 'min by (kind) (douane_expiry_seconds{kind!~"client|partner"}) - time() < 2 * 86400',
        "5m", "A {{ $labels.kind }} runs out in {{ $value | humanizeDuration }}: nobody will trust the node by it.",
        ("trust.expires_today", "trust.expired", "trust.expires_soon"),
        "`/health/ready` says within how many hours, `douane doctor` which.",
        ("Where it is a certificate: put the next one and its key in its place; the node reads them by itself.",
         "Where it is a revocation list: `douane certificate load FILE`, with the newest of that authority."),
        "The console says more than 30 days; the note is gone from `/health/ready`.",
    ),
    Alert(
        "DouaneProviderAway", TICKET, "max(douane_hosts_away) > 0", "15m",
        "{{ $value }} servers of others that visitors have us call (identity providers) do not answer in time.",
        ("host.away", "host.back"),
        "Which country: begin to sign in for each of `providers.toml`; it is answered 502, and at once while the "
        "provider is known to be away.",
        ("Tell the operator of the provider: one visitor at a time tries it, and its first answer ends this.",
         ("Where the provider will not come back: copy `providers.toml`, take it out of the copy, and propose that: "
         "`douane provider replace FILE --reason WHY --as ACCOUNT`. Another operator agrees in the console; nothing is "
         "started again, and a file that is changed by hand is not believed.")),
        "Somebody signs in for the country again; `douane_hosts_away` is 0.",
    ),
    Alert(
        "DouaneProviderSlow", TICKET, "max(douane_hosts_slowest_seconds) > 0.25", "5m",
        "An identity provider takes {{ $value | humanizeDuration }} to answer.", ("host.slow", "host.quick"),
        "Which country: sign in for each of `providers.toml`, and see for which the browser waits.",
        ("Tell the operator of the provider: it answers, and visitors wait for it.",
         "Where the way to it is long: a resolver or a proxy near the node shortens it."),
        "The event `host.quick`.",
    ),
    Alert(
        "DouaneProcessSlow", TICKET, "max by (process) (douane_loop_late_seconds) > 0.2", "2m",
        "A process of the node comes round {{ $value | humanizeDuration }} late: whoever calls waits for so long.",
        ("process.slow", "process.quick"), "`top` on its host: what else runs, and which process of the node works.",
        ("End what takes the processor, or stops the process again and again.",
         "Where the node itself needs more: give it processor ([performance](performance.md))."),
        "The event `process.quick`.",
    ),
    Alert(
        "DouaneStoreSlow", TICKET, "max(douane_store_commit_now_seconds) > 0.25", "2m",
        "A commit in the store takes {{ $value | humanizeDuration }}.", ("store.slow", "store.quick"),
        "`iostat -x 1` for the volume, and what else uses it; of PostgreSQL what it works for.",
        ("Move what else uses the volume or the database.",
         "Where it is slow by itself: give the store a quicker one ([performance](performance.md))."),
        "The event `store.quick`.",
    ),
    Alert(
        "DouaneTrustUnread", PAGE, "max(douane_trust_unread_seconds) > 30", "0s",
        "For {{ $value | humanizeDuration }} nobody could read what callers are judged by: a revocation does not take "
        "effect.", ("trust.unread", "node.failed", "trust.read"),
        "`/health/ready` for what was not read, and the lines `node.failed` for why: a file that does not hold, or a "
        "volume that does not answer (`ls` of the identity folder hangs).",
        ("Put the file back as it was, or mend it: the node reads it by itself.",
         "Where the volume hangs: mend it, or stop the node with `systemctl stop douane` until it is back.",
         "Until then the node goes on by what it read last; where somebody was revoked meanwhile, stop it."), _READY,
    ),
    Alert(
        "DouaneGuessing", TICKET, 'increase(douane_events_total{event="secret.wrong"}[10m]) > 20', "0s",
        "{{ $value }} wrong secrets in ten minutes.", ("secret.wrong",), "Which `client` the lines name.",
        ("One client: ask it, and give it another secret.", "Many, or *other*: somebody guesses; block his network."),
        "The lines stop.",
    ),
    Alert(
        "DouaneCodesGuessed", TICKET, 'increase(douane_events_total{event="code.wrong"}[1h]) > 20', "0s",
        "{{ $value }} wrong access codes of guarantees in an hour.", ("code.wrong",),
        "Which `case` the lines name, and which `client`; `douane timeline CASE` shows who sent the messages.",
        ("One case: tell the office of guarantee, which asks the holder; he may change the code (IE026).",
         "One client and many cases: tell the administration that it is of, and propose the register without it."),
        "The lines stop.",
    ),
    Alert(
        "DouaneGlassBroken", PAGE, 'increase(douane_events_total{event="operator.broke_glass"}[10m]) > 0', "0s",
        "Somebody acts alone as an operator.", ("operator.broke_glass", "operator.acted"),
        "`douane operator list`: in whose name, why, until when; the audit log has what he does.",
        ("Ask him in whose name it is, by another way than this node.",
         "Where he did not: propose the operators without him, and let another one agree: it is over then.",
         "Find out who writes the data folder: that is who can break the glass."),
        "`douane operator list` says that nobody acts alone.",
    ),
    Alert(
        "DouaneProxyDisbelieved", TICKET, 'increase(douane_events_total{event="proxy.disbelieved"}[10m]) > 0', "0s",
        "What a proxy before the pages says is not believed: persons behind it share one address, or get no page.",
        ("proxy.disbelieved",), "The `outcome` of the lines, and which address the proxy has now.",
        ("Where it is *silent* or *plain*: let the proxy set `X-Forwarded-Proto` and the header of `forwarded`.",
         "Where it is *unnamed* and the proxy was moved: name its address in `behind`, and start the node again.",
         "Where it is *unnamed* and no proxy was moved: somebody writes it himself; it has no effect."),
        "The lines stop.",
    ),
    Alert(
        "DouaneFailed", TICKET, 'increase(douane_events_total{event="node.failed"}[10m]) > 0', "0s",
        "Something of the node failed; where it is a file that the node goes by, what was read before holds.",
        ("node.failed", "artefact.swapped"), "The lines `node.failed`: they name class, module and line. "
        "`douane doctor --config douane.toml` reads every file as the node does.",
        (("Where it is the register of clients: `douane client replace FILE "
         "--reason WHY --as ACCOUNT`, with the one that held."),
         "Where it is the agreements: `douane partner replace FILE --reason WHY --as ACCOUNT`, with those that held.",
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
        ("Where it should get in, and the register lacks it: `douane client replace FILE --reason WHY --as ACCOUNT`.",
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
        "`douane audit inspect`: which row, which field. Of a state that differs "
        "`douane audit inspect --recompute all --against FOLDER --key FILE` says which entries, and what they were.",
        ("Keep a copy of the store.", "Find out who can write it.", "Restore what was there: [backup](backup.md)."),
        "`douane audit inspect` finds nothing.",
    ),
    Alert(
        "DouaneWitnessBehind", TICKET, "max by (partition) (douane_audit_witness_lag_seconds) > 3600", "5m",
        "The witness has lacked the newest checkpoint for {{ $value | humanizeDuration }}.",
        ("witness.behind", "witness.back"),
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
