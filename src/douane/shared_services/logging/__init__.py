"""Logging: one JSON line per message in a closed form that has no room for personal or commercial data."""
