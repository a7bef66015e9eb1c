"""All models of the app, so that Django finds them."""

from goodoffices.storage.models.accounts import Account, Draft, Invitation, SignInLink
from goodoffices.storage.models.intake import KeptDraft, KeptSource
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
    "Draft",
    "EntryLine",
    "Invitation",
    "KeptDraft",
    "KeptParticular",
    "KeptSignature",
    "KeptSource",
    "Projection",
    "RoomHead",
    "SeatHeld",
    "SignInLink",
    "TreeNode",
]
