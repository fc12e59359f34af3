"""Statistics: what administrations report of a month, beside what the platform counted."""
