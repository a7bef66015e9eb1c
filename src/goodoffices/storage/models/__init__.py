"""All models of the app, so that Django finds them."""

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
    "ActDone",
    "EntryLine",
    "KeptParticular",
    "KeptSignature",
    "Projection",
    "RoomHead",
    "SeatHeld",
    "TreeNode",
]
