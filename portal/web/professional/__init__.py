"""The professional's pages."""
