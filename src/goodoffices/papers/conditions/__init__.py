"""Conditions papers: what a side sets as its conditions, by topic, in its own words.

``parse`` reads a paper in our own YAML (``ours``), as a Word document (``docx``), or as plain text or Markdown with
headings (``text``). What it gives is a draft for a person to check: it remarks on everything it did not understand,
puts nothing into a topic by guessing, and changes no wording beyond joining lines.

Nothing here may be relied on as the paper itself: that is the document, by its digest.
"""

from __future__ import annotations

from goodoffices.papers.conditions import docx, ours, text
from goodoffices.papers.conditions.ours import written
from goodoffices.papers.conditions.paper import Condition, ConditionsPaper, NotReadable, Remark

__all__ = ["Condition", "ConditionsPaper", "NotReadable", "Remark", "parse", "written"]

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_YAML_ENDINGS = (".yaml", ".yml")
_OTHERS = {
    b"%PDF-": "This is a PDF; what stands in it cannot be told apart reliably.",
    b"{\\rtf": "This is a rich text file (RTF).",
    b"\xd0\xcf\x11\xe0": "This is a Word document of the old kind (DOC).",
}


def parse(content: bytes, name: str = "", media: str = "") -> ConditionsPaper:
    """The conditions in a paper, with remarks on whatever was not understood.

    ``name`` (of the file) and ``media`` (its type) tell YAML from other text; Word documents are known by their
    content. Raises ``NotReadable`` for what is none of these, with the reason and what to do.
    """
    for begin, what in _OTHERS.items():
        if content.startswith(begin):
            raise NotReadable(f"{what} Hand it in as DOCX, text or YAML, or set its conditions out by hand.")
    if content.startswith(b"PK\x03\x04") or media == _DOCX:
        return docx.read(content)
    if name.casefold().endswith(_YAML_ENDINGS) or media.partition(";")[0].strip().endswith("yaml"):
        return ours.read(content)
    return text.read(content)
