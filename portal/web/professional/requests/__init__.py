"""Qualifications that are not in the catalogue: asking officers, and the note that stays."""
