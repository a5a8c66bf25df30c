"""E-mails that could not be delivered."""
