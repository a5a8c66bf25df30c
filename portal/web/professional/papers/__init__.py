"""Several papers of one examination, registered in one go."""
