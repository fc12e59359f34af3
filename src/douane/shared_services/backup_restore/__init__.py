"""Backup and verified restore: what a node keeps, taken out while it works and brought back under proof."""
