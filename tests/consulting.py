"""A consult held by a test: lines go in, the state and what was shown come out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from consult.asking import question
from consult.dialogue import start, step
from consult.state import Dialogue
from engine.case import Case, Value
from knowledge.model import Finding
from tests.shipped import reasoner

PLAIN = ("no", "none", "normal", "negative", "same", "stable", "pass", "relaxes")
"""Words that say that nothing is wrong, in the order they are looked for."""
NEW = Case("new", {})


@cache
def fresh() -> Dialogue:
    """A consult in which nothing was said yet."""
    return start(NEW, "new.yaml", reasoner())[0]


def said(*lines: str, after: Dialogue | None = None) -> tuple[Dialogue, str]:
    """The consult after these lines, and everything that was shown for the last one."""
    state, shown = after or fresh(), ()
    for line in lines:
        state, shown = step(state, line, reasoner())
    return state, "\n".join(shown)


def after(*lines: str, state: Dialogue | None = None) -> Dialogue:
    """The consult after these lines."""
    return said(*lines, after=state)[0]


def on(finding: str) -> Dialogue:
    """A consult in which `finding` is asked and nothing was told."""
    return after(f"change {finding}")


def asked(state: Dialogue) -> str:
    """What is asked now, as it is shown."""
    return "\n".join(question(state, reasoner().kb))


def told(state: Dialogue, finding: str) -> dict[str, tuple[Value, dict[str, Value]]]:
    """The answers to one finding, by side."""
    return {side: (a.value, dict(a.details)) for (name, side), a in state.case.answers.items() if name == finding}


def held(lines_for: Callable[[Finding], Iterable[str]]) -> list[tuple[str, str, Dialogue, str]]:
    """A consult from the first question to the last: (finding, line, state after it, what was shown) for each line."""
    state, out = fresh(), []
    while state.asked:
        finding = reasoner().kb.findings[state.asked.finding]
        for line in lines_for(finding):
            state, shown = said(line, after=state)
            out.append((finding.id, line, state, shown))
    return out


def plain_line(finding: Finding) -> str:
    """An answer that says that nothing is wrong, or that nobody knows."""
    word = next((one for one in PLAIN if one in finding.words), "unknown")
    return f"both {word}" if finding.per_side else word
