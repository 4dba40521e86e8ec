"""Cutting a failing case down until no answer can be left out: what a reader of a failure needs to see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from engine.case import Case

Fails = Callable[[Case], bool]


def fewest_answers(case: Case, fails: Fails) -> Case:
    """The case with as few answers as still fail: halves are left out first, then single answers, details last."""
    size = len(case.answers) // 2
    while size:
        case = _without_runs(case, fails, size)
        size //= 2
    return _without_details(case, fails)


def _without_runs(case: Case, fails: Fails, size: int) -> Case:
    """Leave out every run of so many answers that is not needed; singles again until none can go."""
    start, keys = 0, list(case.answers)
    while start < len(keys):
        gone = set(keys[start:start + size])
        fewer = replace(case, answers={key: answer for key, answer in case.answers.items() if key not in gone})
        if fails(fewer):
            case, keys = fewer, [key for key in keys if key not in gone]
            start = 0 if size == 1 else start
        else:
            start += size
    return case


def _without_details(case: Case, fails: Fails) -> Case:
    """Leave out the details that are not needed."""
    for key, answer in case.answers.items():
        for name in answer.details:
            now = case.answers[key]
            less = replace(now, details={other: value for other, value in now.details.items() if other != name})
            fewer = replace(case, answers={**case.answers, key: less})
            case = fewer if fails(fewer) else case
    return case
