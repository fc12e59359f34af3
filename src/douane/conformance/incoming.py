"""What a partner sends us, answered wrongly on purpose: whether it comes again, as what, when, and when it stops.

The n-th new message of the partner meets the n-th case. Its first attempts get the faults of the case, later ones the
receipt that was promised, so a right partner loses nothing. What the protocol is stands in a dialect.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from douane.conformance.cases import Case, Judged, Trial, remark, right, undecided, wrong
from douane.conformance.wire import Answer, Asked, Manner
from douane.vocabulary.errors import DouaneError

ELSEWHERE: Final = "/bench/elsewhere"
SPARE: Final = 0.5  # seconds before the end in which a verdict is made


@dataclass(frozen=True, slots=True)
class Came:
    """A message as a dialect reads it. ``digest``: of its content. ``fault``: what is wrong with it, else empty."""

    id: str
    digest: bytes
    what: str
    fault: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Pace:
    """How repetitions are judged, in seconds.

    haste: one that comes sooner spares nobody. after: what Retry-After asks for. shrink: a pause is shorter than the
    one before where it has less than this part of it. quiet: how long a settled message is watched for more attempts.
    """

    haste: float = 0.3
    after: int = 2
    shrink: float = 0.8
    quiet: float = 30.0


class Dialect(Protocol):
    """One protocol in which a partner sends."""

    @property
    def sources(self) -> Sources:
        """Where it says what senders do."""

    async def read(self, asked: Asked) -> Came | Answer:
        """The message of a request, or at once the answer to what is none. Raises DouaneError."""

    def receipt(self, came: Came, /) -> Answer:
        """The right answer, the same one each time."""

    def wrong_receipt(self, came: Came, /) -> Answer:
        """A receipt for something else."""

    def refusal(self, came: Came, /) -> Answer:
        """A refusal that no repetition mends."""

    def unreadable(self, problem: DouaneError, /) -> Answer:
        """The answer to what could not be read."""

    def reported(self, id: str, /) -> bool:
        """Whether the partner told us of trouble with our answer to a message."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a protocol says what senders do. ``receipt``: empty where its receipts prove nothing."""

    message: str
    repetition: str
    receipt: str
    refusal: str


@dataclass(slots=True)
class Attempt:
    """One arrival of a message: when, with which content, and when its answer was given."""

    at: float
    digest: bytes
    answered: float = 0.0


Step = Callable[[Dialect, Came], Answer]


@dataclass(slots=True, eq=False)
class Script:
    """A case, what the first attempts get, and what happened."""

    case: Case
    steps: tuple[Step, ...]
    judge: Callable[[Script, Pace], Judged]
    repeats: bool = True
    """Whether the message has to come again after the steps."""
    came: Came | None = None
    attempts: list[Attempt] = field(default_factory=list)
    doubled: str = ""
    followed: bool = False
    reported: Callable[[], bool] = lambda: False


class Incoming:
    """The bench's listening side over one dialect. ``seconds``: all that it may take."""

    def __init__(self, dialect: Dialect, *, seconds: float, pace: Pace, cases: Sequence[str] = ()) -> None:
        self._dialect, self._pace = dialect, pace
        self._scripts = [s for s in _scripts(dialect.sources, pace) if not cases or s.case.id in cases]
        self._free = list(self._scripts)
        self._by_id: dict[str, Script] = {}
        self._end = asyncio.get_running_loop().time() + seconds - SPARE
        self._changed = asyncio.Event()
        self._unreadable: DouaneError | None = None
        self._redirected: Script | None = None

    @property
    def waiting(self) -> int:
        """How many messages are still wanted."""
        return len(self._free)

    def trials(self) -> list[Trial]:
        """A trial for each case; they wait side by side."""
        return [Trial(s.case, functools.partial(self._judged, s), aside=True) for s in self._scripts]

    async def answer(self, asked: Asked) -> Answer:
        """Answer one request."""
        if asked.path.startswith(ELSEWHERE):
            if self._redirected is not None:
                self._redirected.followed = True
                self._notice()
            return Answer(404)
        try:
            came = await self._dialect.read(asked)
        except DouaneError as problem:
            self._unreadable = self._unreadable or problem
            self._notice()
            return self._dialect.unreadable(problem)
        return came if isinstance(came, Answer) else self._answer(came)

    def _answer(self, came: Came) -> Answer:
        script = self._by_id.get(came.id) or self._assign(came)
        if script is None:  # every case has its message
            return self._dialect.receipt(came)
        attempt = Attempt(_now(), came.digest)
        script.attempts.append(attempt)
        number = len(script.attempts)
        faulty = number <= len(script.steps)
        answer = script.steps[number - 1](self._dialect, came) if faulty else self._dialect.receipt(came)
        if 300 <= answer.status < 400:
            self._redirected = script
        attempt.answered = _now()
        self._notice()
        return answer

    def _assign(self, came: Came) -> Script | None:
        """The case of a new message; the same content under another id belongs to the case of the first one."""
        for each in self._scripts:
            if each.came is not None and each.came.digest == came.digest and _open(each):
                each.doubled = came.id
                self._notice()
                return None
        if not self._free:
            return None
        script = self._by_id[came.id] = self._free.pop(0)
        script.came, script.reported = came, functools.partial(self._dialect.reported, came.id)
        return script

    def _notice(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()

    async def _until(self, happened: Callable[[], bool], end: float) -> bool:
        while not happened():
            try:
                async with asyncio.timeout_at(end):
                    await self._changed.wait()
            except TimeoutError:
                return happened()
        return True

    async def _judged(self, script: Script) -> Judged:
        first = script is self._scripts[0]
        await self._until(lambda: script.came is not None or (first and self._unreadable is not None), self._end)
        if first and self._unreadable is not None:
            problem = self._unreadable
            return wrong(f"a message that is refused: {problem.text}", problem.remedy or "Send it as agreed.")
        if script.came is None:
            return undecided("no message came for this case", f"Send {len(self._scripts)} messages or more.")
        wanted = len(script.steps) + (1 if script.repeats else 0)
        settled = await self._until(lambda: _settled(script, wanted), self._end)
        if settled and not script.doubled and not script.followed:
            await self._until(
                lambda: bool(script.doubled) or script.followed, min(self._end, _now() + self._pace.quiet)
            )
        return _general(script, settled) or script.judge(script, self._pace)


def _now() -> float:
    return asyncio.get_running_loop().time()


def _open(script: Script) -> bool:
    """Whether a message waits for a repetition: its last answer was a fault."""
    return script.repeats and 0 < len(script.attempts) <= len(script.steps)


def _settled(script: Script, wanted: int) -> bool:
    return len(script.attempts) >= max(wanted, 1) or bool(script.doubled) or script.followed


def _general(script: Script, settled: bool) -> Judged | None:
    """What is wrong in every case: another id, another content, a redirect followed, silence, haste, no end."""
    attempts = script.attempts
    if script.doubled:
        return wrong(f"the same content came again under another id, {script.doubled[:60]}",
                     "Repeat a message under its own id: under a new one it is a new message.")  # fmt: skip
    if len({each.digest for each in attempts}) > 1:
        return wrong("the same id came with another content",
                     "Keep the octets of a message, and repeat those.")  # fmt: skip
    if script.followed:
        return wrong("the message was sent to the address that the redirect named",
                     "Follow no redirect: only the agreed address is the partner's.")  # fmt: skip
    if not settled:
        return wrong(f"it was not sent again in {_now() - attempts[-1].answered:.0f} s",
                     "Repeat a message until it is receipted or refused; wait for no answer without end.")  # fmt: skip
    return None


def _gaps(script: Script) -> list[float]:
    """Seconds from each answer to the next attempt."""
    return [b.at - a.answered for a, b in zip(script.attempts, script.attempts[1:], strict=False)]


def _again(script: Script, pace: Pace) -> Judged:
    """It came again as often as it had to, not in haste, and no more after the receipt."""
    wanted = len(script.steps) + 1
    if len(script.attempts) > wanted:
        return wrong(f"{len(script.attempts) - wanted} more after the receipt",
                     "A receipt settles a message: send it no more.")  # fmt: skip
    gaps = _gaps(script)
    told = f"again after {', '.join(f'{gap:.1f}' for gap in gaps)} s under the same id"
    if gaps and min(gaps) < pace.haste and not _holds(script):
        return remark(told, "Pause before a repetition, longer each time: a partner in trouble is not helped by haste.")
    if len(gaps) > 1 and gaps[-1] < gaps[0] * pace.shrink:
        return remark(told, "Let pauses not become shorter.")
    return right(told)


def _holds(script: Script) -> bool:
    """Whether the sender waited itself for an answer that never came: then it need not pause as well."""
    return script.case.id == "in.half-open"


def _good(script: Script, _pace: Pace) -> Judged:
    came = script.came
    assert came is not None
    if came.fault:
        return wrong(f"{came.what}: {came.fault}", came.remedy or "Send what was agreed.")
    if len(script.attempts) > 1:
        return wrong(f"{len(script.attempts) - 1} more after the receipt", "A receipt settles a message.")
    return right(f"{came.what}, once")


def _told_to_stop(script: Script, _pace: Pace) -> Judged:
    if len(script.attempts) > 1:
        return wrong(f"{len(script.attempts) - 1} more after the refusal",
                     "End a delivery that is refused for good, and tell an operator.")  # fmt: skip
    return right("not sent again")


def _slow(script: Script, _pace: Pace) -> Judged:
    count = len(script.attempts)
    if count > 2:
        return wrong(f"{count} attempts", "Wait for an answer that is on its way, or take the receipt of the next.")
    return right("waited for the answer" if count == 1 else "gave up waiting, and sent it again under the same id")


def _wrong_receipt(script: Script, pace: Pace) -> Judged:
    if len(script.attempts) > 1:
        return _again(script, pace)
    if script.reported():
        return right("reported to us as an error")
    return wrong("took the receipt of something else for its own",
                 "Compare a receipt with what was sent; without a right one, repeat.")  # fmt: skip


def _after(script: Script, pace: Pace) -> Judged:
    gaps = _gaps(script)
    if gaps and gaps[0] < pace.after * 0.9:
        return remark(f"again after {gaps[0]:.1f} s, asked for {pace.after}", "Wait as long as Retry-After asks.")
    return _again(script, pace)


def _page(status: int, *more: tuple[str, str], manner: Manner = Manner.AT_ONCE) -> Step:
    body = f"<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>".encode()
    return lambda _dialect, _came: Answer(status, body, (("content-type", "text/html"), *more), manner)


def _receipt(manner: Manner) -> Step:
    def give(dialect: Dialect, came: Came) -> Answer:
        right_one = dialect.receipt(came)
        return Answer(right_one.status, right_one.body, right_one.headers, manner)

    return give


def _scripts(of: Sources, pace: Pace) -> list[Script]:
    def script(id: str, title: str, expected: str, source: str, steps: Sequence[Step], judge: Judge = _again,
               *, repeats: bool = True) -> Script:  # fmt: skip
        return Script(Case(f"in.{id}", title, expected, source), tuple(steps), judge, repeats)

    again = "the same message again, after a pause"
    found = [
        script("good", "a receipt", "a message as agreed, once", of.message, (), _good),
        script("html-502", "a proxy's error page, twice", again, of.repetition, (_page(502), _page(502))),
        script("lost-receipt", "a connection closed before the receipt", again, of.repetition,
               (_receipt(Manner.DROPPED),)),
        script("slow-answer", "a receipt that drips", "patience, or the same message again", of.repetition,
               (_receipt(Manner.DRIPPED),), _slow, repeats=False),
        script("redirect", "a redirect", f"{again}, to the same address", of.repetition,
               (_page(307, ("location", ELSEWHERE)),)),
        script("busy-503", f"HTTP 503, Retry-After {pace.after}", "the same message again, not sooner than asked",
               "RFC 9110, 10.2.3", (_page(503, ("retry-after", str(pace.after))),), _after),
        script("wrong-receipt", "a receipt of something else", "the same message again, or an error to us", of.receipt,
               (lambda dialect, came: dialect.wrong_receipt(came),), _wrong_receipt, repeats=False),
        script("refused", "a refusal that nothing mends", "no repetition", of.refusal,
               (lambda dialect, came: dialect.refusal(came),), _told_to_stop, repeats=False),
        script("half-open", "no answer, the connection held", f"a time limit, then {again}", of.repetition,
               (_receipt(Manner.HELD),)),
    ]  # fmt: skip
    return [each for each in found if each.case.source]


def cases(sources: Sources) -> list[Case]:
    """The cases of a protocol, in the order in which messages meet them."""
    return [each.case for each in _scripts(sources, Pace())]


Judge = Callable[[Script, Pace], Judged]
