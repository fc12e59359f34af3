"""SAML 2.0 (OASIS, March 2005): the web browser single sign-on and single logout profiles, as a relying party."""
