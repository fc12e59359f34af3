"""The runtime's ports for one product each."""
