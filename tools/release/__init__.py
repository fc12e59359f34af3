"""``make release``: what is given to those who run nodes, with what proves it. ``python -m tools.release --help``."""
