"""Availability: which systems of administrations are out of service now and next, told to all, minded by deliveries."""
