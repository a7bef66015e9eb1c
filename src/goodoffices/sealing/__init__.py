"""The sealed exchange of written conditions: two sides hand in a paper each, and both open together or neither does.

Formats and order: docs/design/sealing.md. Why they are so: docs/decisions/0006-sealing.md.

- ``terms``: who exchanges, who holds, under which keys; the digest of the terms is the exchange.
- ``header``, ``agekeys``: which age files and keys are taken, checked before any library sees them.
- ``layers``, ``escrow``, ``evidence``: what is sealed, how holders open it step by step, how a dispute is checked.
- ``events``, ``course``, ``order``: what happens in an exchange, what has come of it, and what may happen next. Pure,
  for the room's record and for slips alike.
- ``coalitions``: who could read a paper early, in words.
- ``slips``, ``bundle``, ``verify``: the same exchange on paper, without any server.
"""
