"""The operator's door: commands of the portal."""
