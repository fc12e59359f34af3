"""Addresses on the internet: URLs that a node may call, and which of the addresses behind them lie inside."""
