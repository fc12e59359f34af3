"""Declarations and the frozen application model that every projection reads."""
