"""Authorised economic operators: delivered by administrations, exchanged with third countries that recognise them."""
