"""A room: its record as a timeline, what one may do here, and the proof of every entry."""
