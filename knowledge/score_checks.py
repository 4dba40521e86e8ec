"""Checks on scores: points that an item can give, items that exist, a missing rule that fits, and the finding that is filled."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from knowledge.model import UNKNOWN, Finding, Instrument, Item, Questionnaire
from knowledge.model_instruments import OTHERS
from knowledge.problems import Problem, did_you_mean, one_of, short
from knowledge.schema import ItemSpec, QuestionnaireSpec, ScoreSpec
from knowledge.yaml_source import At


def span(how: str, items: Sequence[Item]) -> tuple[float, float]:
    """The least and the most that a score can be."""
    if how == "percent":
        return 0.0, 100.0
    lows, highs = ([0.0] * len(items), [1.0] * len(items)) if how == "count" else ([one.low for one in items], [one.high for one in items])
    parts = len(items) if how == "mean" and items else 1
    return sum(lows) / parts, sum(highs) / parts


def item_problems(spec: QuestionnaireSpec, at: At) -> Iterator[Problem]:
    """Every item has an id of its own and one way to give points."""
    yield from named_problems([one.id for one in spec.items], at / "items", "item")
    yield from _point_problems(spec, at)
    bare = [index for index, item in enumerate(spec.items) if not (item.range or item.words or spec.range or spec.words)]
    if bare:
        says = f"it is not said how many points item '{short(spec.items[bare[0]].id)}' can give"
        hint = "add range: {min: 0, max: 5} or words: {no: 0, yes: 1} for all items, or its own beside its id"
        yield Problem((at / "items" / bare[0]).place, "KB603", says, hint)
    for index, item in enumerate(spec.items):
        yield from _point_problems(item, at / "items" / index)
        if item.id in (OTHERS, UNKNOWN):
            says, here = f"an item cannot be called '{item.id}'", at / "items" / index
            yield Problem(here.place, "KB603", says, "choose another id; in a case this word has a meaning of its own")


def _point_problems(spec: QuestionnaireSpec | ItemSpec, at: At) -> Iterator[Problem]:
    if spec.range and spec.words:
        yield Problem(at.key("words"), "KB603", "points are given both as a range and as words", "keep one of the two")
    if spec.range and spec.range.min >= spec.range.max:
        yield Problem((at / "range" / "min").place, "KB603", "'min' is not below 'max'", "write the smaller number under 'min'")
    if spec.words and len(set(spec.words.values())) < 2:
        yield Problem((at / "words").place, "KB603", "all words stand for the same points", "give two words different points")
    if UNKNOWN in spec.words:
        says = f"'{UNKNOWN}' cannot stand for points"
        yield Problem((at / "words").key(UNKNOWN), "KB603", says, "take it out; an item that is not known is missing, never 0")


def named_problems(named: Sequence[str], at: At, kind: str, known: Collection[str] | None = None) -> Iterator[Problem]:
    """Names that stand twice, or that nothing has."""
    code = "KB603" if kind == "item" and known is None else "KB604"
    if not named and known is None:
        yield Problem(at.place, code, f"no {kind} is listed", f"list one {kind} or more")
    for index, name in enumerate(named):
        here = (at / index).place
        if name in named[:index]:
            yield Problem(here, code, f"the {kind} '{short(name)}' is listed a second time", "keep one of the two")
        elif known is not None and name not in known:
            yield Problem(here, code, f"no {kind} is called '{short(name)}'", did_you_mean(name, known) or one_of(known))


def missing_problems(spec: ScoreSpec, items: Sequence[Item], at: At) -> Iterator[Problem]:
    """A score is made of what answered items can give; how missing ones are made good must fit how it is made."""
    if spec.how == "percent" and any(one.low for one in items):
        says = f"'{spec.id}' is a percentage of what its items could give, and not all of them begin at 0"
        yield Problem((at / "how").place, "KB604", says, "write how: sum or how: mean")
    if spec.how != "mean" and any(one.optional for one in items):
        says = f"'{spec.id}' is made of items that need not be answered, and is no mean"
        yield Problem((at / "how").place, "KB604", says, "write how: mean, or take 'optional' away")
    if spec.missing is None:
        return
    here = at / "missing"
    if spec.missing.most >= len(items):
        says = f"up to {spec.missing.most} of {len(items)} items may be missing, so none need be answered"
        yield Problem((here / "most").place, "KB604", says, f"write a number below {len(items)}")
    shares = spec.how in ("mean", "percent")
    if shares != (spec.missing.by == "answered"):
        hint = "write by: answered" if shares else "write by: mean_of_rest or by: prorate"
        yield Problem((here / "by").place, "KB604", f"'by: {spec.missing.by}' does not go with 'how: {spec.how}'", hint)
    elif spec.missing.by == "mean_of_rest" and len({(one.low, one.high) for one in items}) > 1 and spec.how != "count":
        yield Problem((here / "by").place, "KB604", "a mean of the rest needs items of one and the same range", "write by: prorate")
    elif spec.missing.by == "prorate" and any(one.low for one in items):
        yield Problem((here / "by").place, "KB604", "prorating needs items that begin at 0", "write by: mean_of_rest")


def fill_problems(finding: Finding, spec: QuestionnaireSpec, ends: tuple[float, float], at: At) -> Iterator[Problem]:
    """A score fills a number that runs exactly as far as the score does."""
    yield from finding_problem(finding, spec, at, "number")
    if finding.answer.form == "number" and (finding.answer.low, finding.answer.high) != ends:
        says = f"the score runs from {ends[0]:g} to {ends[1]:g}, and '{finding.id}' takes {finding.answer.low:g} to {finding.answer.high:g}"
        yield Problem(at.place, "KB604", says, "check the items and their points, or the range of the finding")


def finding_problem(finding: Finding, spec: QuestionnaireSpec, at: At, form: str = "") -> Iterator[Problem]:
    """A finding that is filled takes such an answer, and has sides when the questionnaire has."""
    if form and finding.answer.form != form:
        yield Problem(at.place, "KB604", f"'{finding.id}' is not answered by a {form}", f"name a finding whose answer is a {form}")
    if finding.per_side != spec.per_side:
        has, hint = ("sides", "add 'per_side: true'") if finding.per_side else ("no sides", "take 'per_side' away")
        yield Problem(at.place, "KB604", f"'{finding.id}' has {has}, unlike '{spec.id}'", f"{hint}, or name another finding")


def count_problems(
    finding: Finding, at: At, instruments: Mapping[str, Instrument], questionnaires: Mapping[str, Questionnaire],
) -> Iterator[Problem]:
    """A finding counts from findings, never from a questionnaire, and only looks at one side when it has sides itself."""
    if finding.derived is None or finding.derived.how != "score":
        return
    of, here = finding.derived.of, (at / "derived" / "score").place
    if of in questionnaires:
        says = f"'{of}' is scored from its own items, so nothing can be counted from it"
        yield Problem(here, "KB606", says, f"write 'fills: {finding.id}' at a score of '{of}', and give this finding an answer")
    for leaf in instruments[of].leaves if of in instruments and not finding.per_side else ():
        if leaf.side in ("same", "opposite"):
            says = f"'{leaf.subject}' has sides and '{finding.id}' has none"
            yield Problem(leaf.place, "KB606", says, f"add 'side: any', or give '{finding.id}' sides")
