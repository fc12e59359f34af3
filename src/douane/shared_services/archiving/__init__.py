"""Archiving: sealed segments of stored rows, and what moves out of the store when its time of retention is over."""
