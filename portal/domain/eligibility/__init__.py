"""The eligibility check: what a visitor answered, what is still open, which question comes next."""
