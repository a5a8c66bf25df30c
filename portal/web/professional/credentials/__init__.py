"""What a person holds: finding it in the catalogue, registering, changing, withdrawing."""
