"""Commands for development: a union in a box, simulation, new applications, forms."""
