"""Predict, then reveal: a case stage by stage as a pure step, (state, line) -> (state, what to show).

What needs a report is not written here: it is asked for by its topic, and the terminal puts the text in its place. Nothing is ever
taken as a default: only a number is a prediction.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from consult.dialogue import clean
from consult.lesson import Lesson, Prediction, Stage, lesson
from engine.case import Case
from engine.infer import Reasoner
from engine.result import Node

HELP = (
    "A number          your prediction",
    "skip              leave this one; it is told and not counted",
    "back  or  <       take the last prediction back",
    "show              what is known so far, once more",
    "quit              end without the rest",
)
WELCOME = "The case comes in parts. Write the number of what you predict; '?' tells what else you can write."


@dataclass(frozen=True, slots=True)
class Topic:
    """A text that somebody else writes: how (a conclusion came about), argue (theirs beside ours), decision (why the outcome is so)."""

    what: str
    node: Node | None = None


Shown = tuple["Learning", tuple[str | Topic, ...]]


@dataclass(frozen=True, slots=True)
class Learning:
    """A lesson between two lines: the predictions made so far (None where one was left), in order; `ended` when it is over or left."""

    lesson: Lesson
    made: tuple[str | None, ...] = ()
    ended: bool = False

    @property
    def asked(self) -> Prediction | None:
        """The prediction that waits; none at the end."""
        every = _predictions(self.lesson)
        return every[len(self.made)][1] if not self.ended and len(self.made) < len(every) else None

    @property
    def finished(self) -> bool:
        """Whether everything was told."""
        return len(self.made) == len(_predictions(self.lesson))


def begin(case: Case, reasoner: Reasoner) -> Shown:
    """The first part of a case, before any prediction."""
    state = Learning(lesson(case, reasoner))
    told = [WELCOME, *_headed("The person", tuple(f"  {line}" for line in case.story))] if case.story else [WELCOME]
    return state, (*told, *_until(0, state))


def step(state: Learning, line: str) -> Shown:
    """The lesson after one line, and what to show for it. Never raises, whatever the line."""
    word = clean(line).casefold()
    asked = state.asked
    if asked is None:
        return state, ()
    match word:
        case "quit" | "exit":
            return replace(state, ended=True), ()
        case "?" | "help":
            return state, HELP
        case "show":
            return state, _known(state)
        case "back" | "<":
            return (replace(state, made=state.made[:-1]), ("taken back",)) if state.made else (state, ("There is nothing to take back.",))
        case "skip":
            return _told(replace(state, made=(*state.made, None)), asked)
    if word.isdecimal() and 1 <= int(word) <= len(asked.choices):
        return _told(replace(state, made=(*state.made, asked.choices[int(word) - 1].key)), asked)
    return state, (f"Write a number from 1 to {len(asked.choices)}, or skip.",)


def question(state: Learning) -> tuple[str, ...]:
    """What is to be predicted now, with its choices."""
    asked = state.asked
    if asked is None:
        return ()
    return ("", asked.ask, *(f"  {number}. {one.text}" for number, one in enumerate(asked.choices, start=1)))


def _predictions(told: Lesson) -> list[tuple[int, Prediction]]:
    """Every prediction with the number of its stage."""
    return [(number, one) for number, stage in enumerate(told.stages) for one in stage.predictions]


def _told(state: Learning, asked: Prediction) -> Shown:
    """What the program says to a prediction, then what comes next. The outcome waits for the cause, so that it gives nothing away."""
    place = len(state.made)
    if state.finished:
        return state, tuple(_reveal(state))
    if asked.what == "outcome":
        return state, ()
    lines = (_compared(asked, state.made[-1]), *(f"   {one}" for one in asked.why))
    return state, (*lines, *_until(place, state))


def _compared(asked: Prediction, chosen: str | None) -> str:
    ours = asked.choice(asked.ours).text
    if chosen is None:
        return f"The program says: {ours}"
    return f"Agreed: {ours}" if chosen == asked.ours else f"Differed: you said '{asked.choice(chosen).text}', the program says '{ours}'"


def _reveal(state: Learning) -> Iterator[str | Topic]:
    """The end: outcome and cause beside what was predicted, how the leading explanation came about, and what would decide."""
    pairs = zip([one for _, one in _predictions(state.lesson)], state.made, strict=True)
    last = {asked.what: (asked, made) for asked, made in pairs if asked.what in ("outcome", "cause")}
    yield from ("", "What the program concludes", "")
    yield from (_compared(asked, made) for asked, made in last.values())
    yield Topic("decision")
    if best := state.lesson.found.leading:
        yield Topic("how", best.driver or best.cause)
    theirs = _differing(*last["cause"]) if "cause" in last else None
    yield from [Topic("argue", theirs)] if theirs else []
    yield from ("", _sum(state))


def _differing(asked: Prediction, made: str | None) -> Node | None:
    """The conclusion somebody predicted and the program did not."""
    return asked.choice(made).node if made is not None and made != asked.ours else None


def _sum(state: Learning) -> str:
    """How many predictions agreed; those left are not counted."""
    pairs = [(one.ours, made) for (_, one), made in zip(_predictions(state.lesson), state.made, strict=True) if made is not None]
    return f"{sum(ours == made for ours, made in pairs)} of {len(pairs)} predictions agreed with the program, which may itself be wrong."


def _until(place: int, state: Learning) -> tuple[str, ...]:
    """The stages that come before the prediction at this place and after the one before it."""
    every = _predictions(state.lesson)
    first = every[place - 1][0] + 1 if place else 0
    last = every[place][0] if place < len(every) else len(state.lesson.stages) - 1
    return tuple(line for stage in state.lesson.stages[first : last + 1] for line in _stage(stage))


def _known(state: Learning) -> tuple[str, ...]:
    last = _predictions(state.lesson)[len(state.made)][0]
    return tuple(line for stage in state.lesson.stages[: last + 1] for line in _stage(stage))


def _stage(stage: Stage) -> tuple[str, ...]:
    return _headed(stage.title, stage.lines) if stage.lines else ()


def _headed(title: str, lines: tuple[str, ...]) -> tuple[str, ...]:
    return ("", title, *lines)
