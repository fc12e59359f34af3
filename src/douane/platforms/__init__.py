"""The doors of the strategy, one folder each: circle of trust, entry policy, allowed channels."""
