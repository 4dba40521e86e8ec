"""Red flags and people out of scope: what stops everything else, and what to keep in mind."""

from __future__ import annotations

from collections.abc import Iterable

from engine.result import Flag
from knowledge.model import URGENCIES
from reports.escaping import Code
from reports.parts.dossier import Dossier
from reports.view import FlagView, SignView

STOPPING = ("emergency", "urgent")


def stops(dossier: Dossier) -> tuple[FlagView, ...]:
    """What goes first: emergencies and urgent flags by condition, a condition that leads, then reasons of scope."""
    found = dossier.inference
    loud = [flag for flag in found.red_flags if _is_loud(flag, dossier)]
    return (*_by_condition(loud, dossier), *(_scope(flag, dossier) for flag in found.out_of_scope))


def flags(dossier: Dossier) -> tuple[FlagView, ...]:
    """The quieter flags, by condition."""
    return _by_condition([flag for flag in dossier.inference.red_flags if not _is_loud(flag, dossier)], dossier)


def _is_loud(flag: Flag, dossier: Dossier) -> bool:
    leading = dossier.inference.leading
    leads = dossier.state == "refer" and leading is not None and flag.condition == leading.cause[0]
    return flag.urgency in STOPPING or leads


def _by_condition(flags: Iterable[Flag], dossier: Dossier) -> tuple[FlagView, ...]:
    groups: dict[str, list[Flag]] = {}
    for flag in flags:
        groups.setdefault(flag.condition, []).append(flag)
    ordered = sorted(groups.values(), key=lambda group: (URGENCIES.index(group[0].urgency), group[0].condition))
    return tuple(_condition(group, dossier) for group in ordered)


def _condition(group: list[Flag], dossier: Dossier) -> FlagView:
    first = group[0]
    title = dossier.names.conclusion(first.condition)
    return FlagView(title, Code(first.urgency), dossier.urgency_title(first.urgency), _signs(group, dossier))


def _scope(flag: Flag, dossier: Dossier) -> FlagView:
    return FlagView(dossier.names.rule_title(flag.rule), Code("scope"), dossier.urgency_title("scope"), _signs([flag], dossier))


def _signs(group: Iterable[Flag], dossier: Dossier) -> tuple[SignView, ...]:
    told: set[str] = set()
    by_rule = {flag.rule: flag for flag in reversed(list(group))}
    return tuple(_sign(flag, told, dossier) for flag in reversed(by_rule.values()))


def _sign(flag: Flag, told: set[str], dossier: Dossier) -> SignView:
    action, safety = ("" if text in told else text for text in (flag.action, flag.safety_net))
    told.update((flag.action, flag.safety_net))
    return SignView(dossier.ground(flag.rule, flag.because), action, safety)
