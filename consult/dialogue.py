"""A consult as a pure step: (state, line) -> (state, lines to show). What is shown and asked is decided below here, not in the terminal.

Commands stand alone on a line; everything else answers the question. Nothing is ever taken as a default.
"""

from __future__ import annotations

from dataclasses import replace

from consult.answering import Shown, answer, at_end
from consult.commands import COMMANDS, command_of, leave
from consult.sentences import news
from consult.state import ASKING, ENDED, LEAVING, Dialogue, opened
from engine.case import Case
from engine.infer import Reasoner
from knowledge.problems import counted

LONGEST_LINE = 2000
WELCOME = "Answer with a word or a number; '?' tells what else you can write."


def start(case: Case, output: str, reasoner: Reasoner, minutes: float | None = None) -> Shown:
    """A consult before the first line; a case that has answers is gone on with, and what stops it is said first."""
    state = opened(case, output, reasoner, minutes)
    lines = [WELCOME]
    if case.answers:
        lines.append(f"Going on with '{case.id}': {counted(len({name for name, _ in case.answers}), 'finding')} answered.")
    empty = replace(state.found, red_flags=(), out_of_scope=())
    lines += news(empty, state.found, reasoner.kb)
    return at_end(state, tuple(lines), reasoner.kb)


def step(state: Dialogue, line: str, reasoner: Reasoner) -> Shown:
    """The consult after one line, and what to show for it. Never raises, whatever the line."""
    state, line = replace(state, wants_save=False), clean(line)
    if state.mode == ENDED:
        return state, ()
    if state.mode == LEAVING:
        return leave(state, line, reasoner)
    command, rest = command_of(line, state, reasoner.kb)
    return COMMANDS[command](state, rest, reasoner) if command else answer(state, line, reasoner)


def clean(line: str) -> str:
    """A line without what no reader sees; far too long ones are cut."""
    return " ".join("".join(char if char.isprintable() else " " for char in line[:LONGEST_LINE]).split())


def saved(state: Dialogue) -> Dialogue:
    """The terminal has written the case; a consult that was about to end ends."""
    mode = ENDED if state.mode == LEAVING else state.mode
    return replace(state, saved=state.case.answers, wants_save=False, mode=mode)


def not_saved(state: Dialogue) -> Dialogue:
    """The terminal could not write the case; the consult goes on, so that it can be saved elsewhere."""
    return replace(state, wants_save=False, mode=ASKING)
