"""Provision at work: choices of providers, and moves between platforms."""
