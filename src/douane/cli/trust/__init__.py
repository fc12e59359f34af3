"""Commands about keys, certificates, partners and evidence."""
