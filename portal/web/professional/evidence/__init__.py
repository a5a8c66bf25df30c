"""The shelf of documents, and what each supports."""
