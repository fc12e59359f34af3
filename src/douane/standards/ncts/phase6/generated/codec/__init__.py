"""Layouts and readers, one module per group. Written by tools/ncts_family.py; do not edit."""


