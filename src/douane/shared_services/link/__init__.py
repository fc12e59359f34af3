"""The link between processes and hosts: frames, what they carry, the core's end and the door's."""
