"""Possible duplicates: two records that may be one person, and an officer's ruling."""
