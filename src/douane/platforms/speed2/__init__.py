"""SPEED2: the single entry point of the untrusted circle (traders, third countries, partner Directorates-General)."""
