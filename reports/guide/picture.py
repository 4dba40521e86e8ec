"""The body with the stations of a guide on it: few, and in the words of a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from engine.result import Explanation
from reports.guide.stations import Station, head_of, place_of
from reports.parts.dossier import Dossier
from reports.phrases import say, word
from reports.pictures.body import BodyMap, Spot, Way, Words, draw_body
from reports.pictures.regions import NOWHERE


@dataclass(frozen=True, slots=True)
class Drawn:
    """An account of the pain with the stations that are told of it."""

    account: Explanation
    stations: tuple[Station, ...]


def picture(drawn: Sequence[Drawn], dossier: Dossier) -> BodyMap | None:
    """The body map of a guide; none when nothing has a place in the body."""
    spots = [spot for one in drawn for spot in _spots(one, dossier)]
    if all(spot.region == NOWHERE for spot in spots):
        return None
    ways = [_way(one) for one in drawn if len(one.stations) > 1]
    return draw_body(spots, ways, (), _words([spot.aria for spot in spots]), "guide")


def _spots(one: Drawn, dossier: Dossier) -> Iterable[Spot]:
    for station in one.stations:
        node = station.node
        roles = _roles(station, one, dossier)
        label = _label(roles, one.account.kind, dossier)
        aria = say("guide_spot", mark=station.mark, place=place_of(node, dossier))
        status = "gap" if station.gap or dossier.guess else "inferred" if station.inferred else "supported"
        yield Spot(_key(station), dossier.kb.conclusions[node[0]].region, node[1], station.mark, "station", status, roles, label, aria)


def _label(roles: frozenset[str], kind: str, dossier: Dossier) -> str:
    """What is to be done there or what it is; a diagnosis has a place, and nobody trains it."""
    if "driver" in roles and dossier.state == "led":
        return word("guide_labels", "start" if kind == "chain" else "place")
    return word("guide_labels", "hurts") if "complaint" in roles else ""


def _roles(station: Station, one: Drawn, dossier: Dossier) -> frozenset[str]:
    nodes = {part.node for part in station.parts}
    hurts = any(dossier.kb.conclusions[name].layer == "presentation" for name, _ in nodes)
    told = {"driver": head_of(one.account) in nodes, "complaint": hurts and len(one.stations) > 1}
    return frozenset(name for name, holds in told.items() if holds)


def _way(one: Drawn) -> Way:
    keys = tuple(_key(station) for station in one.stations)
    hows = tuple("gap" if here.gap or there.gap else "step" for here, there in pairwise(one.stations))
    return Way(keys, hows, (False,) * len(hows), "lead")


def _key(station: Station) -> str:
    return f"{station.mark}.{station.node[0]}.{station.node[1]}"


def _words(lines: Sequence[str]) -> Words:
    told = {name: word("body_words", name) for name in ("back", "front", "left", "right", "lane_1", "lane_2")}
    return Words(
        title=say("guide_picture"), description=say("body_description", lines=lines), back=told["back"], front=told["front"],
        left=told["left"], right=told["right"], lane=(told["lane_1"], told["lane_2"]), told=tuple(lines),
    )
