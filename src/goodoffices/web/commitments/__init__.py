"""Who owes what in one room, and where it stands."""
