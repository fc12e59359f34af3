"""Operations: health, metrics and console for the operator of a node."""
