"""Telemetry: what systems of administrations measure comes in by OTLP, and each administration sees its own."""
