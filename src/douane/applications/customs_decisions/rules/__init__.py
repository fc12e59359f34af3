"""What the law says of customs decisions, as data and pure functions: types, elements, limits, acts, competence."""
