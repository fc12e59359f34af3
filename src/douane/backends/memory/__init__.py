"""The memory store: for tests, simulations and application authors; nothing survives the process."""
