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
    WRONG_CODE = "code.wrong"
    DISBELIEVED = "proxy.disbelieved"
    LANE_BACK = "lane.back"
    PARTY_SILENT = "party.silent"
    PARTY_BACK = "party.back"
    NODE_UNHEARD = "node.unheard"
    NODE_HEARD = "node.heard"
    KEEPER_SET_BACK = "keeper.set_back"
    KEEPERS_DISAGREE = "keepers.disagree"
    QUEUES_AWAY = "queues.away"
    QUEUES_BACK = "queues.back"
    HOST_AWAY = "host.away"
    HOST_BACK = "host.back"
    HOST_SLOW = "host.slow"
    HOST_QUICK = "host.quick"
    STARTED = "node.started"
    STOPPED = "node.stopped"
    DEVELOPMENT = "node.development"
    FAILED = "node.failed"
    ENDED = "process.ended"
    SERVING = "process.serving"
    SILENT = "process.silent"
    HEARD = "process.heard"
    PROCESS_SLOW = "process.slow"
    PROCESS_QUICK = "process.quick"
    STORE_REFUSES = "store.refuses"
    STORE_BACK = "store.back"
    STORE_SLOW = "store.slow"
    STORE_QUICK = "store.quick"
    LEASE_TAKEN = "lease.taken"
    LEASE_GONE = "lease.gone"
    CLOCK_SET = "clock.set"
    VOLUME_LOW = "volume.low"
    VOLUME_BACK = "volume.back"
    EXPIRES_SOON = "trust.expires_soon"
    EXPIRES_TODAY = "trust.expires_today"
    EXPIRED = "trust.expired"
    UNREAD = "trust.unread"
    READ = "trust.read"
    SWAPPED = "artefact.swapped"
    ACTED = "operator.acted"
    GLASS = "operator.broke_glass"
    MAINTENANCE_LATE = "maintenance.late"
    DIFFERS = "audit.differs"
    WITNESS_BEHIND = "witness.behind"
    WITNESS_BACK = "witness.back"
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
    Event.PARTY_SILENT: Known(
        Group.PARTNERS, Level.ERROR,
        "Messages wait for somebody who collects and gives no sign of life, or reads them and confirms none: partner "
        "is an administration (empty for others), count how many wait.",
        "Its system ended, hangs, or cannot reach this node.",
        "See who, since when and which cases wait (douane lane list, or the console under Deliveries), and call it.",
    ),
    Event.KEEPER_SET_BACK: Known(
        Group.PARTNERS, Level.WARNING,
        "The system of an administration (partner) that keeps entries of registers stands behind where it was; what it "
        'says is marked, and its "no" is told as not known until this node is started anew.',
        "It was restored from a backup, or an earlier copy of its store was put in place.",
        "Ask its operator what was lost. Start this node anew when that is entered again.",
    ),
    Event.KEEPERS_DISAGREE: Known(
        Group.PARTNERS, Level.WARNING,
        "Two systems keep one entry of a register and say different things of it; one line for each of them (partner; "
        "EU is this node), once for a query until this node is started anew. Neither is believed.",
        "An entry was made twice, or handed over and not ended where it was.",
        "See in the provision who served that administration when the entry began; the other one is to end its own.",
    ),
    Event.PARTY_BACK: Known(Group.PARTNERS, Level.INFO, "Whoever was silent collects again, or nothing waits for it."),
    Event.NODE_UNHEARD: Known(
        Group.PARTNERS, Level.WARNING,
        "No node of an administration (partner) is heard any more; nothing waits for it yet.",
        "Its nodes ended, or cannot reach this one.",
        "Ask its operator whether that is meant: what is sent to it from now on waits.",
    ),
    Event.NODE_HEARD: Known(Group.PARTNERS, Level.INFO, "A node of an administration is heard again."),
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
    Event.WRONG_CODE: Known(
        Group.CALLS, Level.WARNING,
        "A message named a guarantee by a wrong access code, after too many by any, or for another holder; case is the "
        "guarantee's. Its holder is told apart.",
        "A typing error, a code that its holder changed, or somebody who guesses.",
        "Where it goes on: see who sends the messages (douane timeline of the case) and tell the office of guarantee.",
    ),
    Event.DISBELIEVED: Known(
        Group.CALLS, Level.WARNING,
        "What a proxy before the pages says was not believed, one line a minute of each outcome: unnamed (somebody who "
        "is no named proxy says that he asks for another), silent (a proxy does not say for whom it asks), plain (it "
        "does not say that it was asked by TLS, and got no page). The address of the socket stood instead.",
        "A proxy that was moved or set up anew, or somebody who writes such headers himself.",
        "Let the proxy set the header that [pages] names and X-Forwarded-Proto, and name it in behind by its present "
        "address.",
    ),
    Event.HOST_AWAY: Known(
        Group.PARTNERS, Level.WARNING,
        "A server of somebody else that visitors have us call (an identity provider) did not answer whole in time; "
        "count says how many there are now. Nobody signs in by it; others are not troubled.",
        "It is down, or answers so slowly that nobody can wait for it.",
        "Try to sign in for each country of providers.toml, and tell the operator of the one that is refused with 502.",
    ),
    Event.HOST_BACK: Known(Group.PARTNERS, Level.INFO, "Every server of others that visitors have us call answers."),
    Event.HOST_SLOW: Known(
        Group.PARTNERS, Level.WARNING,
        "A server of somebody else that visitors have us call takes long: count milliseconds in the middle.",
        "It is busy, or the way to it is long.",
        "Tell the operator of the provider; visitors wait for so long, and nobody is refused.",
    ),
    Event.HOST_QUICK: Known(Group.PARTNERS, Level.INFO, "Servers of others that visitors have us call answer quickly."),
    Event.STARTED: Known(Group.PROCESSES, Level.INFO, "A process began to serve."),
    Event.STOPPED: Known(Group.PROCESSES, Level.INFO, "A process ended as it was told."),
    Event.DEVELOPMENT: Known(
        Group.PROCESSES, Level.WARNING, "A node runs with an identity that it made for itself.",
        "It was started with --development.", "In production: give it an identity folder, and start it without.",
    ),
    Event.FAILED: Known(
        Group.PROCESSES, Level.ERROR,
        "Something of ours raised; error has class and place, never the text; file: of a followed file, which.",
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
    Event.PROCESS_SLOW: Known(
        Group.PROCESSES, Level.WARNING,
        "A process of the node comes round late, by count milliseconds in the middle: whoever calls waits for so long.",
        "Its host has too little processor, somebody stops it again and again, or it has long pieces of work.",
        "See what else runs there (top); give the node processor, or end what takes it.",
    ),
    Event.PROCESS_QUICK: Known(Group.PROCESSES, Level.INFO, "A process of the node that was slow comes round in time."),
    Event.SERVING: Known(Group.PROCESSES, Level.INFO, "A process of the node (part) that had ended serves again."),
    Event.STORE_REFUSES: Known(
        Group.STORE, Level.ERROR, "The store of a partition does not commit, or cannot be read; nothing is accepted.",
        "The database is down or away, or its volume is full.",
        "Start the database or make space; the partition begins again by itself within seconds.",
    ),
    Event.STORE_BACK: Known(Group.STORE, Level.INFO, "The store of a partition commits again."),
    Event.STORE_SLOW: Known(
        Group.STORE, Level.WARNING, "A commit in the store takes long: count milliseconds in the middle.",
        "The volume is slow or shared with somebody busy, or the database works for others.",
        "See the volume (iostat -x 1) and the database; move what else uses them, or give the store a quicker one.",
    ),
    Event.STORE_QUICK: Known(Group.STORE, Level.INFO, "Commits in the store are quick again."),
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
        "A certificate or list runs out within 30 days; a line a day. count: the days left; outcome: of which kind; "
        "client: whose it is.", "It was issued for that long.",
        "See which (console, What runs out; douane doctor), and renew it.",
    ),
    Event.EXPIRES_TODAY: Known(
        Group.TRUST, Level.ERROR,
        "A certificate or list runs out within a day; a line 24, 12, 6, 3 hours and 1 hour before (count), outcome and "
        "client as above.", "Nobody renewed it.",
        "Renew it now (console, What runs out; douane doctor): who is judged by it will be refused.",
    ),
    Event.EXPIRED: Known(
        Group.TRUST, Level.ERROR,
        "A certificate or list has run out: a line at that moment, then one a day; count: the days since.",
        "Nobody renewed it.", "Renew it now: who is judged by it is refused (console, What runs out; douane doctor).",
    ),
    Event.UNREAD: Known(
        Group.TRUST, Level.ERROR,
        "What callers are judged by (revocations, clients, keys, agreements) was not read for 30 seconds: a change of "
        "it does not take effect, and the process is not ready.",
        "A file of it cannot be read or does not hold, or its volume does not answer.",
        "See /health/ready for which, node.failed for why; mend the file or the volume. It is read again by itself.",
    ),
    Event.READ: Known(Group.TRUST, Level.INFO, "What callers are judged by is read again."),
    Event.SWAPPED: Known(
        Group.TRUST, Level.INFO,
        "Another register, list, key, certificate or agreement holds from now on: file, the first of so many (count).",
        "Its file changed, or the node was told to read again.", "Where nobody changed one: find out who did.",
    ),
    Event.ACTED: Known(
        Group.OPERATORS, Level.INFO,
        "An operator had something done (operation): the audit log has the act, the reason and who it was.",
    ),
    Event.GLASS: Known(
        Group.OPERATORS, Level.WARNING, "Somebody broke the glass: count act alone as operators now, for four hours.",
        "No operator could sign in, or somebody on the host wants to act as one.",
        "See who, in whose name and why (douane operator list), and ask him; the audit log has what he does.",
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
    Event.WITNESS_BEHIND: Known(
        Group.EVIDENCE, Level.WARNING,
        "The witness lacks the newest checkpoint of the audit log; count says of how many partitions.",
        "It does not answer, cannot write, or refuses what it is given.",
        "Start it, or mend the way to it (docs/audit.md); the node tries again each minute and loses nothing.",
    ),
    Event.WITNESS_BACK: Known(Group.EVIDENCE, Level.INFO, "The witness has every newest checkpoint."),
    Event.LOG_LOST: Known(
        Group.EVIDENCE, Level.ERROR, "Lines of this log could not be written, so many (count).",
        "The volume of the log was full, or it could not be written.", "Make space; nothing else was lost.",
    ),
}  # fmt: skip
"""What is known of each event, in the order in which people read it."""
