"""The inbox: everything the portal told a person, in their language of the moment."""
