"""EU Customs Trader Portal: one sign-in, one look, one inbox; shows the screens it discovers."""
