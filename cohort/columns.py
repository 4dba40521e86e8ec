"""Which columns of a table are reasoned with and which are only carried on; every mistake in a name is told at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cohort.problems import problem, raise_all
from engine.cohort.layout import Layout
from engine.cohort.people import RESULT_COLUMNS
from engine.cohort.table import PLAIN, read_columns
from knowledge.problems import Problem, did_you_mean


@dataclass(frozen=True, slots=True)
class Chosen:
    """Column names in the order of the table. `unknown` are those of the carried that nobody asked for by name."""

    reasoned: tuple[str, ...]
    carried: tuple[str, ...]
    unknown: tuple[str, ...]


def choose(names: Sequence[str], layout: Layout, shown: str, keep: Sequence[str] = (), keep_unknown: bool = False) -> Chosen:
    """Sort the columns of a table. Raises ProblemsFound with every name that is none."""
    carried = {name for name in names if name in PLAIN or name in keep}
    wrong = {name: told[0] for name in names if name not in carried and (told := read_columns([name], layout)[1])}
    unknown = tuple(name for name in wrong if keep_unknown)
    carried |= set(unknown)
    raise_all([
        *_names(names, shown), *_kept(names, keep, carried, shown),
        *(_no_column(name, says, shown) for name, says in wrong.items() if not keep_unknown and name),
    ])
    return Chosen(tuple(name for name in names if name not in carried), tuple(name for name in names if name in carried), unknown)


def _names(names: Sequence[str], shown: str) -> Iterator[Problem]:
    for name, times in Counter(names).items():
        if not name.strip():
            yield problem("TB006", shown, f"column {names.index(name) + 1} has no name", "name it, or delete it")
        elif times > 1:
            yield problem("TB006", shown, f"{times} columns have the name '{name}'", "keep one of them")


def _kept(names: Sequence[str], keep: Sequence[str], carried: set[str], shown: str) -> Iterator[Problem]:
    for name in dict.fromkeys(keep):
        if name not in names:
            yield problem("TB009", shown, f"there is no column '{name}' to keep", did_you_mean(name, names))
    for name in sorted(carried & set(RESULT_COLUMNS)):
        yield problem("TB009", shown, f"column '{name}' has the name of a column of the result", f"rename it, for example to 'my_{name}'")


def _no_column(name: str, says: str, shown: str) -> Problem:
    first, _, rest = says.partition(". did you mean ")
    hint = f"did you mean {rest} " if rest else ""
    return problem("TB007", shown, first.removesuffix("."), f"{hint}--keep '{name}' carries it on without reasoning with it")
