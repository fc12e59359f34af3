"""The verifier of evidence packs: standard library and ``cryptography`` only, written apart from what makes packs."""
