"""The log line: a closed form. There is no field for text, so there is no place where a name or an amount could go.

Words (operation, platform, circle, outcome, code, channel, part) are written only if they belong to the vocabulary
that the writer was given at start, anything else as ``other``. Ids are the platform's own: lower-case hexadecimal and
hyphens, which no EORI, MRN, LRN or name can be. To get from a reference to its lines, ask the store for its ids. Files
are those that a node follows, in folders of its operator's: nobody else chooses how they are called.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Final

import msgspec

from douane.shared_services.logging.events import CATALOGUE, Event, Level
from douane.vocabulary.errors import DeclarationFault, DouaneError

OTHER = "other"
_ID = re.compile(r"[0-9a-f-]{0,40}").fullmatch
_PARTNER = re.compile(r"(?:[A-Z]{2})?").fullmatch
_FILE = re.compile(r"(?:/[A-Za-z0-9._/@+-]{1,300})?").fullmatch
_NOTE: Final = "file: "
_CLIENT = re.compile(r"(?:[a-z0-9][a-z0-9._-]{0,63})?").fullmatch


class LogLine(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One event, at a ``moment`` of UTC; ``duration_us`` in microseconds.

    message, case, trace: the platform's ids of message and case as commands show them, the W3C trace id.
    part: which process of the node. partner: the administration behind a lane.
    client: the id of a registered client that is no person, which whoever writes the line has from its proof.
    error: an exception, of which only the class and the place in our code are written, never its text.
    file: the path of a file that the node follows, which changed or could not be read.
    """

    time: dt.datetime
    event: Event
    message: str = ""
    case: str = ""
    trace: str = ""
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
    partner: str = ""
    file: str = ""


def note_file(problem: BaseException, path: str) -> None:
    """Let an error say which followed file it is about."""
    problem.add_note(f"{_NOTE}{path}")


def file_of(problem: BaseException) -> str:
    """Which followed file an error is about; empty where it is about none."""
    notes = (str(each) for each in getattr(problem, "__notes__", ()))
    return next((each.removeprefix(_NOTE) for each in notes if each.startswith(_NOTE)), "")


_BEGIN: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def moment(instant: int) -> dt.datetime:
    """An instant (microseconds since 1970) as lines write it: ISO 8601."""
    return _BEGIN + dt.timedelta(microseconds=instant)


def _ending(event: Event) -> bytes:
    """What the catalogue says of an event, as the end of its lines."""
    known = CATALOGUE[event]
    said = {"level": known.level.value}
    if known.level is not Level.INFO:
        said |= {"cause": known.cause, "remedy": known.remedy}
    return b"," + msgspec.json.encode(said)[1:] + b"\n"


_ENDINGS: Final = {event: _ending(event) for event in Event}


class LogWriter:
    """Writes lines to a sink that takes bytes, such as ``descriptor_sink``. Never raises because of a sink that fails.

    words: every operation, platform, circle, outcome, channel and code that may appear; those of the error tree may.
    """

    def __init__(self, sink: Callable[[bytes], object], words: Iterable[str]) -> None:
        self._sink = sink
        self._words = frozenset((*words, *error_codes(), OTHER, ""))
        self._encode = msgspec.json.Encoder(enc_hook=_place).encode
        self.counts: Counter[Event] = Counter()
        """How often each event was told by this writer."""
        self.last: dict[Event, tuple[LogLine, int]] = {}
        """Of each event that has a remedy: the last line, and how often it was told."""
        self.lost = 0  # since the start
        self._told = 0

    def log_line(self, line: LogLine) -> None:
        """Write one line."""
        words = self._words
        self.counts[line.event] += 1
        if not (
            line.operation in words
            and line.outcome in words
            and line.platform in words
            and line.circle in words
            and line.channel in words
            and line.code in words
            and line.part in words
            and _ID(line.message)
            and _ID(line.case)
            and _ID(line.trace)
            and _CLIENT(line.client)
            and _PARTNER(line.partner)
            and _FILE(line.file)
        ):
            line = self._cleared(line)
        if CATALOGUE[line.event].remedy:
            self.last[line.event] = msgspec.structs.replace(line, error=None), self.counts[line.event]
        try:
            if self.lost > self._told:
                self._report_lost(line.time)
            self._sink(self._encode(line)[:-1] + _ENDINGS[line.event])
        except OSError:
            self.lost += 1  # a full log disk must not stop intake; the loss is counted, shown and reported

    def _report_lost(self, time: dt.datetime) -> None:
        said = LogLine(time=time, event=Event.LOG_LOST, count=self.lost - self._told)
        self._sink(self._encode(said)[:-1] + _ENDINGS[Event.LOG_LOST])
        self.counts[Event.LOG_LOST] += 1
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
            partner=line.partner if _PARTNER(line.partner) else OTHER,
            case=line.case if _ID(line.case) else OTHER,
            message=line.message if _ID(line.message) else OTHER,
            trace=line.trace if _ID(line.trace) else OTHER,
            client=line.client if _CLIENT(line.client) else OTHER,
            file=line.file if _FILE(line.file) else OTHER,
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
