"""A readout as Markdown, as an HTML document that needs nothing else, and as JSON.

JSON (keys are stable): ``talks``, ``title``, ``room`` {``name``, ``kind``, ``size``}, ``meeting`` {``name``, ``title``,
``ref``}, ``source``, ``sections`` [{``code``, ``title``, ``items`` [item]}], ``labels`` [{``code``, ``text``}].
An item: ``ref``, ``entry`` (its seq), ``text``, ``quotes`` and ``details`` [{``label``, ``text``}], ``labels``
[{``code``, ``text``}], ``answers`` [item], ``notes`` [text].
"""

from __future__ import annotations

import json as json_module
import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from goodoffices.readouts.items import Item, Section
from goodoffices.readouts.labels import Label
from goodoffices.readouts.lines.line import Pair
from goodoffices.readouts.readout import Readout
from goodoffices.readouts.views import Translate, untranslated

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~&])")


def markdown(readout: Readout, translate: Translate = untranslated) -> str:
    """CommonMark; words of the record are escaped, so that they cannot pass for headings or links."""
    _ = translate
    lines = [f"# {_md(readout.talks_title)}: {_md(readout.title)}", "", _md(readout.source), ""]
    for section in readout.sections:
        lines += [f"## {_md(section.title)}", ""]
        for item in section.items:
            lines += _md_item(item, "", _)
        lines.append("")
    if readout.legend:
        lines += ["## " + _("How to read the labels"), ""]
        lines += [f"- {_md(label.code)}: {_md(label.text)}" for label in readout.legend]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def _md(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def _md_item(item: Item, indent: str, _: Translate) -> Iterator[str]:
    where = _("entry {seq}").format(seq=item.seq)
    tail = "; ".join([*(label.text for label in item.labels), where])
    yield f"{indent}- {_one_line(item.text)} ({_md(tail)})"
    inner = indent + "  "
    for label, text in item.quotes:
        yield from _md_quote(label, text, inner)
    for label, text in item.details:
        yield f"{inner}- {_md(label)}: {_one_line(text)}"
    for note in item.notes:
        yield f"{inner}- **{_md(note)}**"
    for answer in item.answers:
        yield from _md_item(answer, inner, _)


def _one_line(text: str) -> str:
    return _md(" ".join(text.split()))


def _md_quote(label: str, text: str, indent: str) -> Iterator[str]:
    first = f"{label}: " if label else ""
    yield ""
    for number, line in enumerate(text.split("\n")):
        yield f"{indent}> {_md(first) if number == 0 else ''}{_md(line)}".rstrip()
    yield ""


_STYLE = """body{font:1rem/1.5 serif;max-width:45rem;margin-inline:auto;padding:1rem;color:#1a1a1a;background:#fff}
li{margin-block:.4rem}blockquote{margin-block:.3rem;margin-inline:1rem;padding-inline-start:.6rem;
border-inline-start:.2rem solid #767676;white-space:pre-wrap}.labels{color:#595959;font-size:.85rem}"""


def html(readout: Readout, translate: Translate = untranslated, lang: str = "en") -> str:
    """A whole document: no script, nothing fetched."""
    title = f"{readout.talks_title}: {readout.title}"
    return (
        f'<!doctype html>\n<html lang="{escape(lang)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"{fragment(readout, translate)}\n</main>\n</body>\n</html>\n"
    )


def fragment(readout: Readout, translate: Translate = untranslated) -> str:
    """One ``article``, to stand in a page: a heading of level 1 and sections of level 2; everything is escaped."""
    _ = translate
    parts = [
        '<article class="readout">',
        f'<h1 dir="auto">{escape(readout.talks_title)}: {escape(readout.title)}</h1>',
        f"<p>{escape(readout.source)}</p>",
        *(_html_section(section, _) for section in readout.sections),
    ]
    if readout.legend:
        rows = "".join(f"<dt>{escape(x.code)}</dt><dd>{escape(x.text)}</dd>" for x in readout.legend)
        parts.append(f'<section class="legend"><h2>{escape(_("How to read the labels"))}</h2><dl>{rows}</dl></section>')
    return "\n".join([*parts, "</article>"])


def _html_section(section: Section, _: Translate) -> str:
    items = "\n".join(_html_item(item, _) for item in section.items)
    return f'<section class="{escape(section.code)}"><h2>{escape(section.title)}</h2>\n<ul>\n{items}\n</ul></section>'


def _html_item(item: Item, _: Translate) -> str:
    where = escape(_("entry {seq}").format(seq=item.seq))
    parts = [
        f'<li data-ref="{escape(item.ref)}"><span dir="auto">{escape(item.text)}</span> {_html_labels(item, where)}'
    ]
    parts += [_html_quote(pair) for pair in item.quotes]
    parts += [f'<p dir="auto">{escape(label)}: {escape(text)}</p>' for label, text in item.details]
    parts += [f"<p><strong>{escape(note)}</strong></p>" for note in item.notes]
    if item.answers:
        parts.append("<ul>" + "\n".join(_html_item(answer, _) for answer in item.answers) + "</ul>")
    return "\n".join([*parts, "</li>"])


def _html_labels(item: Item, where: str) -> str:
    marks = "; ".join(f'<bdi class="label {escape(x.code)}">{escape(x.text)}</bdi>' for x in item.labels)
    return f'<small class="labels">({"; ".join(part for part in (marks, where) if part)})</small>'


def _html_quote(pair: Pair) -> str:
    label, text = pair
    head = f"{escape(label)}: " if label else ""
    return f'<blockquote dir="auto">{head}{escape(text)}</blockquote>'


def json(readout: Readout) -> str:
    """As the module says; UTF-8 text, indented, one trailing newline."""
    value = {
        "talks": readout.talks,
        "title": readout.talks_title,
        "room": {"name": readout.room, "kind": readout.room_kind, "size": readout.size},
        "meeting": {"name": readout.meeting, "title": readout.title, "ref": readout.ref},
        "source": readout.source,
        "sections": [
            {"code": s.code, "title": s.title, "items": [_json_item(item) for item in s.items]}
            for s in readout.sections
        ],
        "labels": _json_labels(readout.legend),
    }
    return json_module.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _json_item(item: Item) -> dict[str, Any]:
    return {
        "ref": item.ref,
        "entry": item.seq,
        "text": item.text,
        "quotes": _json_pairs(item.quotes),
        "details": _json_pairs(item.details),
        "labels": _json_labels(item.labels),
        "answers": [_json_item(answer) for answer in item.answers],
        "notes": list(item.notes),
    }


def _json_pairs(pairs: Iterable[Pair]) -> list[dict[str, str]]:
    return [{"label": label, "text": text} for label, text in pairs]


def _json_labels(labels: Iterable[Label]) -> list[dict[str, str]]:
    return [{"code": label.code, "text": label.text} for label in labels]
