"""The union in one thread under faults, from a seed: virtual time, a network, scripted parties, what they hold."""
