"""Answering an applicant who asked that people look again at what the program answered."""
