"""Applying for recognition: the task list, the consents, the answers to check, and what follows."""
