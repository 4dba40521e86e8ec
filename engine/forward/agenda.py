"""The order in which activations fire: total, and with exact removal of what is cancelled."""

from __future__ import annotations

import bisect
from typing import Any

from engine.forward.library import Strategy


class StableStrategy(Strategy):
    """A total order and exact removal.

    Newest facts first, then the order of the productions, then, when one production matches the same facts in two ways, the
    way with the newest fact in the first place.
    """

    @staticmethod
    def _key(activation: Any) -> tuple[Any, ...]:
        newest = sorted((fact["__factid__"] for fact in activation.facts), reverse=True)
        in_place = [fact["__factid__"] for fact in activation.rule.matched(activation.context)]
        return (activation.rule.salience, newest, -activation.rule.order, in_place)

    def _update_agenda(self, agenda: Any, added: Any, removed: Any) -> None:
        queue = agenda.activations
        for gone in removed:
            gone.key = self._key(gone)
            index = bisect.bisect_left(queue, gone)
            while index < len(queue) and queue[index].key == gone.key:
                if (queue[index].rule, queue[index].facts, queue[index].context) == (gone.rule, gone.facts, gone.context):
                    del queue[index]
                    break
                index += 1
        for new in added:
            new.key = self._key(new)
            bisect.insort(queue, new)
