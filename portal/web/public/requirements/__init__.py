"""The public browser of tracks, targets and their rules."""
