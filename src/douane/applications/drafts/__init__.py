"""Drafts: what a trader has begun to fill in and not sent yet."""
