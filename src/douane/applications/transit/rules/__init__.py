"""Business rules of transit, one module per meaning; ``book`` gathers them."""
