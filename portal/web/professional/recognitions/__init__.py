"""A holder's recognitions: how they stand, their certificates, and their letters as documents."""
