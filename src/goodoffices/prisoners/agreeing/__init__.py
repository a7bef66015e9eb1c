"""Agreeing who goes, and on the plan: refusals, wishes, substitutions, the agreed list, the plan both sides accept.

``lists`` is the agreed list as anybody can write, digest and compare it by hand. ``choosing``, ``drawing`` and
``planned`` are the steps in an exchange room; ``agreed`` and ``plans`` are what its record makes of them.

The program never decides who goes: it proposes an order where the sides have agreed one (``selecting``), checks numbers
and says what conflicts. A list counts once both sides have confirmed its digest, a plan once both have accepted it.
"""
