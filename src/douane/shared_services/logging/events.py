"""Every event that a node tells: its name, how much attention it asks for, when it happens, why, and what to do.

What is not here cannot be written, and ``docs/events.md`` is made from it. Causes and remedies are texts of ours, so a
line that carries them says nothing of anybody. The names are stable: alarms and searches rely on them.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


class Level(enum.StrEnum):
    """How much attention a line asks for."""

    INFO = "info"  # as it should be
    WARNING = "warning"  # somebody should look soon
    ERROR = "error"  # we should mend something


class Group(enum.StrEnum):
    """What an event is about: the headings of the catalogue."""

    MESSAGES = "Messages"
    CALLS = "Calls that were refused"
    PARTNERS = "Partners and queues"
    PROCESSES = "Processes"
    STORE = "Store, leases and volume"
    TRUST = "Certificates, lists and configuration"
    OPERATORS = "What an operator did"
    EVIDENCE = "Evidence and the log itself"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an event. cause, remedy: empty where nothing has to be done."""

    group: Group
    level: Level
    when: str
    cause: str = ""
    remedy: str = ""


class Event(enum.StrEnum):
    """What a line is about."""

    ACCEPTED = "message.accepted"
    QUARANTINED = "message.quarantined"
    BREAKS_RULE = "message.breaks_rule"
    UNDELIVERED = "message.undelivered"
    REFUSED = "call.refused"
    LIMITED = "call.limited"
    UNAVAILABLE = "call.unavailable"
    WRONG_SECRET = "secret.wrong"  # noqa: S105 - the name of an event
    LANE_BACK = "lane.back"
    QUEUES_AWAY = "queues.away"
    QUEUES_BACK = "queues.back"
    STARTED = "node.started"
    STOPPED = "node.stopped"
    DEVELOPMENT = "node.development"
    FAILED = "node.failed"
    ENDED = "process.ended"
    SERVING = "process.serving"
    SILENT = "process.silent"
    HEARD = "process.heard"
    STORE_REFUSES = "store.refuses"
    STORE_BACK = "store.back"
    LEASE_TAKEN = "lease.taken"
    LEASE_GONE = "lease.gone"
    CLOCK_SET = "clock.set"
    VOLUME_LOW = "volume.low"
    VOLUME_BACK = "volume.back"
    EXPIRES_SOON = "trust.expires_soon"
    EXPIRED = "trust.expired"
    SWAPPED = "artefact.swapped"
    ACTED = "operator.acted"
    MAINTENANCE_LATE = "maintenance.late"
    DIFFERS = "audit.differs"
    LOG_LOST = "log.lost"

    @property
    def known(self) -> Known:
        """What the catalogue says of it."""
        return CATALOGUE[self]


CATALOGUE: Final[Mapping[Event, Known]] = {
    Event.ACCEPTED: Known(Group.MESSAGES, Level.INFO, "A message is durable and has its receipt."),
    Event.QUARANTINED: Known(
        Group.MESSAGES, Level.ERROR, "The handling of a message failed; it is set aside, or waits behind one that is.",
        "A fault of ours or of data that the handling needs; the reason stands with the message.",
        "See the reason (douane message quarantine), mend it, then douane message release PLACE --reason WHY.",
    ),
    Event.BREAKS_RULE: Known(
        Group.MESSAGES, Level.ERROR,
        "A message of the sample that is judged after it was sent breaks a published rule: operation is its type, code "
        "the rule or code list, count how many did since the last line. It was carried all the same.",
        "A fault of ours, or a code list that is older than what a declaration was judged by.",
        "Read the message (douane message show PLACE) by the rule; where the list is old, load the new one, else "
        "report type and rule, and tell receivers who ask.",
    ),
    Event.UNDELIVERED: Known(
        Group.PARTNERS, Level.ERROR,
        "An attempt to deliver to a partner came to nothing; count says how many in a row. It is tried again.",
        "The partner does not answer, refuses, or cannot be trusted; error names what our own part raised.",
        "See why and which cases wait in the console under Deliveries, and call the partner.",
    ),
    Event.LANE_BACK: Known(Group.PARTNERS, Level.INFO, "A partner takes messages again; count attempts had failed."),
    Event.QUEUES_AWAY: Known(
        Group.PARTNERS, Level.ERROR, "The carrier of the CCN/CSI queues does not answer.",
        "The broker is down, unreachable, or refuses the user of the node.",
        "Start the broker, or mend the way to it; the node tries again each second and loses nothing.",
    ),
    Event.QUEUES_BACK: Known(Group.PARTNERS, Level.INFO, "The carrier of the CCN/CSI queues answers again."),
    Event.REFUSED: Known(
        Group.CALLS, Level.INFO,
        "Somebody proved nothing, or had no right; one line a minute of each door, code and client, count of them.",
        "A wrong or revoked certificate, the wrong door, or a role that the client does not have: see the code.",
        "Where it goes on: look the code up (docs/errors.md) and tell the client, whose audit leaves say more.",
    ),
    Event.LIMITED: Known(
        Group.CALLS, Level.WARNING,
        "Somebody asked for more than his share (outcome names the limit), one line a minute of each door and limit.",
        "A client in a loop, a flood, or a limit that is too low for what clients need.",
        "See who it is in the counters and the log of your network; raise [limits] only where the need is real.",
    ),
    Event.UNAVAILABLE: Known(
        Group.CALLS, Level.ERROR, "A door answered 503: nobody took the call; one line a minute of each door.",
        "No core or store takes messages now, or more comes than the node can carry.",
        "Look at /health/ready for what cannot work; senders repeat their messages by themselves.",
    ),
    Event.WRONG_SECRET: Known(
        Group.CALLS, Level.ERROR,
        "Somebody showed a wrong secret as that of client; other where nobody is registered so.",
        "A typing error, an old secret, or somebody who guesses.",
        "Where a client is named again and again: ask it, and give it another secret.",
    ),
    Event.STARTED: Known(Group.PROCESSES, Level.INFO, "A process began to serve."),
    Event.STOPPED: Known(Group.PROCESSES, Level.INFO, "A process ended as it was told."),
    Event.DEVELOPMENT: Known(
        Group.PROCESSES, Level.WARNING, "A node runs with an identity that it made for itself.",
        "It was started with --development.", "In production: give it an identity folder, and start it without.",
    ),
    Event.FAILED: Known(
        Group.PROCESSES, Level.ERROR, "Something of ours raised; error has class and place, never the text.",
        "A fault of the program, or of a file that it reads.",
        "Where it is about a file: mend the file. Else report class, module and line.",
    ),
    Event.ENDED: Known(
        Group.PROCESSES, Level.ERROR, "A process of the node (part) ended though nobody told it to.",
        "It was killed (memory, an administrator), or it ended by an error of its own, told before.",
        "It is started again by itself. Where it ends again and again: see the lines before, and the kernel's log.",
    ),
    Event.SILENT: Known(
        Group.PROCESSES, Level.ERROR, "A process of the node (part) does not answer the operator's door.",
        "It ended and is being started again, or it stands still: stopped, or at work without end.",
        "Where it stands still: kill -CONT PID where it was stopped, else kill -KILL PID; it is started again.",
    ),
    Event.HEARD: Known(Group.PROCESSES, Level.INFO, "A process of the node (part) answers again."),
    Event.SERVING: Known(Group.PROCESSES, Level.INFO, "A process of the node (part) that had ended serves again."),
    Event.STORE_REFUSES: Known(
        Group.STORE, Level.ERROR, "The store of a partition does not commit, or cannot be read; nothing is accepted.",
        "The database is down or away, or its volume is full.",
        "Start the database or make space; the partition begins again by itself within seconds.",
    ),
    Event.STORE_BACK: Known(Group.STORE, Level.INFO, "The store of a partition commits again."),
    Event.LEASE_TAKEN: Known(Group.STORE, Level.INFO, "This worker has the partition from now on."),
    Event.LEASE_GONE: Known(
        Group.STORE, Level.WARNING, "This worker does not have the partition any more.",
        "It was slow or cut off and another took it, or it handed it over: a worker came back, ends, or is older.",
        "Where partitions go to and fro: see whether workers have enough processor, and reach the database.",
    ),
    Event.CLOCK_SET: Known(
        Group.STORE, Level.WARNING, "The clock of the machine was set, by so many seconds (count) or more.",
        "Somebody set it, its time service corrected it, or the machine was asleep.",
        "See that its time service runs and agrees with others (chronyc tracking); the node goes on and loses nothing.",
    ),
    Event.VOLUME_LOW: Known(
        Group.STORE, Level.ERROR, "The volume of the data folder has less free than the reserve.",
        "Data grew, or something else fills the volume.",
        "Make space: move old messages to the archive (douane retention run), remove what is not the node's.",
    ),
    Event.VOLUME_BACK: Known(Group.STORE, Level.INFO, "The volume has its reserve again."),
    Event.EXPIRES_SOON: Known(
        Group.TRUST, Level.WARNING,
        "A certificate or list runs out within 30 days; a line a day, count the days left, client whose it is.",
        "It was issued for that long.", "See which (console, What runs out; douane doctor), and renew it.",
    ),
    Event.EXPIRED: Known(
        Group.TRUST, Level.ERROR, "A certificate or list has run out; one line a day.",
        "Nobody renewed it.", "Renew it now: who is judged by it is refused (console, What runs out; douane doctor).",
    ),
    Event.SWAPPED: Known(
        Group.TRUST, Level.INFO, "Another register, list, key, certificate or agreement holds from now on.",
        "Its file changed, or the node was told to read again.", "Where nobody changed one: find out who did.",
    ),
    Event.ACTED: Known(
        Group.OPERATORS, Level.INFO,
        "An operator had something done (operation): the audit log has the act, the reason and who it was.",
    ),
    Event.MAINTENANCE_LATE: Known(
        Group.OPERATORS, Level.WARNING, "A service (operation) rests for longer than was said.",
        "The work takes longer, or nobody ended the maintenance.",
        "End it: douane maintenance end SERVICE --reason WHY; or begin it again with the time by which it will end.",
    ),
    Event.DIFFERS: Known(
        Group.EVIDENCE, Level.ERROR, "Inspection found a row that does not fit its leaf.",
        "Somebody or something changed the store behind the node's back.",
        "At once: keep a copy, see douane audit inspect, and restore what was there from a backup.",
    ),
    Event.LOG_LOST: Known(
        Group.EVIDENCE, Level.ERROR, "Lines of this log could not be written, so many (count).",
        "The volume of the log was full, or it could not be written.", "Make space; nothing else was lost.",
    ),
}  # fmt: skip
"""What is known of each event, in the order in which people read it."""
