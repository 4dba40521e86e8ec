"""Reading the table of links, a row a link, with line and column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from knowledge.csv_source import Row
from knowledge.model import ACTIVITIES, GRADES, Conclusion, Finding, Link
from knowledge.problems import CITE, Place, Problem, did_you_mean, one_of, short, unknown
from knowledge.sides import LINK_SIDES

COLUMNS = ("from", "to", "side", "activities", "grade", "mechanism", "try", "sources", "against", "feedback")


def build_link(row: Row, conclusions: Mapping[str, Conclusion], findings: Mapping[str, Finding], problems: list[Problem]) -> Link:
    """One link; whatever is wrong in it is added to `problems`. Its sources are checked with those of all units."""
    for end in ("from", "to"):
        if row[end] not in conclusions:
            problems.append(unknown("conclusion", row[end], row.at(end), conclusions, f" under '{end}'"))
    for column, known in (("side", LINK_SIDES), ("grade", GRADES), ("feedback", ("yes", "no"))):
        if row[column] or column != "feedback":
            problems.extend(_words(row, column, known))
    problems.extend(_words(row, "activities", ACTIVITIES))
    for name, place in row.cells["try"].words():
        if name not in findings:
            problems.append(unknown("finding", name, place, findings, " under 'try'"))
    if not row["mechanism"]:
        problems.append(Problem(row.at("mechanism"), "KB415", "'mechanism' is empty", "say how the one leads to the other"))
    if not row["sources"]:
        problems.append(Problem(row.at("sources"), "KB418", "the link cites no source", CITE))
    return Link(
        row["from"], row["to"], row["side"], tuple(row["activities"].split()), row["grade"], row["mechanism"], tuple(row["try"].split()),
        tuple(row["sources"].split()), tuple(row["against"].split()), row["feedback"] == "yes", row.place,
    )


def repeated_rows(rows: Iterable[Row]) -> list[Problem]:
    """A pair of ends may stand in a table once."""
    first: dict[tuple[str, str], Place] = {}
    out = []
    for row in rows:
        earlier = first.setdefault((row["from"], row["to"]), row.place)
        if earlier is not row.place:
            says = f"the link {short(row['from'])} -> {short(row['to'])} stands here a second time (first at line {earlier.line})"
            out.append(Problem(row.place, "KB205", says, "keep one row"))
    return out


def _words(row: Row, column: str, known: tuple[str, ...]) -> list[Problem]:
    """A problem for each word that may not stand in the cell, and for an empty cell."""
    if not row[column]:
        return [Problem(row.at(column), "KB502", f"nothing stands under '{column}'", one_of(known))]
    wrong = [(word, place) for word, place in row.cells[column].words() if word not in known]
    hints = [did_you_mean(word, known) or one_of(known) for word, _ in wrong]
    says = f"cannot stand under '{column}'"
    return [Problem(place, "KB502", f"'{short(word)}' {says}", hint) for (word, place), hint in zip(wrong, hints, strict=True)]
