"""Processes of a node: listeners, locks, metrics, the supervisor, and the socket of its operator."""
