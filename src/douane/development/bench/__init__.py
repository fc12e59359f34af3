"""Benches for partners, put together."""
