"""OpenTelemetry as others wrote it, in its own environment: tells a node by OTLP in protobuf, and judges our JSON.

``tell URL CA CERTIFICATE KEY``: one span, two points and a line; a line of JSON, what became of each.
``read``: requests of traces in JSON on standard input, one a line; decoded by the published schema, the spans in JSON.
"""

from __future__ import annotations

import base64
import json
import logging
import sys
from typing import Any

from google.protobuf import json_format
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import SimpleLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.trace import Status, StatusCode


class Kept:
    """What became of each request, by signal."""

    def __init__(self) -> None:
        self.came: dict[str, str] = {}

    def of(self, name: str, exporter: Any) -> Any:
        """The same exporter, whose results are kept."""
        send = exporter.export

        def export(*given: Any, **more: Any) -> Any:
            result = send(*given, **more)
            self.came[name] = "taken" if result.name == "SUCCESS" else result.name
            return result

        exporter.export = export
        return exporter


def tell(url: str, authority: str, certificate: str, key: str) -> dict[str, str]:
    """Tell one of each."""
    kept, resource = Kept(), Resource.create({"service.name": "ncts-python"})
    own = {"certificate_file": authority, "client_certificate_file": certificate, "client_key_file": key}
    tracers = TracerProvider(resource=resource)
    spans = kept.of("traces", OTLPSpanExporter(endpoint=f"{url}/v1/traces", **own))
    tracers.add_span_processor(SimpleSpanProcessor(spans))
    with tracers.get_tracer("customs").start_as_current_span("lodge", attributes={"office": "DE004058"}) as span:
        span.set_status(Status(StatusCode.ERROR, "refused"))
        trace = f"{span.get_span_context().trace_id:032x}"
        lines = LoggerProvider(resource=resource)
        written = kept.of("logs", OTLPLogExporter(endpoint=f"{url}/v1/logs", **own))
        lines.add_log_record_processor(SimpleLogRecordProcessor(written))
        log = logging.getLogger("customs")
        log.addHandler(LoggingHandler(logger_provider=lines))
        log.error("the store refuses", extra={"code": 7})
    points = kept.of("metrics", OTLPMetricExporter(endpoint=f"{url}/v1/metrics", **own))
    meters = MeterProvider(resource=resource, metric_readers=[PeriodicExportingMetricReader(points, 3_600_000)])
    meters.get_meter("customs").create_counter("declarations", unit="1").add(7, {"office": "DE004058"})
    meters.get_meter("customs").create_histogram("answer.time", unit="s").record(0.25)
    meters.force_flush()
    for each in (tracers, meters, lines):
        each.shutdown()
    return kept.came | {"trace": trace}


def read(text: str) -> list[dict[str, Any]]:
    """Every span of these requests. Raises ParseError for a name, number or word that the schema does not have."""
    found: list[dict[str, Any]] = []
    for line in text.splitlines():
        request = json_format.ParseDict(in_base64(json.loads(line)), ExportTraceServiceRequest())
        again = ExportTraceServiceRequest.FromString(request.SerializeToString())
        found += [span_of(s) for part in again.resource_spans for scope in part.scope_spans for s in scope.spans]
    return found


def span_of(span: Any) -> dict[str, Any]:
    """What the schema understands of a span."""
    return {
        "trace": span.trace_id.hex(), "span": span.span_id.hex(), "parent": span.parent_span_id.hex(),
        "name": span.name, "kind": span.kind, "nanoseconds": span.end_time_unix_nano - span.start_time_unix_nano,
        "facts": {each.key: each.value.WhichOneof("value") for each in span.attributes},
    }  # fmt: skip


def in_base64(value: Any) -> Any:
    """The same with identifications as the schema's own JSON has octets: OTLP has them in hexadecimal digits."""
    if isinstance(value, list):
        return [in_base64(each) for each in value]
    if not isinstance(value, dict):
        return value
    ids = ("traceId", "spanId", "parentSpanId")
    return {
        name: base64.b64encode(bytes.fromhex(each)).decode() if name in ids else in_base64(each)
        for name, each in value.items()
    }


if __name__ == "__main__":
    json.dump(tell(*sys.argv[2:]) if sys.argv[1] == "tell" else read(sys.stdin.read()), sys.stdout)
