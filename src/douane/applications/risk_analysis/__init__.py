"""Risk analysis: one service for import, export and transit, deciding by published decision tables."""
