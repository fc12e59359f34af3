"""Expected exchanges and verdicts, computed from the model."""
