"""XAdES baseline B signatures over a message (ETSI EN 319 132-1): enveloped in it, or detached beside it."""
