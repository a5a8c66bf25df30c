"""Asking people to look again at what the program answered."""
