"""A typed line as the tree a case file would hold: 'left 8 right 24' is {left: 8, right: 24}.

Words may be cut short while only one fits. `yes` and `no` are never cut: 'no' is no short form of 'normal' or 'none'.
What is wrong here is a problem as in a case file; what is wrong with the answer itself is left to the case reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from knowledge.model import UNKNOWN, Detail, Finding, detail_words
from knowledge.problems import Place, Problem, one_of
from knowledge.sides import BODY

Scalar = str | int | float
Tree = Scalar | dict[str, Scalar] | None

HERE = Place("consult")
SIDE_WORDS = {
    "left": "left", "l": "left", "right": "right", "r": "right", "both": "both",
    "unstated": "unstated_side", "unstated_side": "unstated_side",
}
_SPOKEN = {"both": "'both'", "unstated_side": "'unstated'"}
_TOKEN = re.compile(r'(?:"[^"]*"?|[^\s"])+')
_PAUSES = ",; "
"""What a clinician may write between answers; it means nothing."""
_NUMBER = re.compile(r"([-+]?(?:0|[1-9][0-9]{0,16})(?:\.[0-9]{1,16})?)\s*(.*)")


def read_line(line: str, finding: Finding, sides: Sequence[str], problems: list[Problem]) -> Tree | dict[str, Tree]:
    """The tree of a line that answers `finding`, asked on `sides`."""
    tokens = _TOKEN.findall(line)
    if not finding.per_side:
        return read_value(tokens, finding, problems)
    first, by_side = _split(tokens, problems)
    out: dict[str, Tree] = {side: read_value(told, finding, problems) for side, told in by_side.items()}
    if first:
        before = _without_side(first, finding, sides, problems)
        problems += [Problem(HERE, "CS112", f"'{side}' is given twice", "give each side once") for side in before if side in out]
        out = {**before, **out}
    problems += [
        Problem(HERE, "CS112", f"{_SPOKEN[alone]} is told, and a side too", "give left and right, or that alone")
        for alone in ("both", "unstated_side") if alone in out and len(out) > 1
    ]
    return out


def read_value(tokens: Sequence[str], finding: Finding, problems: list[Problem]) -> Tree:
    """A value with its details: 'yes years_ago=7 still_bothers=no'."""
    at = next((index for index, token in enumerate(tokens) if _names_detail(token)), len(tokens))
    details = read_details(tokens[at:], finding, problems)
    if at and "value" in details:
        problems.append(Problem(HERE, "CS107", "'value' is told twice", "write the answer first, and details after it"))
    if details and not at:
        says = f"'{finding.id}' is given details and no answer"
        problems.append(Problem(HERE, "CS105", says, "write the answer first, and details after it"))
    if not at:
        return None
    value = read_word(_joined(tokens[:at]), finding.words, finding.answer.unit, problems)
    return {"value": value, **details} if details else value


def read_details(tokens: Iterable[str], finding: Finding, problems: list[Problem]) -> dict[str, Scalar]:
    """What stands as name=value; words after it that name nothing belong to it."""
    told: dict[str, str] = {}
    name = ""
    for token in tokens:
        if _names_detail(token):
            short, _, value = token.partition("=")
            name = _fitting(short.replace("-", "_"), [one.name for one in finding.details])
            if name in told:
                problems.append(Problem(HERE, "CS107", f"'{name}' is told twice", "tell it once"))
            told[name] = _bare(value)
        else:
            told[name] = f"{told[name]} {_bare(token)}".strip()
    return {name: read_detail(name, value.rstrip(_PAUSES), finding, problems) for name, value in told.items()}


def read_detail(name: str, text: str, finding: Finding, problems: list[Problem]) -> Scalar:
    """The value of one detail; free text stays as it is."""
    detail = finding.detail(name)
    if detail is None or detail.form == "text":
        return text
    return read_word(text, detail_words(detail), detail.unit, problems)


def read_list_number(line: str, detail: Detail, finding: Finding, problems: list[Problem]) -> dict[str, Scalar]:
    """The number of an item, with whatever else is added: '3 kg=11 height_cm=55'."""
    tokens = _TOKEN.findall(line)
    at = next((index for index, token in enumerate(tokens) if _names_detail(token)), len(tokens))
    more = read_details(tokens[at:], finding, problems)
    if at and detail.name in more:
        problems.append(Problem(HERE, "CS107", f"'{detail.name}' is told twice", "tell it once"))
    value = _joined(tokens[:at])
    return {detail.name: read_detail(detail.name, value, finding, problems), **more} if at else more


def read_word(text: str, words: Sequence[str], unit: str, problems: list[Problem]) -> Scalar:
    """A number (its unit may follow) or the word that is meant; what is neither stays as it was written."""
    number = _NUMBER.fullmatch(text)
    if number and number[2].casefold() in _spellings(unit.casefold()):
        return float(number[1]) if "." in number[1] else int(number[1])
    fitting = _candidates(text, (*words, UNKNOWN))
    if len(fitting) > 1:
        problems.append(Problem(HERE, "CS105", f"'{text}' can be more than one answer", one_of(fitting)))
    return fitting[0] if fitting else text


def _spellings(unit: str) -> set[str]:
    """What may follow a number: nothing, its unit, the first word of it ('%' of '% of other side'), or one of it."""
    first = unit.partition(" ")[0]
    return {"", unit, first, unit.removesuffix("s"), first.removesuffix("s")}


def _split(tokens: Sequence[str], problems: list[Problem]) -> tuple[list[str], dict[str, list[str]]]:
    """What stands before the first side, and what follows each side."""
    first: list[str] = []
    by_side: dict[str, list[str]] = {}
    into = first
    for token in tokens:
        word, _, glued = token.partition("=" if "=" in token else ":")
        side = SIDE_WORDS.get(word.rstrip(_PAUSES).casefold())
        if side is None:
            into.append(token)
            continue
        if side in by_side:
            problems.append(Problem(HERE, "CS112", f"'{side}' is given twice", "give each side once"))
        into = by_side[side] = [glued] if glued else []
    return first, by_side


def _without_side(tokens: Sequence[str], finding: Finding, sides: Sequence[str], problems: list[Problem]) -> dict[str, Tree]:
    """A value with no side before it: it can only be meant for the one side asked, for left/right, or for neither side."""
    value, *rest = tokens
    if len(sides) == 1:
        return {sides[0]: read_value(tokens, finding, problems)}
    parts = value.split("/")
    if len(parts) == len(BODY) and all(parts):
        return {side: read_value([part, *rest], finding, problems) for side, part in zip(BODY, parts, strict=True)}
    told = read_value(tokens, finding, problems)
    if told == UNKNOWN or (told == "no" and finding.answer.form == "yes_no"):
        return {"both": told}
    one = _joined([value])
    hint = f"write 'left {one}', 'right {one}' or 'both {one}'; 'unstated {one}' when the side is not told"
    problems.append(Problem(HERE, "CS104", f"'{finding.id}' has sides and none is given", hint))
    return {}


def _names_detail(token: str) -> bool:
    return "=" in token and not token.startswith(("=", '"'))


def _joined(tokens: Iterable[str]) -> str:
    return " ".join(bare for token in tokens if (bare := _bare(token).rstrip(_PAUSES)))


def _bare(token: str) -> str:
    return token.replace('"', "")


def _fitting(text: str, words: Sequence[str]) -> str:
    fitting = _candidates(text, words)
    return fitting[0] if len(fitting) == 1 else text


def _candidates(text: str, words: Sequence[str]) -> list[str]:
    """The word itself, or every word that begins so."""
    key = re.sub(r"[\s-]+", "_", text.strip().casefold())
    if key in words:
        return [key]
    return [word for word in words if key and key not in ("yes", "no") and word.startswith(key)]
