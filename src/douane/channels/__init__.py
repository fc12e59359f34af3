"""Wire protocols, one folder each: to the envelope and back."""
