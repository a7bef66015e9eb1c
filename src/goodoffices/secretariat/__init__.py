"""The secretariat: load, decide, append. Open a ``Desk`` for a person; there is no other door."""
