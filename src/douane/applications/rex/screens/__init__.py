"""Pages of registered exporters: the public check, the exporter's own forms, the desk of officers."""
