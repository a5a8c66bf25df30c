"""Where a person has worked, as what, and what it adds up to."""
