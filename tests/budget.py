"""How many examples a property gets: a fixed few in CI, as many as BACKCAUSE_EXAMPLES says in a long run."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

WANTED = int(os.environ.get("BACKCAUSE_EXAMPLES", "0"))
_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)


def examples(few: int, shrink: bool = False) -> settings:
    """The same few examples on every run, or a long run over new ones each time.

    Most properties here draw a seed, of which a smaller one is no simpler; they cut their example down themselves.
    """
    phases = (Phase.explicit, Phase.generate, *((Phase.shrink,) if shrink else ()))
    return settings(
        max_examples=WANTED or few, derandomize=not WANTED, deadline=None, database=None, suppress_health_check=_SLOW, phases=phases
    )
