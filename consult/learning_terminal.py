"""A lesson at a terminal, or on lines from a pipe. An end of the input is never a prediction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TextIO

from consult.learning import Learning, Topic, begin, question, step
from consult.lines import line_reader, show
from consult.sentences import STOPS
from engine.case import Case
from engine.infer import Reasoner

DONE, CUT_SHORT, REFERRAL = 0, 1, 3
Tell = Callable[[Topic, Learning], str]
"""Writes the text of a topic."""


def run_lesson(reasoner: Reasoner, case: Case, tell: Tell, stdin: TextIO, stdout: TextIO) -> int:
    """Hold a lesson and return the exit code: 1 when the input ended before it did, 3 when it was told of an emergency, else 0."""
    state, told = begin(case, reasoner)
    try:
        read = line_reader(stdin, stdout)
        while True:
            show(_texts(told, state, tell), stdout)
            if state.asked is None:
                return REFERRAL if state.finished and state.lesson.found.urgency in STOPS else DONE
            show(question(state), stdout)
            state, told = step(state, read(()))
    except (EOFError, KeyboardInterrupt):
        show(("The input ended before the case did.",), stdout)
        return CUT_SHORT


def _texts(told: Iterable[str | Topic], state: Learning, tell: Tell) -> Iterator[str]:
    for one in told:
        yield from ("", *tell(one, state).splitlines()) if isinstance(one, Topic) else (one,)
