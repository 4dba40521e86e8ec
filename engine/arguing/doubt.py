"""What would change a result: answers that may have been misread, the bedside change that breaks the chain, what the next tests tell."""

from __future__ import annotations

from dataclasses import dataclass

from engine.arguing.breaking import Break, break_chain
from engine.arguing.meaning import Telling, what_tests_would_tell
from engine.arguing.variants import Variants
from engine.case import Case
from engine.questioning.fragile import Fragile, fragile
from engine.result import Inference


@dataclass(frozen=True, slots=True)
class Doubt:
    """`fragile` and `tests` are empty while a referral, or that this person is out of scope, decides whatever else is found (`settled`)."""

    settled: bool
    fragile: Fragile | None
    breaking: Break
    tests: tuple[Telling, ...]


def doubt(found: Inference, case: Case, variants: Variants) -> Doubt:
    """Everything that would change what is concluded about a case; a twentieth of a second."""
    breaking = break_chain(found, case, variants)
    if breaking.held:
        return Doubt(True, None, breaking, ())
    tests = what_tests_would_tell(found.explanations[0], found, case, variants) if found.explanations else ()
    return Doubt(False, fragile(case, variants.arrays) if case.answers else None, breaking, tests)
