"""What the single window does with agreements, certificates and the uses that procedures make of them."""
