"""Filling in and sending: screens projected from forms, drafts that save themselves, faults at their fields."""
