"""The one door, the unit of work, journal, records, deliveries, processes; all ports."""
