"""Structs and layouts of a phase of NCTS. Written by tools/ncts_family.py; do not edit."""
