"""The programme: projects, their order and their coverage, as data on the model."""
