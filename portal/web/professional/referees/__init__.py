"""Asking a referee to confirm a period of work."""
