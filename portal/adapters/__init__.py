"""The outside world behind small protocols: clock, storage, scanner, mail."""
