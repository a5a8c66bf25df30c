"""A holder's shares: making them, ending them, and seeing who looked."""
