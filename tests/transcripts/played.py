"""The node of a tree that transcripts are played to: a process of its own, reached through its doors alone."""

from __future__ import annotations

import contextlib
import shutil
import ssl
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import httpx

from tests.hostile.union import Node, Shape, Tree
from tests.transcripts.as4_party import As4Party, prepared
from tests.transcripts.exchanges import Facts
from tests.transcripts.hook import Hook

BEGINNING: Final = 1_794_999_600
"""18 November 2026, 11:00 UTC: a node begins then, on whatever day it is played, and ends within that hour."""
HEADERS: Final = ("content-type", "location", "www-authenticate", "allow", "retry-after", "link")
PATIENCE_SECONDS, QUIET_SECONDS = 20.0, 1.2
NO_CHECK_TIME: Final = 0x200000
AGAIN: Final = 429
PARTNER: Final = """
[[partner]]
party = "DE1234567890123"
title = "Rhein"
basis = "consent"
protocol = "webhook"
address = "{address}"
networks = ["127.0.0.0/8"]
sends = ["CC015C", "CC014C", "CC013C"]
"""
"""A trader who is told by webhooks."""


class Played:
    """A node that runs, and everybody at its doors. ahead_ns: how far its clock is from that of this machine."""

    def __init__(self, node: Node, hook: Hook, ahead_ns: int) -> None:
        self.node, self.hook = node, hook
        self._ahead_ns, self._as4 = ahead_ns, list[As4Party]()
        self._clients: dict[tuple[str, str], httpx.Client] = {}
        self._after: dict[tuple[str, str], str] = {}

    def client(self, who: str, door: str) -> httpx.Client:
        """Somebody at a door; empty for somebody without a certificate."""
        found = self._clients.get((who, door))
        if found is None:
            found = httpx.Client(
                base_url=f"https://localhost:{self.node.ports[door]}",
                verify=self._tls(who),
                timeout=40.0,
                trust_env=False,
            )
            self._clients[who, door] = found
        return found

    def _tls(self, who: str) -> ssl.SSLContext:
        context = self.node.tls(who)
        context.verify_flags |= NO_CHECK_TIME  # its certificates are of its own day
        return context

    def give(self, given: Facts, expected: Facts | None = None) -> Facts:
        """Give something, and hear what comes back. expected: what came when it was recorded."""
        match given:
            case {"collect": who, "door": door}:
                return self._collected(who, door, expected)
            case {"who": who, "door": door, "method": method, "path": path}:
                return self._asked(who, door, method, path, given)
            case {"hook": "collect"}:
                return self.hook.told(None if expected is None else len(expected["posts"]))
            case {"hook": "answers", "status": list(status)}:
                self.hook.answers = list(status)
                return {}
            case {"as4": _}:
                if not self._as4:
                    self._as4.append(As4Party(self.node, self._ahead_ns, self._tls))
                return self._as4[0].give(given)
        raise ValueError(f"nobody knows how this is given: {given}")

    def _asked(self, who: str, door: str, method: str, path: str, given: Facts) -> Facts:
        body = given.get("body", "").encode() if "latin" not in given else given["latin"].encode("latin-1")
        while True:
            answer = self.client(who, door).request(
                method, path, content=body or None, headers=given.get("headers", {})
            )
            if answer.status_code != AGAIN:
                break
            time.sleep(float(answer.headers.get("retry-after", "1")))
        kept = {name: answer.headers[name] for name in HEADERS if name in answer.headers}
        return {"status": answer.status_code, "headers": kept, "body": answer.text}

    def _collected(self, who: str, door: str, expected: Facts | None) -> Facts:
        """What is new for somebody: as much as was recorded, or what comes until it is quiet."""
        until, items = time.monotonic() + PATIENCE_SECONDS, list[Any]()
        wanted = len(expected["items"]) if expected is not None else None
        while time.monotonic() < until and (wanted is None or len(items) < wanted):
            question = {
                "wait": f"{QUIET_SECONDS if wanted is None else 5}",
                "limit": "500",
                "after": self._after.get((who, door), ""),
            }
            page = self.client(who, door).get("/v1/inbox", params=question).json()
            self._after[who, door] = page["after"]
            items += [{"item": each.pop("id"), **each} for each in page["items"]]
            if wanted is None and not page["items"]:
                break
        return {"items": items}

    def unexpected(self) -> list[Any]:
        """What waits for those who collected, and was not expected."""
        found = [
            self.client(who, door).get("/v1/inbox", params={"after": after, "wait": "0"}).json()["items"]
            for (who, door), after in self._after.items()
        ]
        return [each for items in found for each in items] + self.hook.left

    def close(self) -> None:
        """Hang up."""
        for client in self._clients.values():
            client.close()
        for party in self._as4:
            party.close()


@contextlib.contextmanager
def played(root: Path, issued: Path) -> Iterator[Played]:
    """A node of a checkout with an environment, as long as the block lasts: with a trader who has an access point of
    AS4, and another one who has an address for webhooks.

    issued: where the identity of the first such node is kept for the others, as making one takes longer than a start.
    """
    folder = Path(tempfile.mkdtemp(prefix="douane-transcripts-"))
    ahead = BEGINNING * 1_000_000_000 - time.time_ns()
    clocked = Path(__file__).parent / "clocked"
    shape = Shape(
        "transcripts",
        {"name": "transcripts", "development": True},
        environment={"PYTHONPATH": str(clocked), "TRANSCRIPTS_AHEAD_NS": str(ahead)},
    )
    node = Node(Tree(root), folder, shape)
    for kept in issued.glob("identity*"):
        shutil.copytree(kept, node.data / kept.name)
    prepared(node.data)
    hook = Hook()
    (node.data / "partners.toml").write_text(PARTNER.format(address=hook.url))
    for path in (node.data, *node.data.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    try:
        node.start()
        if not any(issued.iterdir()):
            for made in node.data.glob("identity*"):
                shutil.copytree(made, issued / made.name)
        found = Played(node, hook, ahead)
        yield found
        found.close()
    finally:
        node.stop()
        hook.close()
        shutil.rmtree(folder, ignore_errors=True)
