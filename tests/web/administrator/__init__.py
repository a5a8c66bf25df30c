"""The officers’ pages."""
