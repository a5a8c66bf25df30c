"""The rulebook: reading, lint, the shipped cases."""
