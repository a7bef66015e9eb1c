"""Who is at the table and what happened: delegations, rooms, presence, meetings, requests, understandings.

One module a subject. Each module has its commands (what a person asks), its rules (pure: a scene and a command give
facts, or a refusal in plain words), its state and its folds, and bundles them in one ``Matter`` and one ``RULES``.
"""
