"""CCN/CSI: legacy queues of the trusted circle."""
