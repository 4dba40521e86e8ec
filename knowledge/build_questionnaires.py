"""Building questionnaires: items with points, scores that fit the findings they fill, and what single items say by themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from knowledge.bands import BAND_HELP, Band, Interval, parse_interval
from knowledge.build_bands import build_bands
from knowledge.leaves import Names
from knowledge.model import Change, Finding, Group, Item, ItemSign, Missing, Questionnaire, ScoreRule
from knowledge.problems import Problem, did_you_mean, one_of, short
from knowledge.schema import ItemSpec, QuestionnaireSpec, ScoreSpec
from knowledge.score_checks import fill_problems, finding_problem, item_problems, missing_problems, named_problems, span
from knowledge.yaml_source import At


def build_questionnaire(spec: QuestionnaireSpec, at: At, names: Names, problems: list[Problem]) -> Questionnaire:
    """One questionnaire; whatever is wrong in it is added to `problems`."""
    problems.extend(item_problems(spec, at))
    items = {one.id: one for one in (_item(item, spec) for item in spec.items)}
    problems.extend(named_problems([one.id for one in spec.scores], at / "scores", "score"))
    scores = tuple(_score(one, at / "scores" / i, spec, items, names, problems) for i, one in enumerate(spec.scores))
    return Questionnaire(
        id=spec.id, title=spec.title, per_side=spec.per_side, items=tuple(items.values()), scores=scores,
        groups=_groups(spec, at / "groups", names, problems), group_fills=spec.groups.fills if spec.groups else "",
        signs=_signs(spec, at / "sets", items, names, problems), change=_change(spec, at / "change", problems),
        licence=spec.licence, sources=spec.sources, note=spec.note, place=at.place,
    )


def _item(item: ItemSpec, spec: QuestionnaireSpec) -> Item:
    words = item.words or ({} if item.range else spec.words)
    numbers = item.range or (None if words else spec.range)
    points = tuple(words.values()) or ((numbers.min, numbers.max) if numbers else (0, 0))
    return Item(item.id, item.name, min(points), max(points), tuple((word, float(one)) for word, one in words.items()), item.optional)


def _score(
    spec: ScoreSpec, at: At, whole: QuestionnaireSpec, items: Mapping[str, Item], names: Names, problems: list[Problem],
) -> ScoreRule:
    wanted = spec.of or tuple(items)
    problems.extend(named_problems(spec.of, at / "of", "item", tuple(items)))
    parts = tuple(items[name] for name in dict.fromkeys(wanted) if name in items)
    low, high = span(spec.how, parts)
    missing = Missing(spec.missing.most, spec.missing.by, spec.missing.whole) if spec.missing else Missing()
    problems.extend(missing_problems(spec, parts, at))
    finding = names.findings.get(spec.fills)
    if finding:
        problems.extend(fill_problems(finding, whole, (low, high), at / "fills"))
    return ScoreRule(spec.id, spec.how, parts, missing, low, high, spec.fills, _bands(spec, finding, at, (low, high), problems))


def _bands(spec: ScoreSpec, finding: Finding | None, at: At, ends: tuple[float, float], problems: list[Problem]) -> tuple[Band, ...]:
    if spec.fills and spec.bands:
        says = f"the score '{spec.id}' fills a finding and has bands of its own"
        problems.append(Problem(at.key("bands"), "KB604", says, "take 'bands' out; those of the finding hold"))
    if spec.fills:
        return finding.bands if finding else ()
    return build_bands(spec.bands, at / "bands", ends, problems) if spec.bands else ()


def _groups(spec: QuestionnaireSpec, at: At, names: Names, problems: list[Problem]) -> tuple[Group, ...]:
    if spec.groups is None:
        return ()
    finding, built = names.findings.get(spec.groups.fills), []
    if finding:
        problems.extend(finding_problem(finding, spec, at / "fills", "choice"))
    for word, needs in spec.groups.words.items():
        here = at / "words" / word
        if finding and word not in finding.words:
            hint = did_you_mean(word, finding.words) or one_of(finding.words)
            problems.append(Problem((at / "words").key(word), "KB605", f"'{short(word)}' is not a word of '{finding.id}'", hint))
        problems.extend(_unknown_scores(needs, spec, here))
        built.append(Group(word, tuple(_needs(needs, here, problems))))
    return tuple(built)


def _unknown_scores(named: Mapping[str, str], spec: QuestionnaireSpec, at: At) -> Iterator[Problem]:
    known = [one.id for one in spec.scores]
    for name in named:
        if name not in known:
            yield Problem(at.key(name), "KB605", f"'{short(name)}' is no score of '{spec.id}'", did_you_mean(name, known) or one_of(known))


def _needs(needs: Mapping[str, str], at: At, problems: list[Problem]) -> Iterator[tuple[str, Interval]]:
    for name, text in needs.items():
        parsed = parse_interval(text)
        if parsed is None or parsed[0].empty or parsed[1]:
            problems.append(Problem((at / name).place, "KB301", f"the band '{short(text)}' cannot be read here", BAND_HELP))
        else:
            yield name, parsed[0]


def _signs(spec: QuestionnaireSpec, at: At, items: Mapping[str, Item], names: Names, problems: list[Problem]) -> tuple[ItemSign, ...]:
    for index, one in enumerate(spec.sets):
        here = at / index
        finding = names.findings.get(one.finding)
        if one.item not in items:
            hint = did_you_mean(one.item, items) or one_of(items)
            problems.append(Problem((here / "item").place, "KB605", f"'{short(one.item)}' is no item of '{spec.id}'", hint))
        if finding and one.word not in finding.words:
            hint = did_you_mean(one.word, finding.words) or one_of(finding.words)
            problems.append(Problem((here / "word").place, "KB605", f"'{short(one.word)}' is not a word of '{finding.id}'", hint))
        if finding:
            problems.extend(finding_problem(finding, spec, here / "finding"))
    return tuple(ItemSign(one.item, one.above, one.finding, one.word) for one in spec.sets)


def _change(spec: QuestionnaireSpec, at: At, problems: list[Problem]) -> tuple[Change, ...]:
    known: Sequence[str] = [one.id for one in spec.scores]
    for index, one in enumerate(spec.change):
        if one.score not in known:
            hint = did_you_mean(one.score, known) or one_of(known)
            problems.append(Problem((at / index / "score").place, "KB605", f"'{short(one.score)}' is no score of '{spec.id}'", hint))
        if one.points is None and one.percent is None:
            problems.append(Problem((at / index).place, "KB605", "this change has no amount", "add 'points: 2' or 'percent: 30'"))
    return tuple(Change(one.kind, one.score, one.points, one.percent, one.sources, one.note) for one in spec.change)
