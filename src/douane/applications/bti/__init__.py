"""Binding tariff information: the Union's register of rulings, and its public search."""
