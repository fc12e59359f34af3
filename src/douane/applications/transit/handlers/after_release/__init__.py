"""What the office of departure does between the release of goods and the end of the procedure."""
