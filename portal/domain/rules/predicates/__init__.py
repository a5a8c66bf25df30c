"""What a leaf clause can ask: one module for each family of predicates."""
