"""Import: a thin procedure that uses the shared services, risk analysis first of all."""
