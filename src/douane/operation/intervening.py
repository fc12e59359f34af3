"""How a command has an act done: by a process of the node that runs, or in the node itself where none does."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec

from douane.assembly.acting import acts_of
from douane.assembly.core import make_core
from douane.configuration.retaining import Retaining
from douane.configuration.settings import NodeSettings
from douane.runtime.delivery.lanes import Lanes
from douane.shared_services.link.frames import Failure
from douane.shared_services.link.translation import error_of
from douane.supervision.operating.declared import ACTS
from douane.supervision.operating.listening import FOLDER, Answer, user
from douane.supervision.operating.local_sockets import short, user_of
from douane.supervision.operating.outcome import Asked, Outcome
from douane.vocabulary.errors import CoreUnreachable, Elsewhere, NotAuthenticated, NotFound, StoreUnavailable

UNKNOWN_SECONDS: Final = 10.0
AGAIN_SECONDS: Final = 10.0
"""For so long an act is asked again whose answer did not come: it is done once."""


def have_done(settings: NodeSettings, wanted: Iterable[Asked], account: str = "") -> list[Outcome]:
    """Have acts done in their order; what came of each. Raises what refuses the first that is refused.

    ``account``: of the operator in whose name they are asked for. ``wanted`` are asked for one after the other, each
    once the one before it is done; the store is there by then.
    """
    acts = (msgspec.structs.replace(each, account=account) for each in wanted)
    if any(_listening(settings.data)):
        return [_by_socket(settings.data, act) for act in acts]
    return _in_stopped(settings, acts)


def _in_stopped(settings: NodeSettings, acts: Iterable[Asked]) -> list[Outcome]:
    """Do acts in a node that nobody runs, and what comes of them. Raises StoreUnavailable where somebody does."""

    async def whole() -> list[Outcome]:
        found = []
        for act in acts:
            found.append(await made.perform(act, user(os.geteuid(), act)))
            while any(owner.pending for owner in core.node.owners):
                await core.node.changed(1.0)
        return found

    core = make_core(settings, ended=_raise)
    lanes = Lanes(core.node, core.store, core.clock, {}, pace=lambda: 0)  # carry nothing, and know what waits
    lanes.recover()
    retaining = Retaining(settings, core.node, core.store, core.clock)
    made = acts_of(settings, core.node, core.store, core.catalogue, retaining, lambda: lanes)
    try:
        return asyncio.run(whole())
    finally:
        core.close()


def _by_socket(data: Path, act: Asked) -> Outcome:
    declared = ACTS.get(act.act)
    everywhere = declared is not None and declared.everywhere
    end = time.monotonic() + AGAIN_SECONDS
    while True:
        lost, came, unknown = "", list[Outcome](), list[NotFound]()
        for connected in _listening(data):
            try:
                came.append(_asked(connected, act))
                if not everywhere:
                    break
            except Elsewhere:
                continue
            except NotFound as problem:
                if not everywhere:
                    raise
                unknown.append(problem)
            except (OSError, msgspec.DecodeError) as problem:
                lost = str(problem) or type(problem).__name__
        if came and not (everywhere and lost):
            counts = sum((Counter(each.counts) for each in came), Counter[str]())
            return msgspec.structs.replace(came[0], counts=dict(counts))
        if unknown and not lost:
            raise unknown[0]
        if time.monotonic() > end:
            break
        time.sleep(0.25)
    if lost:
        raise CoreUnreachable(f"The node did not say what came of it: {lost}.", remedy="Look what is set aside now.")
    raise StoreUnavailable("No process here has the partition of this message.",
                           remedy="Ask at the machine whose worker holds it, or when one does.")  # fmt: skip


def _asked(connected: socket.socket, act: Asked) -> Outcome:
    """Ask one process. Raises what it raised, OSError where it hung up."""
    declared = ACTS.get(act.act)
    connected.settimeout(declared.seconds if declared is not None else UNKNOWN_SECONDS)
    with contextlib.suppress(BrokenPipeError):  # who is refused unheard is told so all the same
        connected.sendall(msgspec.json.encode(act) + b"\n")
    with connected.makefile("rb") as lines:
        answer = msgspec.json.decode(lines.readline(), type=Answer)
    if (refused := answer.refused) is not None:
        raise error_of(Failure(0, refused.code, refused.text, refused.remedy, (), refused.partition))
    if answer.outcome is None:
        raise ConnectionResetError("an empty answer")
    return answer.outcome


def _listening(data: Path) -> Iterator[socket.socket]:
    """A connection to each process of a node that listens, one after the other."""
    for path in sorted((data / FOLDER).glob("[0-9]*.sock")):
        with contextlib.closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as made:
            try:
                with short(path) as reachable:
                    made.connect(reachable)
            except OSError:
                continue  # what a process left that is gone
            if user_of(made) not in {os.geteuid(), data.stat().st_uid}:
                raise NotAuthenticated(f"Another user listens at {path}.", remedy="Look who can write in that folder.")
            yield made


def _raise(problem: BaseException) -> None:
    raise problem
