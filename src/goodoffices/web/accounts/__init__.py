"""Coming in: sign-in, passkeys, recovery codes, invitations, and one's own account.

``opening`` makes accounts, ``links`` and ``invitations`` the single-use links, ``keys`` turns a passkey into a key as
records name it, and ``signing`` reads what the page's ``sign.js`` hands in.
"""
