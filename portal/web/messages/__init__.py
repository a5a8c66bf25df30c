"""The sentences for refusals: one per error code, by room."""
