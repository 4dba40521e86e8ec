"""A typed statement with its parameters and what lies below it; templates turn it into a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of an explanation. `kind` names the template, `about` fills it, `children` support it."""

    kind: str
    about: tuple[tuple[str, str], ...]
    children: tuple[Statement, ...] = ()

    def get(self, name: str) -> str:
        """A parameter, or '' when the statement has none of that name."""
        return dict(self.about).get(name, "")


def state(kind: str, children: Sequence[Statement], /, **about: str) -> Statement:
    """A statement with its parameters by name."""
    return Statement(kind, tuple(about.items()), tuple(children))
