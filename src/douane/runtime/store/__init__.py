"""What is kept and how: keys, stored values, records, rows, and the ports of store and surroundings."""
