"""The overview after signing in: where everything stands, and what to do next."""
