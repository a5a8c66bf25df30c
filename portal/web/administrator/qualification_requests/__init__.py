"""What people asked for that the catalogue does not list: the officers' list and the answer."""
