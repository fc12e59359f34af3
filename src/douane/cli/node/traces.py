"""``douane traces``: spans of a node's messages, made from its journal, to a collector of OpenTelemetry or a file."""

from __future__ import annotations

import argparse
import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from douane.cli.main import version
from douane.cli.node_options import add_node, settings_of, store_reader_of
from douane.cli.output import add_json, describe, print_json
from douane.runtime.store import keys
from douane.runtime.store.ports import Log, Reader
from douane.shared_services.archiving.files import write_durably
from douane.shared_services.monitoring.traces import Span, request, spans
from douane.vocabulary.errors import BadRequest, PartnerRefused, PartnerUnreachable

BATCH = 500
CURSOR = "traces.json"
SECONDS = 20.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    describe(
        parser, "douane traces --to http://127.0.0.1:4318/v1/traces",
        codes="exit codes: 0 everything was taken; 2 the collector refused it, or nobody answers",
    )  # fmt: skip
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--to", help="address of a collector (OTLP over HTTP, JSON)")
    where.add_argument("-o", "--output", type=Path, help="file to write instead, one request of OTLP a line")
    parser.add_argument("--again", action="store_true", help="from the beginning, not from where the last call ended")
    add_node(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Export what is new, in batches; the cursor moves when one was taken."""
    settings, reader = settings_of(arguments), store_reader_of(arguments)
    place = settings.data / CURSOR
    known = json.loads(place.read_text()) if place.exists() and not arguments.again and arguments.to else {}
    cursor: dict[str, int] = dict(known)
    lines: list[bytes] = []
    count = 0
    for batch, moved in _batches(settings.name, reader, settings.partitions, cursor):
        body = json.dumps(request(settings.name, version(), batch)).encode()
        count += len(batch)
        if arguments.to is None:
            lines.append(body + b"\n")
            continue
        _post(arguments.to, body)
        cursor |= moved
        write_durably(place, json.dumps(cursor).encode())
    if arguments.output is not None:
        arguments.output.write_bytes(b"".join(lines))
    if arguments.json:
        print_json({"spans": count})
    else:
        print(f"{count} spans")
    return 0


def _batches(
    node: str, reader: Reader, partitions: int, cursor: dict[str, int]
) -> Iterator[tuple[list[Span], dict[str, int]]]:  # fmt: skip
    """The spans that are new, with where the cursor stands once they were taken."""
    for partition in range(partitions):
        end = keys.log_position(partition + 1, 0) - 1
        for log in (Log.JOURNAL, Log.SENT):
            name, batch, last = f"{log.name}.{partition}", list[Span](), 0
            after = cursor.get(name, keys.log_position(partition, 0))
            for last, span in spans(node, reader, log, after, end):
                batch.append(span)
                if len(batch) == BATCH:
                    yield batch, {name: last}
                    batch = []
            if batch:
                yield batch, {name: last}


def _post(address: str, body: bytes) -> None:
    """Give a batch to the collector. Raises PartnerUnreachable, and PartnerRefused for what it does not take."""
    place = urlsplit(address)
    kinds: dict[str, Any] = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
    if place.scheme not in kinds or not place.hostname:
        raise BadRequest(f"{address!r} is no address of a collector.", remedy="Write http://HOST:4318/v1/traces.")
    made = kinds[place.scheme](place.hostname, place.port, timeout=SECONDS)
    try:
        made.request("POST", place.path or "/v1/traces", body, {"content-type": "application/json"})
        answer = made.getresponse()
        said = answer.read()
    except (OSError, http.client.HTTPException) as problem:
        raise PartnerUnreachable(f"The collector at {place.netloc} does not answer: {problem}.") from problem
    finally:
        made.close()
    if answer.status != 200 or _rejected(said):
        raise PartnerRefused(
            f"The collector answered {answer.status} and took not everything.",
            remedy="Look into its log; what it did not take is sent again by the next call.",
        )


def _rejected(said: bytes) -> int:
    """How many spans a collector did not take, as its answer says."""
    partial = json.loads(said or b"{}").get("partialSuccess") or {}
    return int(partial.get("rejectedSpans") or 0)
