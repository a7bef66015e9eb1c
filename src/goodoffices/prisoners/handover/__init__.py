"""The handover: what was planned, what was seen at the points, and the stages that both sides and the neutral sign.

``course`` is the whole of it as pure transitions, the same for a room's record (``on_record``, ``rules``) and for files
(``reading``, ``reporting``). It knows manifest numbers and never a name. An observation is a fact that somebody
claims: it is never refused because the stage has moved on. What contradicts, or changes a signed outcome, opens the
stage again.
"""
