"""Letters: to subscribers of what is public, and reminders to people of the talks. None of them says what it is about.

1. Somebody gives an address (``subscribing``, ``reminding``). Nothing counts until the link in a letter is confirmed
   by a button: whoever only looks at a link, as scanners of mail do, changes nothing.
2. ``goodoffices mail send`` makes the letters there is reason for (``news``, ``reminding``) and sends what waits
   (``outbox``), each in the transaction that says it was made.
3. Every letter carries a link that ends it, for a person and for a mail program (RFC 8058).

Rooms and delegations see nothing of addresses. Deleting the row is forgetting the address.
"""
