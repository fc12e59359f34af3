"""The report of a run: one HTML page that needs nothing else, in light and dark, readable without scripts."""
