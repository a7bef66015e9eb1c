"""Who owes what to whom, under which condition and by when; what was reported of it, and where it stands."""
