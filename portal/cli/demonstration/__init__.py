"""The demonstration: plainly fictional people whose files were made by walking the real use cases."""
