"""Monitoring: the metrics of a node, and W3C trace context."""
