"""The eligibility check, without a page."""
