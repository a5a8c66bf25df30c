"""Builders: they walk through the real services, so impossible states cannot be built."""
