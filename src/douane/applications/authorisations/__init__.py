"""Authorisations: which simplifications a customs authority granted to whom, as every procedure asks it."""
