"""Auditing: every state change as a salted leaf of one Merkle log, and evidence that verifies without the platform."""
