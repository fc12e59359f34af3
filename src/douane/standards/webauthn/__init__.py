"""Web Authentication (W3C, level 2): passkeys, as a relying party; attestation ``none``."""
