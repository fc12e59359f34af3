"""Authoritative final data and its replication to every administration."""
