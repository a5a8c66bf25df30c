"""The database: typed tables by family, their constraints, and nothing that decides."""
