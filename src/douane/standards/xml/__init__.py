"""XML from strangers: bounded, UTF-8 only, without DTD and entities."""
