"""What of transit people do on pages: officers at their desk, traders in the portal."""
