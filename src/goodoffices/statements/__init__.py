"""Statements: what someone is said to have said, in a room or in public, by whom relayed and how we know.

``recorded`` holds a first simple form: one statement an entry, in the words of whoever recorded it, hedges kept.
"""
