"""Answers about the programme."""
