"""An independent reader of `backcause.trace/1`: follows the reasoning again from the JSON alone, with nothing of the program."""

from __future__ import annotations

from typing import Any

Trace = dict[str, Any]
Node = tuple[str, str]
LEVELS = ("speculative", "possible", "supported", "tested")


def rules_by_id(trace: Trace) -> dict[str, Any]:
    return {rule["id"]: rule for rule in trace["rules"]}


def pieces_by_node(trace: Trace, last_stratum: int | None = None) -> dict[Node, set[tuple[str, str, int]]]:
    """What each rule said about each conclusion, up to a stratum."""
    rules, out = rules_by_id(trace), {}
    for fired in trace["trace"]:
        for one in fired["says"] if fired["phase"] == "evidence" else ():
            rule = rules[fired["rule_id"]]
            if one["what"] == "evidence" and (last_stratum is None or rule["stratum"] <= last_stratum):
                out.setdefault((one["conclusion"], one["side"]), set()).add((rule["id"], one["kind"], one["amount"]))
    return out


def weighed(pieces: set[tuple[str, str, int]], trace: Trace) -> tuple[str, bool, int]:
    """Status, whether it is settled, and the sum."""
    rules, scale = rules_by_id(trace), trace["scale"]
    settling = {kind for _, kind, _ in pieces if kind in ("shows", "excludes")}
    strongest: dict[tuple[str, bool], tuple[int, str, int]] = {}
    for rule, kind, amount in pieces:
        if kind in ("supports", "against"):
            slot, piece = (rules[rule]["cluster"], amount > 0), (abs(amount), rule, amount)
            strongest[slot] = max(strongest.get(slot, piece), piece)
    total = sum(amount for _, _, amount in strongest.values())
    if len(settling) == 2:
        return "open", False, total
    if settling:
        return ("supported" if settling == {"shows"} else "refuted"), True, total
    return ("supported" if total >= scale["supported_at"] else "refuted" if total <= scale["refuted_at"] else "open"), False, total


def status_of(node: Node, trace: Trace) -> tuple[str, bool, int]:
    """The status of a node formed again; an unstated side is read in the world that was kept."""
    side = {"unstated": trace["world"], "both": "left"}.get(node[1], node[1])
    return weighed(pieces_by_node(trace).get((node[0], side), set()), trace)


def way_terms(one: dict[str, Any], trace: Trace) -> list[tuple[str, int]]:
    """The terms of a spine: stations that earn, links, gaps."""
    scale, conclusions = trace["scale"], {each["id"]: each for each in trace["conclusions"]}
    found = [p for p in one["path"] if conclusions[p["id"]]["earns"] and status_of((p["id"], p["side"]), trace)[0] == "supported"]
    terms = [("node", scale["node"]) for _ in found[: scale["nodes_counted"]]]
    for link in one["links"]:
        cost = scale[f"link_{link['grade'].lower()}"] + (scale["contested"] if link["contested"] else 0)
        terms += [("contested link" if link["contested"] else "link", cost)] if cost else []
    return terms + [("gap", scale["gap"]) for part in one["path"] if part["status"] == "gap"]


def head_terms(one: dict[str, Any], trace: Trace) -> list[tuple[str, int]]:
    """What a diagnosis, modulator or routine condition adds by itself, and what the time of a cause adds."""
    scale, layers = trace["scale"], {each["id"]: each["layer"] for each in trace["conclusions"]}
    cause = (one["cause"]["id"], one["cause"]["side"])
    if layers[cause[0]] == "serious":
        return [("red flag", scale["routine_flag"])]
    if layers[cause[0]] in ("local_diagnosis", "modulator"):
        _, settled, total = status_of(cause, trace)
        return [("evidence", min(scale["head_cap"], max(total, scale["head_settled"]) if settled else total))]
    first = [each for each in one["causes"] if (each["id"], each["side"]) == cause]
    return [("before the pain", scale["before_pain"]) for each in first if each["timing"] == "before"]


def claim_level(claim: dict[str, Any]) -> str | None:
    """The level of a claim from its links; None for what acts on the pain itself, which has none."""
    if claim["direct"]:
        return None
    tried = [*(link["bedside"] for link in claim["links"]), claim["last_bedside"]]
    if "same" in tried:
        return "speculative"
    until = tried.index("lasting") if "lasting" in tried else len(claim["links"])
    levels = [link["level"] for link in claim["links"][:until]]
    if levels:
        return min(levels, key=LEVELS.index)
    return "tested" if "lasting" in tried else "supported"


def decided(trace: Trace) -> tuple[str, str]:
    """The reason of the outcome, and the outcome."""
    scale, found = trace["scale"], trace["explanations"]
    conclusions = {each["id"]: each for each in trace["conclusions"]}
    if trace["urgency"] in ("emergency", "urgent"):
        return "referral_first", "referral"
    if not found:
        return "nothing_found", "undetermined"
    best = found[0]
    if best["score"] < scale["lead_min"]:
        return "below_lead_min", "undetermined"
    rivals = [one["score"] for one in found[1:]
              if one["kind"] != best["kind"] and one["part_of"] != 0 and not conclusions[one["cause"]["id"]]["default"]]
    if rivals and best["score"] - max(rivals) < scale["lead_margin"]:
        return "below_lead_margin", "undetermined"
    return "leads", "referral" if conclusions[best["cause"]["id"]]["layer"] == "serious" else best["kind"]
