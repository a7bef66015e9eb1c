"""Statements: what someone is said to have said, in a room or in public, by whom relayed and how we know.

- ``recorded``: a statement, in the words of whoever recorded it, hedges kept; ``versions`` lifts what older programs
  wrote.
- ``resolving``: what a statement leaves open stays open until somebody says, with a source, what is meant; so does an
  unnamed speaker.
- ``relating``: one statement supports, contradicts or corrects another; what an entry is about.
- ``kept``: what a room's record holds of them, found through ``marks`` at a cost that grows with what is asked for.
- ``places``, ``languages``: codes of ISO 3166 and ISO 639.
- ``intake``: reads news into drafts.

A statement is never called true or false: what is kept is who says it and how it came to us.
"""
