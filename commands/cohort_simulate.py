"""What `backcause cohort simulate` does, whatever writes its table: draw people, a portion at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from commands.session import Session

if TYPE_CHECKING:
    from engine.cohort.simulate import Columns

Write = Callable[[Iterator["Columns"]], None]
"""Writes portions of columns (by name, each by its distinct values) one after the other as a table."""


def simulate_people(session: Session, people: int, seed: int, write: Write) -> None:
    """Draw synthetic people from the knowledge of the session and hand them to `write`; tells on standard error what they are."""
    from engine.cohort.simulate import Simulator

    began = time.perf_counter()
    write(Simulator(session.kb()).portions(people, seed))
    speed = people / max(time.perf_counter() - began, 1e-9)
    session.say(f"{people} synthetic people of seed {seed}, {speed:.0f} people/s; 'true_cause' says what each of them has")
