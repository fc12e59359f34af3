"""Messages of the New Computerised Transit System."""
