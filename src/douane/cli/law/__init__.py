"""Commands about time limits, published lists, availability and figures."""
