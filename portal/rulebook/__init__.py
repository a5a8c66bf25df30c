"""The rules as data: TOML files, and what reads them into targets the engine can ask."""
