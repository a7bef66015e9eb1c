"""All models of the app, so that Django finds them."""

from goodoffices.storage.models.accounts import Account, Draft, Invitation, SignInLink
from goodoffices.storage.models.intake import KeptDraft, KeptSource
from goodoffices.storage.models.mail import CalendarLink, Letter, Reminded, Reminders, Subscription
from goodoffices.storage.models.records import (
    ActDone,
    EntryLine,
    KeptParticular,
    KeptSignature,
    Projection,
    RoomHead,
    SeatHeld,
    TreeNode,
)

__all__ = [
    "Account",
    "ActDone",
    "CalendarLink",
    "Draft",
    "EntryLine",
    "Invitation",
    "KeptDraft",
    "KeptParticular",
    "KeptSignature",
    "KeptSource",
    "Letter",
    "Projection",
    "Reminded",
    "Reminders",
    "RoomHead",
    "SeatHeld",
    "SignInLink",
    "Subscription",
    "TreeNode",
]
