"""Scripted traders and administrations, and the faults between them, from a seed."""
