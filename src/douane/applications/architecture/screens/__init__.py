"""Pages of the Reference Architecture: lists and search, an element, and what a change of it touches."""
