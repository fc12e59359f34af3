"""OTLP, the protocol of OpenTelemetry: what systems measure, in protobuf or JSON, read within bounds."""
