"""Somebody between a centre and a replica of its final data: passes questions on, and changes what is answered.

He has a certificate for the centre's name that the replica believes, as one has who captured a proxy: what is left to
the replica is what the centre signed.
"""

from __future__ import annotations

import json
import re
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.hostile.authority import Authority
from tests.hostile.party import CannotBePlayed
from tests.hostile.union import Node, wait_for

READER = "de.system"
Asked = Callable[[str, dict[str, Any]], dict[str, Any]]
Lie = Callable[[Asked, str, dict[str, Any]], dict[str, Any]]
"""What becomes of a question: how the centre is asked, the operation and the question; the answer."""


def faithful(ask: Asked, operation: str, question: dict[str, Any]) -> dict[str, Any]:
    """Pass on what is asked and answered."""
    return ask(operation, question)


class Between:
    """A server that replicas take for the centre. lie: how it answers now."""

    def __init__(self, centre: Node, folder: Path) -> None:
        self.centre = centre
        self.lie: Lie = faithful
        self.authority = Authority("Captured authority")
        folder.mkdir(parents=True, exist_ok=True)
        self.authority.server("127.0.0.1").write(folder, "between")
        (folder / "between-root.pem").write_bytes(self.authority.own.pem)
        self.root, between = folder / "between-root.pem", self

        class Answering(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                question = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))))
                operation = self.path.rpartition("/")[2]
                octets = json.dumps(between.lie(between.ask, operation, question)).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(octets)))
                self.end_headers()
                self.wfile.write(octets)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "between.pem", folder / "between.key")
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self._server.daemon_threads = True
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self.port = self._server.server_address[1]

    def ask(self, operation: str, question: dict[str, Any]) -> dict[str, Any]:
        """What the centre itself answers."""
        found = self.centre.party(READER, "ccn2").order("final_data", operation, question)
        if found.status_code != 200:
            raise CannotBePlayed(f"the centre does not answer {operation}: {found.status_code} {found.text[:100]}")
        answer: dict[str, Any] = found.json()
        return answer

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, _k: type[BaseException] | None, _v: BaseException | None, _t: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()


@dataclass
class Replica:
    """A replica of a view that reads through somebody. oldest: seconds after which it answers nothing, 0: always."""

    node: Node
    between: Between
    folder: Path
    data_set: str
    view: str
    oldest: int = 0
    config: Path = field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        clients, self.config = self.node.identity / "clients", self.folder / "replica.toml"
        said = {
            "centre": f"https://127.0.0.1:{self.between.port}", "certificate": str(clients / f"{READER}.pem"),
            "private_key": str(clients / f"{READER}.key"), "trusted_root": str(self.between.root),
            "signed_by": key_of(self.node), "store": f"sqlite:{self.folder / 'replica.db'}",
            "oldest_answer_seconds": self.oldest,
        }  # fmt: skip
        lines = [f"{name} = {json.dumps(value)}" for name, value in said.items()]
        self.config.write_text("\n".join([*lines, "[views]", f'{self.data_set} = "{self.view}"', ""]))

    def pull(self) -> tuple[int, str]:
        """Read once: exit code, and what it said."""
        done = self.node.tree.douane("replica", "--config", str(self.config), "pull")
        return done.returncode, (done.stdout + done.stderr).strip()

    def needs(self, key: str) -> None:
        """Read until an entry is there, as it is before anybody attacks."""
        if not wait_for(lambda: self.pull()[0] == 0 and self.says(key) != "", 30, 0.5):
            raise CannotBePlayed(f"the replica never has {key}: {self.pull()[1][:150]}")

    def says(self, key: str) -> str:
        """The content under a key as it answers it; empty where it answers none."""
        at = ("replica", "--config", str(self.config), "--json", "look-up", self.data_set, key)
        done = self.node.tree.douane(*at)
        return done.stdout if done.returncode == 0 else ""


def key_of(node: Node) -> str:
    """The key of a node's audit log, as the node itself tells it; a message is accepted first, for there to be one."""
    sent = deliver(node, {"FR0000000000001": "First"})
    found = list[str]()

    def told() -> bool:
        shown = node.douane("audit", "prove", sent)
        found[:] = re.findall(r"[a-z0-9.]+/p[0-9]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{40,}", shown.stdout + shown.stderr)
        return bool(found)

    if not wait_for(told, 20, 0.5):
        raise CannotBePlayed("the node does not tell the key of its audit log")
    return found[0]


def deliver(node: Node, names: dict[str, str]) -> str:
    """Economic operators that France delivers; the position of the message in hexadecimal digits."""
    entries = [
        {"eori": eori, "legal_name": name, "country": "FR", "valid_from": "2026-01-01"} for eori, name in names.items()
    ]
    answer = node.party("fr.system", "ccn2").order("eori", "deliver", {"operators": entries})
    if answer.status_code != 202:
        raise CannotBePlayed(f"no operator is delivered: {answer.status_code} {answer.text[:100]}")
    return str(answer.json()["receipt"])
