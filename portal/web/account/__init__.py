"""The account pages: sign in, register, confirm, reset."""
