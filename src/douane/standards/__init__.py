"""Published formats without I/O: parse, build, verify."""
