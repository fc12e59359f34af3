"""What may be chosen and what may move: pure judgements."""
