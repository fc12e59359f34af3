"""Backups of a node on disk, their restore and drill, and the release of what was restored."""
