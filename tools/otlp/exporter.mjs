// Exporters of OpenTelemetry that others wrote tell a node one span, two points and a line by OTLP over HTTP in JSON.
// node exporter.mjs URL CA CERTIFICATE KEY: one line of JSON, what became of each.
import { readFileSync } from "node:fs";
import { SeverityNumber } from "@opentelemetry/api-logs";
import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-http";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-http";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";

const [at, ca, cert, key] = process.argv.slice(2);
const agent = { ca: readFileSync(ca), cert: readFileSync(cert), key: readFileSync(key) };
const resource = resourceFromAttributes({ "service.name": "ncts-node" });
const came = {};

/** An exporter that also says what became of what it was given. */
function told(name, exporter) {
  const send = exporter.export.bind(exporter);
  exporter.export = (items, done) => send(items, (result) => {
    came[name] = result.code === 0 ? "taken" : String(result.error);
    done(result);
  });
  return exporter;
}
const options = (signal) => ({ url: `${at}/v1/${signal}`, httpAgentOptions: agent });

const tracers = new BasicTracerProvider({
  resource, spanProcessors: [new SimpleSpanProcessor(told("traces", new OTLPTraceExporter(options("traces"))))],
});
const span = tracers.getTracer("customs").startSpan("lodge", { attributes: { office: "FR000060", items: 12 } });
span.setStatus({ code: 2, message: "refused" });
span.end();
await tracers.forceFlush();

const reader = new PeriodicExportingMetricReader({
  exporter: told("metrics", new OTLPMetricExporter(options("metrics"))), exportIntervalMillis: 3600000,
});
const meters = new MeterProvider({ resource, readers: [reader] });
const meter = meters.getMeter("customs");
meter.createCounter("declarations", { unit: "1" }).add(7, { office: "FR000060" });
meter.createHistogram("answer.time", { unit: "s" }).record(0.25);
await meters.forceFlush();

const lines = new LoggerProvider({
  resource,
  processors: [new SimpleLogRecordProcessor({ exporter: told("logs", new OTLPLogExporter(options("logs"))) })],
});
lines.getLogger("customs").emit({
  severityNumber: SeverityNumber.ERROR, severityText: "ERROR", body: "the store refuses", attributes: { code: 7 },
});
await lines.forceFlush();
await Promise.all([tracers.shutdown(), meters.shutdown(), lines.shutdown()]);
console.log(JSON.stringify({ ...came, trace: span.spanContext().traceId }));
