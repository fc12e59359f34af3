"""Douane: an open, self-hostable customs union platform."""
