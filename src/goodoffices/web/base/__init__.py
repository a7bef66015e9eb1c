"""What every page shares: its frame, its stylesheet, times, and what is said when something goes wrong."""
