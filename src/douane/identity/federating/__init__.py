"""Sign-in and sign-out by others than doors: providers of administrations (OpenID Connect, SAML 2.0), passkeys."""
