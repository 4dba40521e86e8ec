"""The questions of the adaptive stage in order of worth, and whether it is time to stop."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from engine.result import Question, Reason
from knowledge.model import KnowledgeBase, Stage

LEAST_MINUTES = 0.1
"""What a question costs at the least; reading something off a paper takes time too."""
DIGITS = 6
"""Worth is compared to so many digits, so that no rounding of the machine decides what is asked."""


def adaptive_stage(kb: KnowledgeBase) -> Stage | None:
    """The stage in which each answer decides what is asked next, if the strategy has one."""
    return next((one for one in kb.stages if one.adaptive), None)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A question with its cost in clinician-minutes and its gain in bits. `turns`: some answer would change what stands first,
    whether it leads, or how far it may be claimed; `settles`: it can define a conclusion, not only hint at one."""

    question: Question
    minutes: float
    gain: float
    turns: bool
    settles: bool

    @property
    def value(self) -> float:
        """Bits a minute."""
        return round(self.gain / max(self.minutes, LEAST_MINUTES), DIGITS)

    @property
    def order(self) -> tuple[float, bool, bool, float, str]:
        """Most worth first; then what may turn the lead, what settles, what is cheap; then by name."""
        return (-self.value, not self.turns, not self.settles, self.minutes, self.question.finding)


@dataclass(frozen=True, slots=True)
class Ranking:
    """What could still be asked, the best first; `trial` is the bedside change that best separates the first two explanations."""

    weighed: tuple[Weighed, ...]
    trial: Weighed | None
    least_gain: float
    step: str

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions, the best first."""
        return tuple(one.question for one in self.weighed)

    def without(self, left: Collection[str]) -> tuple[Weighed, ...]:
        """What is left when these findings are left alone."""
        return tuple(one for one in self.weighed if one.question.finding not in left)

    def stop(self, left: Collection[str] = (), minutes: float = float("inf")) -> Reason | None:
        """Why not to go on, with `minutes` left: nothing can change, little is to gain, or no time; None when there is a reason to ask.

        One step is looked ahead: every single answer was tried, not every sequence of answers.
        """
        open_ = self.without(left)
        if not any(one.turns for one in open_):
            return Reason("settled", (("step", self.step),))
        if max(one.gain for one in open_) < self.least_gain:
            return Reason("little_gain", (("step", self.step),))
        if not any(one.minutes <= minutes for one in open_):
            return Reason("no_time", (("step", self.step),))
        return None

    def next(self, left: Collection[str] = (), minutes: float = float("inf")) -> Weighed | None:
        """The best question that fits in the minutes left."""
        return next((one for one in self.without(left) if one.minutes <= minutes), None)
