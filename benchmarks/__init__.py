"""How quick the rule engine is, beside real peers that are given the same work."""
