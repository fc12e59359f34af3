"""The log line: a closed form. There is no field for text, so there is no place where a name or an amount could go.

Words (operation, platform, circle, outcome, code, channel) are written only if they belong to the vocabulary that the
writer was given at start, anything else as ``other``. Ids are the platform's own: lower-case hexadecimal and hyphens,
which no EORI, MRN, LRN or name can be. To get from a reference to its lines, ask the store for its message ids.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterable
from types import TracebackType

import msgspec

from douane.vocabulary.errors import DeclarationFault, DouaneError

OTHER = "other"
_ID = re.compile(r"[0-9a-f-]{0,40}").fullmatch
_CLIENT = re.compile(r"(?:[a-z0-9][a-z0-9._-]{0,63})?").fullmatch


class Level(enum.StrEnum):
    """How much attention a line asks for."""

    INFO = "info"  # as it should be
    ERROR = "error"  # we should mend something


class Event(enum.StrEnum):
    """What a line is about. The names are stable: alarms and searches rely on them."""

    ACCEPTED = "message.accepted"
    QUARANTINED = "message.quarantined"
    UNDELIVERED = "message.undelivered"
    REFUSED = "call.refused"
    STARTED = "node.started"
    DEVELOPMENT = "node.development"
    STOPPED = "node.stopped"
    ENDED = "process.ended"
    FAILED = "node.failed"
    SWAPPED = "artefact.swapped"
    DIFFERS = "audit.differs"
    WRONG_SECRET = "secret.wrong"  # noqa: S105 - the name of an event
    LOG_LOST = "log.lost"


class LogLine(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One event. ``time`` in microseconds since 1970 (UTC), ``duration_us`` in microseconds.

    message and trace: the platform's id of the message, the W3C trace id. subject: the case's 64-bit id.
    part: which process of the node.
    client: the id of a registered client, which whoever writes the line has compared with the register.
    error: an exception, of which only the class and the place in our code are written, never its text.
    """

    time: int
    level: Level
    event: Event
    message: str = ""
    trace: str = ""
    subject: int = 0
    operation: str = ""
    platform: str = ""
    circle: str = ""
    channel: str = ""
    outcome: str = ""
    code: str = ""
    duration_us: int = 0
    bytes: int = 0
    count: int = 0
    partition: int = -1
    position: int = -1
    error: BaseException | None = None
    client: str = ""
    part: str = ""


class LogWriter:
    """Writes lines to a sink that takes bytes, such as ``descriptor_sink``. Never raises because of a sink that fails.

    words: every operation, platform, circle, outcome, channel and code that may appear; those of the error tree may.
    """

    def __init__(self, sink: Callable[[bytes], object], words: Iterable[str]) -> None:
        self._sink = sink
        self._words = frozenset((*words, *error_codes(), OTHER, ""))
        self._encode = msgspec.json.Encoder(enc_hook=_place).encode
        self.lost = 0  # since the start
        self._told = 0

    def log_line(self, line: LogLine) -> None:
        """Write one line."""
        words = self._words
        if not (
            line.operation in words
            and line.outcome in words
            and line.platform in words
            and line.circle in words
            and line.channel in words
            and line.code in words
            and line.part in words
            and _ID(line.message)
            and _ID(line.trace)
            and _CLIENT(line.client)
        ):
            line = self._cleared(line)
        try:
            if self.lost > self._told:
                self._report_lost(line.time)
            self._sink(self._encode(line) + b"\n")
        except OSError:
            self.lost += 1  # a full log disk must not stop intake; the loss is counted, shown and reported

    def _report_lost(self, time: int) -> None:
        said = LogLine(time=time, level=Level.ERROR, event=Event.LOG_LOST, count=self.lost - self._told)
        self._sink(self._encode(said) + b"\n")
        self._told = self.lost

    def _cleared(self, line: LogLine) -> LogLine:
        return msgspec.structs.replace(
            line,
            operation=self._word(line.operation),
            outcome=self._word(line.outcome),
            platform=self._word(line.platform),
            circle=self._word(line.circle),
            channel=self._word(line.channel),
            code=self._word(line.code),
            part=self._word(line.part),
            message=line.message if _ID(line.message) else OTHER,
            trace=line.trace if _ID(line.trace) else OTHER,
            client=line.client if _CLIENT(line.client) else OTHER,
        )

    def _word(self, word: str) -> str:
        return word if word in self._words else OTHER


def error_codes(root: type[DouaneError] = DouaneError) -> frozenset[str]:
    """The codes of the error tree."""
    return frozenset((root.code,)).union(*(error_codes(each) for each in root.__subclasses__()))


def _place(error: object) -> dict[str, str | int]:
    """What may be said of an exception: its class and the last place in our code that it passed."""
    if not isinstance(error, BaseException):
        raise DeclarationFault(f"A log line cannot hold a {type(error).__name__}.")
    module, line = _last_place(error.__traceback__)
    return {"class": type(error).__qualname__, "module": module, "line": line}


def _last_place(trace: TracebackType | None) -> tuple[str, int]:
    module, line = "", 0
    while trace is not None:
        name = str(trace.tb_frame.f_globals.get("__name__", ""))
        if name.startswith("douane.") or not module:
            module, line = name, trace.tb_lineno
        trace = trace.tb_next
    return module, line
