"""The service bus of CCN2: which services exist, in which versions, by whom and for whom; calls over the bus."""
