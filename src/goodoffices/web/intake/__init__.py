"""Intake: a text handed in becomes drafts beside it, each accepted, edited or dropped by whoever handed it in."""
