"""Union and common transit: declaration, guarantee, movement, arrival, discharge."""
