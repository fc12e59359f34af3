"""The programme computed from the model: scope, order, coverage, functional specifications."""
