"""Who comes next: arrivals taken party by party, and what one tick may take."""
