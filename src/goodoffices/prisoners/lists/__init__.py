"""Lists of prisoners as they come, read for what they say, and checked."""
