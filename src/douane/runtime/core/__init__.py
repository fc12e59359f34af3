"""What happens to a message: acceptance, the unit of work, the tick, processes, routes."""
