"""Messages that the simulated parties send: rule-valid, in the official shape, dated now; parties are invented."""
