"""The CSI-like queue channel: from queues to the door and back, with reports about every message."""
