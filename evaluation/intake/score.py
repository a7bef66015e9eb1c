"""Scores intake on the annotated articles: ``python -m evaluation.intake.score [--split tune] [--misses]``.

*Spans*: quoted stretches found exactly. *Quote with speaker*: the same stretch, and the speaker meant. *Speakers of
partial quotes*: of stretches that are only part of a sentence, those whose speaker is right. For drafts, a clause is
found when it and the annotated one share at least half of their characters; conditions and durations likewise. The peer
is the plain approach: paired marks, and the nearest name beside the nearest “said”.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from evaluation.intake import plain
from evaluation.intake.annotated import Article, Mark, articles
from goodoffices.statements.intake import intake
from goodoffices.statements.intake.drafts import KINDS, Drafts
from goodoffices.statements.intake.spans import Span

TARGETS = {"quote with speaker": 0.92, "spans": 0.97, "speakers of partial quotes": 0.80}
RECALL_ONLY = {"told in other words"}  # not every clause of indirect speech is annotated
TAGS = dict(zip(KINDS, ("demand", "offer", "agreement", "refusal", "request", "threat", "commitment"), strict=True))


@dataclass
class Score:
    """Counts of one measure."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


Scores = dict[str, Score]
Quoted = list[tuple[int, int, str]]  # where a quoted stretch stands, and who is taken to have said it


def score(split: str, read: Callable[[str], Drafts] = intake) -> Scores:
    """Every measure over one part of the evaluation set."""
    scores: Scores = {}
    for article in articles(split):
        drafts = read(article.text)
        _quotes(article, _quoted(drafts), scores)
        _gists(article, drafts, scores)
        _deeds(article, drafts, scores)
        _people(article, drafts, scores)
        _meetings(article, drafts, scores)
        _boilerplate(article, drafts, scores)
    return scores


def peer(split: str) -> Scores:
    """The plain approach on the same quotes."""
    scores: Scores = {}
    for article in articles(split):
        _quotes(article, plain.quotes(article.text), scores)
    return scores


def _quoted(drafts: Drafts) -> Quoted:
    return [
        (q.start, q.end, s.resolved or (s.speaker.text if s.speaker else ""))
        for s in drafts.statements
        for q in s.quotes
    ]


def _quotes(article: Article, found: Quoted, scores: Scores) -> None:
    spans, both = _of(scores, "spans"), _of(scores, "quote with speaker")
    partial = _of(scores, "speakers of partial quotes")
    said = {(start, end): who for start, end, who in found}
    wanted = {(m.start, m.end): m for m in article.of("q")}
    for one in (spans, both):
        one.found += len(said)
        one.wanted += len(wanted)
    for place, mark in wanted.items():
        who = said.get(place)
        right = who is not None and same(mark.says["by"], who)
        spans.right += who is not None
        both.right += right
        if who is None or not right:
            both.misses.append(f"{article.name}: {article.words(mark)[:60]!r} by {mark.says['by']!r}, found {who!r}")
        if "partial" in mark.says:
            partial.wanted += 1
            partial.found += 1
            partial.right += right
    for place in said.keys() - wanted.keys():
        spans.misses.append(f"{article.name}: {article.text[slice(*place)]!r} is nobody's words")


def same(wanted: str, found: str) -> bool:
    """Whether two ways of naming somebody are one: the same last word, or all words of one within the other.

    So “a waiter” is “a waiter who was in the room”, and “Orrel” is “Hana Orrel”.
    """
    one, other = _name(wanted), _name(found)
    return bool(one and other) and (
        one == other or one[-1] == other[-1] or set(one) <= set(other) or set(other) <= set(one)
    )


def _name(text: str) -> list[str]:
    return [w for w in re.split(r"\W+", text.casefold()) if w and w not in ("the", "a", "an", "s")]


def _overlap(mark: Mark, span: Span) -> float:
    shared = min(mark.end, span.end) - max(mark.start, span.start)
    return max(0, shared) / (max(mark.end, span.end) - min(mark.start, span.start))


def _gists(article: Article, drafts: Drafts, scores: Scores) -> None:
    gists = [s for s in drafts.statements if s.gist is not None]
    one = _of(scores, "told in other words")
    used: set[int] = set()
    for mark in article.of("gist"):
        one.wanted += 1
        place = next(
            (n for n, s in enumerate(gists) if n not in used and s.gist and _overlap(mark, s.gist) >= 0.5), None
        )
        who = "" if place is None else gists[place].resolved or _text(gists[place].speaker)
        if place is not None:
            used.add(place)
        if place is not None and same(mark.says["by"], who):
            one.right += 1
        else:
            one.misses.append(
                f"{article.name}: told {article.words(mark)[:70]!r} by {mark.says['by']!r}, found {who!r}"
            )


def _text(span: Span | None) -> str:
    return span.text if span is not None else ""


def _deeds(article: Article, drafts: Drafts, scores: Scores) -> None:
    for kind, tag in TAGS.items():
        one, used = _of(scores, kind), set()
        deeds = drafts.deeds[kind]
        one.found += len(deeds)
        for mark in article.of(tag):
            one.wanted += 1
            best = max(
                (n for n in range(len(deeds)) if n not in used),
                key=lambda n: _overlap(mark, deeds[n].text),
                default=None,
            )
            if best is None or _overlap(mark, deeds[best].text) < 0.5:
                one.misses.append(f"{article.name}: no {tag}: {article.words(mark)!r}")
                continue
            used.add(best)
            one.right += 1
            _terms(article, mark, deeds[best], scores)
        one.misses += [
            f"{article.name}: too much, {tag}: {d.text.text!r}" for n, d in enumerate(deeds) if n not in used
        ]


def _terms(article: Article, mark: Mark, deed: object, scores: Scores) -> None:
    for tag, name in (("if", "conditions"), ("for", "durations")):
        one = _of(scores, f"{name} of deeds found")
        spans = getattr(deed, name)
        wanted = mark.all(tag)
        one.found += len(spans)
        one.wanted += len(wanted)
        for w in wanted:
            if any(_overlap(w, s) >= 0.5 for s in spans):
                one.right += 1
            else:
                one.misses.append(f"{article.name}: no {name} {article.words(w)!r}")
        one.misses += [
            f"{article.name}: too much {s.text!r}" for s in spans if not any(_overlap(w, s) >= 0.5 for w in wanted)
        ]
    by = _of(scores, "who does it")
    by.found += 1
    by.wanted += 1
    found = deed.by
    if found is not None and (same(mark.says["by"], found.text) or same(mark.says["by"], deed.resolved or "")):
        by.right += 1
    else:
        by.misses.append(f"{article.name}: by {mark.says['by']!r}, found {_text(found)!r}")
    if mark.name == "request":
        _answer(article, mark, deed, scores)


def _answer(article: Article, mark: Mark, deed: object, scores: Scores) -> None:
    one = _of(scores, "answers to requests found")
    following = next((m.start for m in article.of("request") if m.start > mark.start), len(article.text))
    wanted = next((m for m in article.of("answer") if mark.start < m.start < following), None)
    found: Span | None = deed.answer
    one.found += found is not None
    one.wanted += wanted is not None
    if wanted is not None and found is not None and _overlap(wanted, found) >= 0.4:
        one.right += 1
    elif wanted is not None or found is not None:
        one.misses.append(
            f"{article.name}: answer {article.words(wanted) if wanted else None!r}, found {_text(found)!r}"
        )


def _people(article: Article, drafts: Drafts, scores: Scores) -> None:
    one = _of(scores, "participants")
    one.found += len(drafts.participants)
    for mark in article.of("person"):
        one.wanted += 1
        person = next((p for p in drafts.participants if same(article.words(mark), p.name.text)), None)
        if person is None:
            one.misses.append(f"{article.name}: no person {article.words(mark)!r}")
            continue
        one.right += 1
        for key, name in (("f", "function"), ("d", "delegation")):
            _field(article, mark, key, getattr(person, name), _of(scores, f"{name}s of participants found"))
    names = [article.words(m) for m in article.of("person")]
    one.misses += [
        f"{article.name}: nobody {p.name.text!r}"
        for p in drafts.participants
        if not any(same(n, p.name.text) for n in names)
    ]


def _field(article: Article, mark: Mark, key: str, found: Span | None, one: Score) -> None:
    wanted = mark.says.get(key, "")
    one.found += found is not None
    one.wanted += bool(wanted)
    if wanted and found is not None and set(_name(wanted)) & set(_name(found.text)):
        one.right += 1
    elif wanted or found is not None:
        one.misses.append(f"{article.name}: {article.words(mark)}: {wanted!r}, found {_text(found)!r}")


def _meetings(article: Article, drafts: Drafts, scores: Scores) -> None:
    for name in ("venue", "host", "time", "length"):
        one = _of(scores, f"meetings: {name}")
        found = [s for m in drafts.meetings if (s := getattr(m, name)) is not None]
        wanted = article.of(name)
        one.found += len(found)
        one.wanted += len(wanted)
        for mark in wanted:
            if any(_overlap(mark, s) >= 0.5 for s in found):
                one.right += 1
            else:
                one.misses.append(f"{article.name}: no {name} {article.words(mark)!r}")
        one.misses += [
            f"{article.name}: no such {name} {s.text!r}"
            for s in found
            if not any(_overlap(w, s) >= 0.5 for w in wanted)
        ]


def _boilerplate(article: Article, drafts: Drafts, scores: Scores) -> None:
    one = _of(scores, "boilerplate")
    wanted = article.of("boiler")
    found = [b.span for b in drafts.boilerplate if b.why != "repeated"]
    one.found += len(found)
    one.wanted += len(wanted)
    one.right += sum(any(_overlap(m, s) >= 0.5 for s in found) for m in wanted)
    one.misses += [
        f"{article.name}: boilerplate {s.text!r}" for s in found if not any(_overlap(m, s) >= 0.5 for m in wanted)
    ]


def _of(scores: Scores, name: str) -> Score:
    return scores.setdefault(name, Score())


def lines(scores: Scores, plainly: Scores) -> Iterator[str]:
    """A table: each measure with precision, recall, F1, the target where there is one, and the peer's F1."""
    yield f"  {'':28} {'precision':>9} {'recall':>7} {'F1':>6} {'target':>7} {'plain':>6}  of"
    for name, one in scores.items():
        target = f"{TARGETS[name]:.2f}" if name in TARGETS else ""
        other = f"{plainly[name].f1:.3f}" if name in plainly else ""
        if name in RECALL_ONLY:
            yield f"  {name:28} {'':9} {one.recall:7.3f} {'':6} {'':7} {'':6}  {one.wanted}"
        else:
            figures = f"{one.precision:9.3f} {one.recall:7.3f} {one.f1:6.3f}"
            yield f"  {name:28} {figures} {target:>7} {other:>6}  {one.wanted}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--split", choices=("tune", "report"), action="append")
    parser.add_argument("--misses", action="store_true", help="what was missed, for the part to tune on only")
    asked = parser.parse_args()
    for split in asked.split or ["tune", "report"]:
        scores = score(split)
        styles = Counter(a.style.split(",")[0] for a in articles(split))
        print(f"{split}: {sum(styles.values())} articles")
        print("\n".join(lines(scores, peer(split))))
        if asked.misses and split == "tune":
            for name, one in scores.items():
                print("\n".join([f"\n{name}", *(f"  {miss}" for miss in one.misses)]))


if __name__ == "__main__":
    main()
