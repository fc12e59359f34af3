"""For authors of applications: an office of several administrations in a test, without a network, a disk or a clock."""
