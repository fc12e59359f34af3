"""CCN2: the service platform of the trusted circle (Member States, Commission)."""
