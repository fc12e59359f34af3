"""Whose system serves whom, and at which platforms services are offered: the pages on the desks."""
