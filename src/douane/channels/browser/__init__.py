"""Pages by HTTP for browsers: hosts, sessions, forms; the calls behind them go through the same door as all others."""
