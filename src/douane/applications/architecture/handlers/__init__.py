"""Answers about the Reference Architecture."""
