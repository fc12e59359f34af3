"""A trader's address for webhooks: keeps what a played node posts to it, answers as it is told."""

from __future__ import annotations

import http.server
import threading
import time
from typing import Any, Final

from tests.transcripts.exchanges import Facts

HEADERS: Final = ("content-type", "content-digest", "signature-input", "signature")
OWN: Final = "douane-"
PATIENCE_SECONDS, QUIET_SECONDS = 30.0, 2.5


class Hook:
    """An HTTP server on a free port of the loopback."""

    def __init__(self) -> None:
        self._posts, self.answers = list[Facts](), list[int]()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                named = {name.lower(): value for name, value in self.headers.items()}
                kept = {name: value for name, value in named.items() if name in HEADERS or name.startswith(OWN)}
                outer._posts.append({"path": self.path, "headers": dict(sorted(kept.items())), "body": body.decode()})
                self.send_response(outer.answers.pop(0) if outer.answers else 204)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, format: str, *arguments: Any) -> None:
                """Say nothing."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_port}/hook"

    def told(self, expected: int | None) -> Facts:
        """What came since it was asked last: as much as was recorded, or what comes until it is quiet."""
        until, seen, quiet = time.monotonic() + PATIENCE_SECONDS, 0, time.monotonic() + QUIET_SECONDS
        while time.monotonic() < until:
            if len(self._posts) > seen:
                seen, quiet = len(self._posts), time.monotonic() + QUIET_SECONDS
            if (expected is None and time.monotonic() > quiet) or (expected is not None and seen >= expected):
                break
            time.sleep(0.02)
        posts, self._posts[:] = list(self._posts), []
        return {"posts": posts}

    @property
    def left(self) -> list[Facts]:
        """What came and nobody asked for."""
        return list(self._posts)

    def close(self) -> None:
        """Listen no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
