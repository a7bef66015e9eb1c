"""The plan of an exchange: who goes in which stage, at which point, in which bus.

``reading.read`` takes an instance from its file; ``making.plan`` makes the best plan there is, or raises ``NoPlan``
with the conditions that conflict; ``tables.written`` writes it down and ``reporting.report`` tells what it comes to.
All pure: no clock, chance, file or database. HiGHS, which solves the model, runs on one thread with a fixed seed, so
that the same instance gives the same plan; callers must not rely on that where time ran out before the proof.

The program never decides who goes. Persons come from lists the sides agreed, priorities from their agreement, and
where these leave a choice the order of each side's list makes it, which every plan says (``Plan.ties``). The model is
described in docs/design/plan.md.
"""
