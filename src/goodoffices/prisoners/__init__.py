"""Prisoner exchange: lists of prisoners, names, matching, and the plan of who goes when."""
