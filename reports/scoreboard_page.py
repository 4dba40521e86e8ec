"""The scoreboard as a page in Markdown: rates first, every case, and one line for each disagreement with its explanation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from engine.cases import RANKED, Mark
from reports.escaping import markdown, plain

GROUPS = {
    "a": "a distant cause", "b": "a local diagnosis", "c": "a serious cause", "d": "fear, mood or a sensitive system",
    "e": "a distant cause was suspected and not found",
}
"""Published cases by the first letter of their id: what their clinician concluded."""
RATES = ("group", "blocks", "outcome as expected", "accepted cause first", f"among the first {RANKED}")
HEAD = """# Scoreboard

Written by `backcause kb test --md`; do not edit. A published case is one clinician's reading of one person, so agreement with it
is not proof, and a disagreement is not always ours to mend."""


def scoreboard_page(marks: Sequence[Mark], published: Set[str], explained: Mapping[str, str]) -> str:
    """The whole page."""
    own = [mark for mark in marks if mark.case not in published]
    told = [mark for mark in marks if mark.case in published and not mark.too_thin]
    thin = [mark for mark in marks if mark.case in published and mark.too_thin]
    parts = (
        [HEAD], _groups(told), _table("Published cases", told), _table("Published, too thin to count", thin), _table("Our own cases", own),
        over_triage(marks),
        _disagreements([mark for mark in marks if not mark.agrees], explained),
    )
    return "\n\n".join(block for part in parts for block in part) + "\n"


def _groups(marks: Sequence[Mark]) -> Iterator[str]:
    """How each group came out, in the terms the cases were chosen for."""
    if not marks:
        return
    yield "## Rates"
    groups = {letter: [mark for mark in marks if mark.case.startswith(letter)] for letter in GROUPS}
    rows = [_rates(f"{letter}: {GROUPS[letter]}", listed) for letter, listed in groups.items() if listed]
    rows += [_rates("a and b together", [*groups["a"], *groups["b"]]), _rates("all", marks)]
    yield _rows((*RATES, "false referrals", "must not lead and does"), rows)


def _rates(name: str, marks: Sequence[Mark]) -> list[str]:
    named = [mark for mark in marks if mark.wanted]
    first, near = (sum(1 for mark in named if mark.rank and mark.rank <= most) for most in (1, RANKED))
    said = [sentence for mark in marks for sentence in mark.disagreements]
    false, wrong = sum(one.startswith("false referral") for one in said), sum(one.endswith("leads and must not") for one in said)
    return [name, *map(str, (len(marks), sum(mark.outcome in mark.wanted for mark in named), first, near, false, wrong))]


def _table(title: str, marks: Sequence[Mark]) -> Iterator[str]:
    if not marks:
        return
    yield f"## {title}: {sum(mark.agrees for mark in marks)} of {len(marks)} agree"
    head = ("case", "outcome", "urgency", "first", "accepted cause at", "margin", "agrees")
    yield _rows(head, (_row(mark) for mark in marks))


def _row(mark: Mark) -> list[str]:
    rank, margin = ("" if number is None else str(number) for number in (mark.rank, mark.margin))
    cause = _code(mark.cause) if mark.cause else ""
    return [_code(name_of(mark)), mark.outcome, mark.urgency, cause, rank, margin, "yes" if mark.agrees else "no"]


def _disagreements(marks: Sequence[Mark], explained: Mapping[str, str]) -> Iterator[str]:
    if not marks:
        return
    yield "## Disagreements"
    lines = ((_code(name_of(mark)), markdown("; ".join(mark.disagreements)), markdown(why(mark, explained))) for mark in marks)
    yield "\n".join(f"- {name}: {said}. {reason}" for name, said, reason in lines)


def over_triage(marks: Sequence[Mark]) -> Iterator[str]:
    """Cases that are sent on more urgently than expected, in one line."""
    told = [f"{name_of(mark)} ({mark.urgency}, expected {mark.least_urgency})" for mark in marks if mark.over_triaged]
    if told:
        yield f"More urgent than expected: {', '.join(told)}"


def name_of(mark: Mark) -> str:
    """The case, and which batch of later answers it is about."""
    return mark.case if not mark.block else f"{mark.case}+{mark.block}"


def why(mark: Mark, explained: Mapping[str, str]) -> str:
    """The sentence that explains a disagreement."""
    return explained.get(mark.case, "Not explained.")


def _rows(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


def _code(text: str) -> str:
    return f"`{plain(text).replace('`', '').replace('|', '')}`"
