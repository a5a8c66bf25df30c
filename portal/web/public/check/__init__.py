"""The eligibility check: facts first, one page of answers at the end, no account."""
