"""Transparency log: RFC 6962 Merkle tree, C2SP tiles, signed notes and checkpoints; values in, values out."""
