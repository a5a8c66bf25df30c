"""The same answers for a whole register at once: columns of facts become columns of outcomes."""
