"""Phrases that say how one thing comes from another, and how much each of them claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.model_plans import CLAIM_LEVELS, Wording

_CLAUSE_ENDS = re.compile(r"[.;:!?,(]")
_DENIES = re.compile(r"\b(?:no|not|nothing|never|none|cannot|nor|neither|whether)\b|n't\b", re.IGNORECASE)
_DENIED_AFTER = re.compile(r"\s+(?:no|nothing)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A phrase found in a text, with the level it needs."""

    phrase: str
    level: str
    start: int


def above(level: str, most: str) -> bool:
    """Whether a level claims more than another."""
    return CLAIM_LEVELS.index(level) > CLAIM_LEVELS.index(most)


@dataclass(frozen=True, slots=True)
class Phrases:
    """The causal phrases of a wording; the longest that fits counts, so 'likely goes back to' is not 'goes back to'."""

    levels: dict[str, str]
    pattern: re.Pattern[str] | None

    def found(self, text: str) -> Iterator[Claimed]:
        """Every phrase that is not denied in its own clause, before or right after it."""
        for match in self.pattern.finditer(text) if self.pattern else ():
            clause = _CLAUSE_ENDS.split(text[:match.start()])[-1]
            phrase = " ".join(match[0].lower().split())
            if not _DENIES.search(clause) and not _DENIED_AFTER.match(text, match.end()):
                yield Claimed(phrase, self.levels[phrase], match.start())

    def above(self, text: str, most: str) -> Iterator[Claimed]:
        """Those that claim more than a level."""
        yield from (one for one in self.found(text) if above(one.level, most))


def phrases_of(wording: Wording) -> Phrases:
    """The phrases a wording lists."""
    levels = {" ".join(phrase.lower().split()): level for level, listed in wording.causal.items() for phrase in listed}
    longest = sorted(levels, key=lambda phrase: (-len(phrase), phrase))
    words = (r"\s+".join(map(re.escape, phrase.split())) for phrase in longest)
    return Phrases(levels, re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE) if longest else None)
