"""Bridging as a learner meets it: what there is, one's place in it, and how far one is."""
