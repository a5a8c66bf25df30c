"""What a referee sees behind a private link."""
