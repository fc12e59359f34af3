"""Representation: who may act for whom before an administration (UCC art. 18 and 19)."""
