"""Pictures drawn on the server as SVG by classes and attributes alone, each with the same facts in words."""
