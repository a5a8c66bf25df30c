"""Pages as tests read them."""
