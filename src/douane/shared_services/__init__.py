"""Capabilities that every platform uses: monitoring, logging, auditing and their kin."""
