"""Calendars: one's meetings and deadlines as iCalendar, to download or under a secret address.

Calendar programs cannot sign in, so the address itself is the proof: whoever has it reads what its owner may read of
times, until it is replaced or taken back. Only its SHA-256 is kept.
"""
