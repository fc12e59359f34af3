"""OTLP over HTTP (``/v1/traces``, ``/v1/metrics``, ``/v1/logs``): what connected systems measure, by the one door.

The caller, his circle and his right are judged before a body is read, as for every operation. A body is bounded as it
comes and once more when it is unpacked; what is taken of it goes to the core as questions of one operation, in pieces.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec

from douane.model.declare import Operation
from douane.model.needs import TELEMETRY
from douane.model.routes import Opening, Route
from douane.runtime.door.door import Authenticated, Call, Door, party_of
from douane.runtime.turns.pools import Purpose, beside
from douane.shared_services.web.answers import JSON, Response
from douane.shared_services.web.requests import Application, Limits, Request, application
from douane.standards.otlp.reading import MOST, Item, Signal, answer, items, of_json, of_protobuf
from douane.vocabulary.errors import NotOffered, NotWellFormed, TooLarge, WrongMedia

NAME: Final = "otlp"
PROTOBUF: Final = "application/x-protobuf"
PATHS: Final = {f"/v1/{each.value}": each for each in Signal}
LARGEST: Final = 1024 * 1024
"""Octets of a request, packed; and four times as many unpacked."""
UNPACKED: Final = 4 * LARGEST
PIECE: Final = 500
"""Items of one question to the core."""
LIMITS: Final = Limits(body=LARGEST)


def routes(operations: Iterable[Operation]) -> Iterator[Route]:
    """The three addresses, open to whoever may call the operation that takes telemetry."""
    for each in operations:
        if each.fills is TELEMETRY:
            yield from (Route(NAME, "POST", path, Opening.OPERATION, (each.qualified,)) for path in PATHS)


class Otlp:
    """OTLP over one door."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self.routes = tuple(routes(door.catalogue.operations.values()))

    def serves(self, request: Request) -> bool:
        """Whether a request is this channel's."""
        return bool(self.routes) and request.path in PATHS

    def application(self, failed: Callable[[BaseException], None] | None = None) -> Application:
        """What answers requests."""
        return application(self._serve, LIMITS, failed)

    async def _serve(self, request: Request) -> Response:
        caller = self._door.authenticate(request.certificate, request.header("authorization"), request.possession)
        request.belong(party_of(caller))
        operation = self._door.catalogue.filled(TELEMETRY)
        self._door.check(caller, operation)  # before anything of the body is read
        if request.method != "POST":
            error = NotOffered(f"{request.method} is not possible here.", remedy="POST a request of OTLP.")
            error.offered = ("POST",)
            raise error
        media = request.header("content-type").partition(";")[0].strip().lower()
        if media not in (PROTOBUF, JSON):
            raise WrongMedia(f"{media[:40]!r} is not taken here.", remedy=f"Send {PROTOBUF} or {JSON}.")
        signal = PATHS[request.path]
        body = unpacked(await request.body(), request.header("content-encoding"))
        read = of_json if media == JSON else lambda octets: of_protobuf(signal, octets)
        told, beyond = await beside(Purpose.READING, _read, signal, read, body)
        left_out = beyond + await self._tell(caller, operation, signal, told)
        return Response(200, answer(signal, left_out, json=media == JSON), media)

    async def _tell(self, caller: Authenticated, operation: Operation, signal: Signal, told: Sequence[Item]) -> int:
        """Hand it to the core; how many it did not take."""
        left = 0
        for piece in (told[n : n + PIECE] for n in range(0, len(told), PIECE)):
            content = {"signal": signal.value, "items": [_said(each) for each in piece]}
            call = Call(caller, NAME, msgspec.json.encode(content), True, operation=operation.qualified)
            taken: Any = await self._door.ask(call)
            left += len(piece) - taken.taken
        return left


def _read(signal: Signal, read: Callable[[bytes], dict[str, Any]], body: bytes) -> tuple[list[Item], int]:
    """The items of a request, and how many there are beyond those that are read."""
    found = items(signal, read(body))
    first = list(itertools.islice(found, MOST))
    return first, sum(1 for _ in found)


def unpacked(body: bytes, encoding: str) -> bytes:
    """A body as it was before it was packed. Raises TooLarge, NotWellFormed, WrongMedia."""
    if encoding.strip().lower() in ("", "identity"):
        return body
    if encoding.strip().lower() != "gzip":
        raise WrongMedia(f"The encoding {encoding[:20]!r} is not taken here.", remedy="Send gzip, or none.")
    packer = zlib.decompressobj(wbits=31)
    try:
        found = packer.decompress(body, UNPACKED)
    except zlib.error as problem:
        raise NotWellFormed("The body is not packed by gzip.", remedy="Send it as it is, or packed.") from problem
    if packer.unconsumed_tail:
        raise TooLarge(f"A request has at most {UNPACKED} octets unpacked.", remedy="Tell less at once.")
    if not packer.eof:
        raise NotWellFormed("The packed body is cut short.", remedy="Send it whole.")
    return found


def _said(item: Item) -> dict[str, object]:
    """An item as the operation takes it."""
    facts = [{"name": name, "value": value} for name, value in item.facts.items()]
    return item._asdict() | {"facts": facts}
