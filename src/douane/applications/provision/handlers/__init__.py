"""Provision at work: choices of providers, moves between platforms, and where cases are kept."""
