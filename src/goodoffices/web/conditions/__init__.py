"""Conditions: the papers of one room by topic, and a paper's conditions filled in for a person to check."""
