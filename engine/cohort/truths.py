"""Whether leaves and conditions hold, for a whole batch. Only `holds` is needed here: what is unknown does not hold."""

from __future__ import annotations

from functools import reduce

import numpy as np

from engine.cohort.batch import Batch, Bools
from engine.cohort.conditions import Condition, Look, Looks, Options
from engine.cohort.masks import anybody
from knowledge.sides import BODY, NONE


class Truths:
    """The truths of one batch, each computed once. What holds of nobody is `never` itself, and is passed over quickly.

    `states` tells for a node who has it supported and who refuted.
    """

    def __init__(self, batch: Batch, looks: Looks) -> None:
        self.batch, self.looks, self.layout = batch, looks, looks.layout
        self.states: dict[tuple[str, str], tuple[Bools, Bools]] = {}
        self.results: dict[tuple[str, str], Bools] = {}
        self.never = np.zeros(batch.n, np.bool_)
        self.always = np.ones(batch.n, np.bool_)
        self._seen: list[Bools | None] = [None] * len(looks.every)

    def either(self, options: Options) -> Bools:
        """Who has any of these looks true."""
        if len(options) == 1:
            return self.seen(options[0])
        held = [found for one in options if (found := self.seen(one)) is not self.never]
        return reduce(np.logical_or, held) if held else self.never

    def seen(self, number: int) -> Bools:
        """Who has a look true."""
        if number >= len(self._seen):  # looks that were first taken after this batch began
            self._seen += [None] * (number + 1 - len(self._seen))
        found = self._seen[number]
        if found is None:
            found = self._look(self.looks.every[number])
            self._seen[number] = found = found if found is self.never or anybody(found) else self.never
        return found

    def _look(self, look: Look) -> Bools:
        if look.codes:
            codes = self.batch.codes.get((look.subject, look.side))
            if codes is None:
                return self.never
            return reduce(np.logical_or, [codes == code for code in look.codes])
        if look.about == "conclusion":
            return self._stands(look)
        if look.about in ("outcome", "leading"):
            return self.results.get((look.about, look.words[0]), self.never)
        return reduce(np.logical_or, [self.batch.listed.get((look.subject, word), self.never) for word in look.words], self.never)

    def _stands(self, look: Look) -> Bools:
        if (look.subject, look.side) not in self.states:
            return self.never
        supported, refuted = self.states[look.subject, look.side]
        states = {"supported": supported, "refuted": refuted, "open": ~(supported | refuted)}
        return reduce(np.logical_or, [states[word] for word in look.words if word in states], self.never)

    def holds(self, condition: Condition) -> Bools:
        """Who has the condition true; `never` itself as soon as a part of it is true of nobody."""
        if condition.simple:
            return self.either(condition.all[0])
        parts: list[Bools] = []
        for options in (*condition.all, *([condition.any] if condition.any else ())):
            part = self.either(options)
            if part is self.never:
                return part
            parts.append(part)
        if condition.count:
            parts.append(self._enough(condition))
        found = reduce(np.logical_and, parts) if parts else self.always
        barred = self.either(condition.none) if condition.none else self.never
        return found if barred is self.never else np.asarray(found & ~barred)

    def _enough(self, condition: Condition) -> Bools:
        held = [found for one in condition.at_least if (found := self.either(one)) is not self.never]
        return np.asarray(np.sum(held, axis=0) >= condition.count) if len(held) >= condition.count else self.never


def target_nodes(target: str, side: str, per_side: bool) -> tuple[tuple[str, str], ...]:
    """The nodes a rule evaluated on `side` speaks about."""
    if not per_side:
        return ((target, NONE),)
    return ((target, side),) if side in BODY else tuple((target, one) for one in BODY)
