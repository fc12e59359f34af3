"""What goes on beside the messages: leases of partitions, indexes built in slices."""
