"""The journeys of the union in a box: one module each theme, found by scanning this folder, played in order of key."""
