"""Monitoring: the metrics of a node, W3C trace context, and the timeline of a message."""
