"""Readouts: from state and entries to text, for one audience at a time.

Nothing here appends, knows Django or looks at a clock. What a person may read comes in as a ``View`` (the secretariat's
``RoomView``); everything said stems from an entry of that view and carries its ``ref``. Texts go through a
``translate`` that is handed in, named ``_`` where it is called.

``lines`` gives one sentence an entry, ``labels`` how that entry is known, ``timeline`` both for a page of a room,
``table`` the overview of one talks for one viewer, ``readout`` the text of one meeting for one audience.
"""
