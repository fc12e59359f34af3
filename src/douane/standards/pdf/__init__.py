"""PDF (ISO 32000-1): documents of text, written."""
