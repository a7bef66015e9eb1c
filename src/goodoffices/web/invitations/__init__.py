"""Invitations: a single-use link by which a person takes a delegation's seat.

1. The inviter makes the link on a room's page (``offering``) and hands it over by a way of their own.
2. Whoever holds it makes an account, or signs in to theirs; the link is that account's alone from then on (``taking``).
3. They add a passkey, or go on without one.
4. They take the seat: the accreditation is written as an act of the inviter's, in all the rooms at once, with the
   passkey as signing key (``seating``). Only now is the link used up, so that whatever stops half way can go on.
"""
