"""A captured door: whoever holds its certificate speaks the link's protocol to the core, step by step.

Reads a plan (identity, port, client, platform, steps) and tells what became of each step.
"""

from __future__ import annotations

import json
import socket
import sys
from pathlib import Path
from typing import Any

import msgspec
import surface  # type: ignore[import-not-found]  # beside this script, which runs by itself

frames, translation = surface.frames, surface.translation


class Session:
    """One connection, one request after the other."""

    def __init__(self, plan: dict[str, Any]) -> None:
        raw = socket.create_connection(("127.0.0.1", plan["port"]), timeout=10)
        context = surface.tls(Path(plan["identity"]), plan["client"])
        self._socket = context.wrap_socket(raw, server_hostname="127.0.0.1")
        self._reader, self._count = frames.FrameReader(frames.LARGEST), 0
        self._frames: list[Any] = []
        self._socket.sendall(frames.write(surface.hello(plan["platform"])))
        self.welcome = self._next()

    def ask(self, method: str, content: Any) -> Any:
        """The frame that answers a request."""
        self._count += 1
        self._socket.sendall(frames.write(frames.Request(self._count, method, content)))
        while True:
            frame = self._next()
            if frame is None or getattr(frame, "id", None) == self._count:
                return frame

    def _next(self) -> Any:
        while not self._frames:
            data = self._socket.recv(65536)
            if not data:
                return None
            self._frames += self._reader.feed(data)
        return self._frames.pop(0)


def play(session: Session, step: dict[str, Any]) -> dict[str, Any]:
    """What became of a step: ``done`` with what came back, or ``refused`` with the reason."""
    match step["verb"]:
        case "submit":
            answer = session.ask("submit", translation.arrival(surface.arrival(step)))
        case "lie":
            answer = session.ask("submit", surface.lie(step))
        case "ask":
            answer = session.ask("ask", surface.question(step))
        case "collect":
            content = translation.packed((surface.reader(step), "", 100, 0.0))
            answer = session.ask("collect", content)
        case verb:
            answer = session.ask(verb, translation.packed((surface.reader(step), step["item"], "rest")))
    if not isinstance(answer, frames.Answer):
        return {"refused": f"{getattr(answer, 'code', '')} {getattr(answer, 'text', 'hung up')}".strip()}
    if step["verb"] == "collect":
        items, _ = translation.read_page(answer.content)
        return {"done": [{"item": f"{i.position:x}", "type": i.row.type, "body": _text(i.body)} for i in items]}
    return {"done": _text(bytes(answer.content))}


def _text(octets: bytes) -> str:
    try:
        return octets.decode() if octets[:1] in (b"{", b"<") else str(msgspec.msgpack.decode(octets))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return octets.decode("latin-1")


def main() -> None:
    """Play the plan that stands on standard input."""
    plan = json.load(sys.stdin)
    session = Session(plan)
    if not isinstance(session.welcome, frames.Welcome):
        surface.tell({"steps": [{"refused": str(session.welcome)[:200]} for _ in plan["steps"]]})
        return
    surface.tell({"steps": [play(session, step) for step in plan["steps"]]})


main()
