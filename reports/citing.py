"""Sources numbered in the order in which a report first names them, each with how far it was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.model import KnowledgeBase
from reports.escaping import Code, Url, link_target
from reports.phrases import say, word


@dataclass(frozen=True, slots=True)
class Cite:
    """A source named at some place of a report, by its number."""

    number: int
    title: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source in the list at the end; `numbers` are those under which others keep it (DOI, PubMed), in the manner of NLM."""

    number: int
    id: str
    title: str
    url: Url
    seen: Code
    seen_word: str
    note: str
    numbers: str = ""


class Citations:
    """Gives every source its number the first time it is cited."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._numbers: dict[str, int] = {}

    def cite(self, ids: Iterable[str]) -> tuple[Cite, ...]:
        """The numbers of these sources, each once."""
        numbered = [(self._numbers.setdefault(name, len(self._numbers) + 1), name) for name in dict.fromkeys(ids)]
        return tuple(Cite(number, self._title(name)) for number, name in sorted(numbered))

    def listed(self) -> tuple[SourceView, ...]:
        """Every source cited so far, by number."""
        return tuple(self._view(name, number) for name, number in self._numbers.items())

    def _title(self, name: str) -> str:
        known = self._kb.sources.get(name)
        return known.title if known else name

    def _view(self, name: str, number: int) -> SourceView:
        known = self._kb.sources.get(name)
        seen = known.seen if known else "memory"
        url, note = (known.url, known.note) if known else ("", "")
        numbers = say("source_numbers", doi=known.doi, pmid=known.pmid, pmcid=known.pmcid) if known else ""
        return SourceView(number, name, self._title(name), link_target(url), Code(seen), word("seen", seen), note, numbers)
