"""The OTLP channel: metrics, logs and traces of other systems over HTTP, in protobuf or JSON."""
