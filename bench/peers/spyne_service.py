"""The number check as a spyne service, called by WSGI in process; runs in an environment of its own, with spyne alone.

Reads the request from standard input, writes the best CPU time of a call in microseconds.
"""

from __future__ import annotations

import io
import json
import sys
import time

from spyne import Application, ComplexModel, Integer, ServiceBase, Unicode, rpc
from spyne.protocol.soap import Soap11
from spyne.server.wsgi import WsgiApplication

NUMBER = Unicode(pattern=r"[A-Z]{2}[0-9]{1,15}", min_occurs=1, max_occurs=10)


class Verdict(ComplexModel):
    """One number."""

    __namespace__ = "urn:bench"
    number = Unicode
    status = Integer
    text = Unicode


class Numbers(ServiceBase):
    """A check of numbers."""

    @rpc(NUMBER, _returns=Verdict.customize(max_occurs="unbounded"))
    def check(self, number: list[str]) -> list[Verdict]:
        """Every number is valid."""
        return [Verdict(number=each, status=0, text="Valid") for each in number]


def main() -> None:
    """Call for so many seconds."""
    body, seconds = sys.stdin.buffer.read(), float(sys.argv[1])
    service = WsgiApplication(
        Application([Numbers], "urn:bench", in_protocol=Soap11(validator="lxml"), out_protocol=Soap11())
    )
    statuses: list[str] = []

    def call() -> bytes:
        environ = {
            "REQUEST_METHOD": "POST", "PATH_INFO": "/", "SERVER_NAME": "localhost", "SERVER_PORT": "80",
            "wsgi.url_scheme": "http", "CONTENT_TYPE": "text/xml; charset=utf-8", "CONTENT_LENGTH": str(len(body)),
            "QUERY_STRING": "", "wsgi.input": io.BytesIO(body),
        }  # fmt: skip
        return b"".join(service(environ, lambda status, headers, info=None: statuses.append(status)))

    answer = call()
    assert statuses[0].startswith("200"), (statuses, answer)
    assert answer.count(b">Valid<") == 10, answer
    best, end = float("inf"), time.process_time() + seconds
    while time.process_time() < end:
        start = time.process_time()
        for _ in range(50):
            call()
        best = min(best, (time.process_time() - start) / 50)
    print(json.dumps({"us": best * 1e6, "bytes": len(answer)}))


main()
