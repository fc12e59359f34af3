"""EORI: which economic operators are registered, and the two public checks that traders' software already calls."""
