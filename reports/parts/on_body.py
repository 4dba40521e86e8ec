"""What a body map shows of a case: the way of the explanation that leads, the nearest ones, or what has to be checked first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from engine.result import Explanation, Node, PathNode
from reports.parts.dossier import Dossier
from reports.parts.drawing import LETTERS, others_than, status_of
from reports.parts.rivals import title_of
from reports.phrases import say, word
from reports.pictures.body import BodyMap, KeyText, Spot, Way, Words, draw_body
from reports.pictures.regions import NOWHERE

URGENCIES = ("emergency", "urgent", "routine", "watch")
"""The gravest first."""


@dataclass(frozen=True, slots=True)
class Track:
    """An explanation as it is drawn: `tone` is lead, rival or guess; without a letter its stations are numbered."""

    one: Explanation
    tone: str
    letter: str

    @property
    def path(self) -> tuple[PathNode, ...]:
        """The stations drawn: of a local explanation its place alone, as nothing leads there; of a rival what would be treated."""
        if self.tone == "rival":
            return tuple(part for part in self.one.path if part.node == _head(self.one))
        return self.one.path[:1] if self.one.kind == "local" else self.one.path


def body_map(dossier: Dossier, rivals: int = 1, id: str = "body") -> BodyMap | None:
    """The body map of a case, with at most so many rivals beside what leads; none when there is nothing to show.

    Several in one page need an `id` each.
    """
    tracks = _tracks(dossier, rivals)
    flags = _flags(dossier)
    if not tracks and not flags:
        return None
    kind = "flag" if not tracks else "open" if tracks[0].tone == "guess" else "chain" if len(tracks[0].path) > 1 else "place"
    spots = [*flags, *_spots(tracks, dossier)]
    ways = [_way(track, dossier) for track in tracks if len(track.path) > 1]
    key = [*(_flag_text(one, dossier) for one in flags), *_key(tracks, dossier)]
    return draw_body(spots, ways, key, _words(kind, [_told(row) for row in key]), id)


def _tracks(dossier: Dossier, rivals: int) -> tuple[Track, ...]:
    """What is drawn: nothing while a referral stops everything."""
    found, state = dossier.inference, dossier.state
    if state in ("stop", "empty"):
        return ()
    if state == "open":
        return tuple(Track(one, "guess", LETTERS[place]) for place, one in enumerate(dossier.nearest))
    needed = [found.explanations[place] for place in found.cover] if state == "led" else []
    if len(needed) > 1:
        return tuple(Track(one, "lead", LETTERS[place]) for place, one in enumerate(needed))
    best = found.explanations[0]
    beside = others_than(best, dossier)[:rivals]
    return (Track(best, "lead", ""), *(Track(one, "rival", LETTERS[place + 1]) for place, one in enumerate(beside)))


def _head(one: Explanation) -> Node:
    return one.driver or one.cause


def _flags(dossier: Dossier) -> tuple[Spot, ...]:
    """Serious conditions that were flagged, each once, with its gravest urgency."""
    known = dict.fromkeys((flag.condition, flag.side) for flag in dossier.inference.red_flags if flag.condition in dossier.kb.conclusions)
    led = {part.node for track in _tracks(dossier, 0) for part in track.path}
    return tuple(_flag(node, dossier) for node in known if node not in led)


def _urgency(node: Node, dossier: Dossier) -> str:
    told = {flag.urgency for flag in dossier.inference.red_flags if (flag.condition, flag.side) == node}
    return next(urgency for urgency in URGENCIES if urgency in told)


def _flag(node: Node, dossier: Dossier) -> Spot:
    """Filled when it must be checked now or soon, hollow when it is to be watched; words only beside what must be checked."""
    region, urgency = dossier.kb.conclusions[node[0]].region, _urgency(node, dossier)
    label = word("body_flags", urgency) if region != NOWHERE and urgency != "watch" else ""
    aria = _aria("!", node, [dossier.urgency_title(urgency)], dossier)
    return Spot(_key_of(node), region, node[1], "!", "flag", _flag_status(urgency), frozenset(), label, aria)


def _flag_status(urgency: str) -> str:
    return "watch" if urgency == "watch" else "supported"


def _flag_text(one: Spot, dossier: Dossier) -> KeyText:
    name, _, side = one.key.partition(".")
    urgency = dossier.urgency_title(_urgency((name, side), dossier))
    notes = say("body_note", roles=[urgency], region=word("regions", one.region), status="")
    return KeyText("!", f"flag {one.status}", dossier.names.node((name, side)), (notes,))


def _key_of(node: Node) -> str:
    return f"{node[0]}.{node[1]}"


def _spots(tracks: Sequence[Track], dossier: Dossier) -> Iterable[Spot]:
    """Every station once; it carries the letters of all explanations that pass it."""
    marks = _marks(tracks)
    for node, passing in _passing(tracks).items():
        yield _spot(node, marks[node], passing, dossier)


def _passing(tracks: Sequence[Track]) -> Mapping[Node, list[tuple[Track, PathNode]]]:
    passing: dict[Node, list[tuple[Track, PathNode]]] = {}
    for track in tracks:
        for part in track.path:
            passing.setdefault(part.node, []).append((track, part))
    return passing


def _marks(tracks: Sequence[Track]) -> dict[Node, str]:
    """Numbers along what leads alone, and the letters of the explanations everywhere else."""
    alone = next((track.path for track in tracks if not track.letter), ())
    numbers = {part.node: f"{place}" for place, part in enumerate(alone, 1)}
    return {node: numbers.get(node) or "".join(track.letter for track, _ in passing) for node, passing in _passing(tracks).items()}


def _spot(node: Node, mark: str, passing: Sequence[tuple[Track, PathNode]], dossier: Dossier) -> Spot:
    track, part = passing[0]
    kind = "rival" if track.tone == "rival" else "station"
    roles = _roles(node, [one for one, _ in passing if one.tone != "rival"], dossier)
    region, status = dossier.kb.conclusions[node[0]].region, status_of(part)
    label = _label(roles, track, dossier)
    told = [*_role_words(roles, track, dossier), word("statuses", status)]
    return Spot(_key_of(node), region, node[1], mark, kind, status, roles, label, _aria(mark, node, told, dossier))


def _roles(node: Node, tracks: Sequence[Track], dossier: Dossier) -> frozenset[str]:
    told = {"cause": any(node == one.one.cause for one in tracks), "driver": any(node == _head(one.one) for one in tracks),
            "complaint": bool(tracks) and dossier.kb.conclusions[node[0]].layer == "presentation"}
    return frozenset(name for name, holds in told.items() if holds)


def _label(roles: frozenset[str], track: Track, dossier: Dossier) -> str:
    if "driver" in roles:
        return word("body_labels", _to_do(track, dossier))
    return word("body_labels", "complaint") if "complaint" in roles else ""


def _to_do(track: Track, dossier: Dossier) -> str:
    """What is to be done about a driver: a serious condition is referred, a guess is tested, what leads is treated."""
    serious = dossier.kb.conclusions[_head(track.one)[0]].layer == "serious"
    return "driver_serious" if serious else "driver" if track.tone == "lead" else "driver_guess"


def _role_words(roles: frozenset[str], track: Track, dossier: Dossier) -> list[str]:
    cause = [word("roles", "cause")] if "cause" in roles and track.tone == "lead" else []
    driver = [word("body_labels", _to_do(track, dossier))] if "driver" in roles else []
    return [*cause, *driver, *([word("body_labels", "complaint")] if "complaint" in roles else [])]


def _aria(mark: str, node: Node, notes: Sequence[str], dossier: Dossier) -> str:
    conclusion = dossier.kb.conclusions[node[0]]
    return say("body_aria", mark=mark, title=conclusion.title, side=dossier.names.side(node[1]), region=_region(node, dossier), notes=notes)


def _region(node: Node, dossier: Dossier) -> str:
    return word("regions", dossier.kb.conclusions[node[0]].region)


def _way(track: Track, dossier: Dossier) -> Way:
    steps = list(pairwise(track.path))
    return Way(tuple(_key_of(part.node) for part in track.path), tuple(_how(here, there, track.one) for here, there in steps),
               tuple(_contested(here, there, dossier) for here, there in steps), track.tone)


def _how(here: PathNode, there: PathNode, one: Explanation) -> str:
    how = next((step.how for step in one.steps if (step.source, step.target) == (here.node, there.node)), "step")
    return "gap" if "gap" in (status_of(here), status_of(there)) else how


def _contested(here: PathNode, there: PathNode, dossier: Dossier) -> bool:
    link = dossier.link(here.node[0], there.node[0])
    return bool(link and link.contested)


def _key(tracks: Sequence[Track], dossier: Dossier) -> Iterable[KeyText]:
    for track in tracks:
        if track.letter:
            yield _explained(track, dossier)
        else:
            yield from _numbered(track, dossier)


def _numbered(track: Track, dossier: Dossier) -> Iterable[KeyText]:
    marks = _marks([track])
    for part, onward in zip(track.path, [*track.path[1:], None], strict=True):
        roles, status = _roles(part.node, [track], dossier), status_of(part)
        told = word("statuses", status) if status != "supported" else ""
        notes = [say("body_note", roles=_role_words(roles, track, dossier), region=_region(part.node, dossier), status=told)]
        if onward and _contested(part, onward, dossier):
            notes.append(say("body_contested", marks=marks[onward.node]))
        shape = " ".join(["station", status, *sorted(roles), *(["unstated"] if part.node[1] == "unstated" else [])])
        yield KeyText(marks[part.node], shape, dossier.names.node(part.node), tuple(notes))


def _explained(track: Track, dossier: Dossier) -> KeyText:
    title = title_of(track.one, dossier)
    shown = say("body_rival", title=title) if track.tone == "rival" else title
    line = say("arrow", parts=[dossier.names.conclusion(part.node[0]) for part in track.one.path])
    shape = "rival" if track.tone == "rival" else "station"
    return KeyText(track.letter, f"{shape} supported", shown, (line,) if len(track.one.path) > 1 else ())


def _told(row: KeyText) -> str:
    return say("body_told", mark=row.mark, title=row.title, notes=row.notes)


def _words(kind: str, lines: Sequence[str]) -> Words:
    told = {name: word("body_words", name) for name in ("back", "front", "left", "right", "lane_1", "lane_2")}
    return Words(
        title=say("body_title", kind=kind), description=say("body_description", lines=lines), back=told["back"], front=told["front"],
        left=told["left"], right=told["right"], lane=(told["lane_1"], told["lane_2"]), told=tuple(lines),
    )
