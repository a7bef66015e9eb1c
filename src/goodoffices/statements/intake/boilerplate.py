"""What belongs to the page and not to the report: marked, with why, and never taken away."""

from __future__ import annotations

from collections.abc import Sequence

from goodoffices.statements.intake.reading import Paragraph, Reading
from goodoffices.statements.intake.spans import Stretch

_LONGEST = 220  # characters; a longer paragraph that speaks of newsletters may well be news
_HEADING = 16  # words


def mark(made: Reading, page: Sequence[Stretch] = ()) -> None:
    """Gives each paragraph of ``made`` its kind: ``prose``, ``heading`` or ``boilerplate`` with why."""
    seen: dict[str, int] = {}
    around = {stretch.start for stretch in page}
    for number, paragraph in enumerate(made.paragraphs):
        text = made.text[paragraph.stretch.start : paragraph.stretch.end]
        paragraph.why = "page" if paragraph.stretch.start in around else _why(made, text)
        short = text.casefold().strip(" \"'“”‘’")
        if paragraph.why is None and short in seen and len(text) <= _LONGEST:
            paragraph.why = "repeated"
        seen.setdefault(short, number)
        if paragraph.why is not None:
            paragraph.kind = "boilerplate"
        elif _is_heading(made, paragraph, text, number):
            paragraph.kind = "heading"


def _why(made: Reading, text: str) -> str | None:
    if len(text) > _LONGEST:
        return None
    return next((why for why, pattern in made.language.boilerplate if pattern.search(text)), None)


def _is_heading(made: Reading, paragraph: Paragraph, text: str, number: int) -> bool:
    """A short line that ends like no sentence. Spoken turns are none, nor is a paragraph that is one quotation."""
    words = paragraph.last - paragraph.first
    if words == 0:
        return True
    if text[0] in '“"' and any(dash in text for dash in ("— ", "― ", "– ")):  # a quotation and who signed it
        return False
    if words > _HEADING or text[-1] in ".!:;…,”»" or _spoken(made, paragraph):
        return False
    if text[-1] == "?" or text[-1] in "'’\"":
        return number == 0 or (text[0] in "'‘\"“" and text[-1] in "'’")
    return True


def _spoken(made: Reading, paragraph: Paragraph) -> bool:
    quote = made.quoted[paragraph.first]
    return quote >= 0 and made.quotes[quote].label is not None
