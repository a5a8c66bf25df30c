"""Text in three languages: the catalogue, dates and numbers, the engine's sentences, letters."""
