"""An identity provider of a country at a port of this machine, that signs in whom the test names."""

from __future__ import annotations

import base64
import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from douane.simulator.provider import NationalProvider, Refused, Relying, Resident

SECRET = base64.urlsafe_b64encode(os.urandom(24)).decode()


def entry(country: str, port: int) -> str:
    """What ``providers.toml`` says of it."""
    return (
        f'[[provider]]\ncountry = "{country}"\ntitle = "Provider of the test"\nissuer = "http://localhost:{port}"\n'
        f'client_id = "uumds"\nsecret = "{SECRET}"\ntype = "A"\n'
    )


@contextmanager
def providing(port: int, redirect: str, *subjects: str) -> Iterator[NationalProvider]:
    """The provider as long as the block lasts; who asks is signed in as the first of the subjects."""
    made = NationalProvider(
        {each: Resident(each, each, "") for each in subjects}, Relying("uumds", SECRET, lambda: redirect),
        issuer=lambda: f"http://localhost:{port}", now=lambda: time.time_ns() // 1000, random=os.urandom,
    )  # fmt: skip

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                to = made.answer(made.request(dict(parse_qsl(parts.query))), subjects[0])
                self._answer(302, {}, to)
                return
            self._answer(200, made.keys if parts.path == "/jwks" else made.metadata)

        def do_POST(self) -> None:
            form = dict(parse_qsl(self.rfile.read(int(self.headers["content-length"])).decode()))
            try:
                self._answer(200, made.redeem(self.headers["authorization"], form))
            except Refused as refusal:
                self._answer(refusal.status, {"error": refusal.error})

        def _answer(self, status: int, content: object, to: str = "") -> None:
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            if to:
                self.send_header("location", to)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing is said of each request."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join(20)
