"""Registered exporters: who may make out statements on origin."""
