"""The commands that argue about one case: against, rivals, break-chain, argue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from commands.session import Session, case_argument, common, inferred, leave

if TYPE_CHECKING:
    from engine.result import Inference, Node
    from knowledge import KnowledgeBase


@click.command()
@case_argument
@click.argument("target", metavar="[TARGET]", required=False)
@common
def against(session: Session, case_file: str, target: str | None) -> None:
    """What speaks against an explanation: the leading one, or the one by number or by its cause or driver.

    Example: backcause against CASE.yaml calf_weakness.left
    """
    from engine.arguing.panel import panel
    from reports.arguing.against import against_text

    reasoner, case, found = inferred(session, case_file)
    place = place_named(target, reasoner.kb, found)
    click.echo(against_text(panel(place, found, reasoner.readers), found, case, reasoner.kb))
    leave(found)


@click.command()
@case_argument
@common
def rivals(session: Session, case_file: str) -> None:
    """The leading explanation and its rivals side by side, and the fewest that account for the complaints.

    Example: backcause rivals CASE.yaml
    """
    from engine.arguing.rivals import side_by_side
    from reports.arguing.rivals import rivals_text

    reasoner, case, found = inferred(session, case_file)
    click.echo(rivals_text(side_by_side(found, reasoner.readers), found, case, reasoner.kb))
    leave(found)


@click.command("break-chain")
@case_argument
@common
def break_chain(session: Session, case_file: str) -> None:
    """The bedside change that would best tell the two leading explanations apart, and what each outcome would mean.

    Example: backcause break-chain CASE.yaml
    """
    from engine.arguing.breaking import break_chain as best_break
    from engine.arguing.variants import Variants
    from reports.arguing.breaking import breaking_text

    reasoner, case, found = inferred(session, case_file)
    click.echo(breaking_text(best_break(found, case, Variants(reasoner.readers)), found, case, reasoner.kb))
    leave(found)


@click.command()
@case_argument
@click.argument("cause", metavar="CAUSE")
@common
def argue(session: Session, case_file: str, cause: str) -> None:
    """Your cause beside the program's: for and against, where yours would stand, and the finding that would decide.

    Example: backcause argue CASE.yaml limited_hip_rotation.left
    """
    from engine.arguing.hypothesis import argue as argument
    from engine.arguing.variants import Variants
    from reports.arguing.hypothesis import hypothesis_text

    reasoner, case, found = inferred(session, case_file)
    node = cause_named(cause, reasoner.kb, found)
    click.echo(hypothesis_text(argument(node, found, case, Variants(reasoner.readers)), found, case, reasoner.kb))
    leave(found)


def cause_named(text: str, base: KnowledgeBase, found: Inference) -> Node:
    """The conclusion a clinician names, by its id or its title, with a side or with the side that was found."""
    from engine.explain import parse_target
    from knowledge.problems import did_you_mean
    from knowledge.sides import BODY

    titled = {one.title.lower(): name for name, one in base.conclusions.items()}
    target = parse_target(titled.get(text.lower(), text), base, found)
    if target and target[0] == "node":
        per_side = base.conclusions[target[1]].per_side
        if not per_side and "." in text and target[2] in BODY:
            raise click.BadParameter(f"'{target[1]}' has no sides; write it without '.{target[2]}'", param_hint="CAUSE")
        return (target[1], target[2])
    name, _, side = text.partition(".")
    if name in base.conclusions:
        raise click.BadParameter(f"'{side}' is no side; write {name}.left or {name}.right", param_hint="CAUSE")
    if target:
        raise click.BadParameter(f"{text} is a rule; name a conclusion", param_hint="CAUSE")
    hint = did_you_mean(name, [*base.conclusions, *titled]) or "'backcause why-not' and the report name conclusions by their ids"
    raise click.BadParameter(f"'{text}' is no conclusion. {hint}", param_hint="CAUSE")


def place_named(target: str | None, base: KnowledgeBase, found: Inference) -> int:
    """The place of an explanation: the first, the one of that number, or the best one that the conclusion heads, drives or is a step of."""
    every = found.explanations
    if not every:
        raise click.UsageError("nothing found so far leads to this back pain, so there is no explanation to speak against")
    if target is None:
        return 0
    if target.isdigit():
        if 1 <= int(target) <= len(every):
            return int(target) - 1
        raise click.BadParameter(f"there is no explanation {target}; write a number from 1 to {len(every)}", param_hint="TARGET")
    from engine.arguing.accounts import world_of

    world = world_of(found, False)
    node = cause_named(target, base, found)
    account = world.of(node)
    if account is None:
        told = ", ".join(f"{place} ({one.driver[0] if one.driver else one.cause[0]})" for place, one in enumerate(every, start=1))
        says = f"no explanation rests on '{target}'; there are {told}. 'backcause argue' sets it beside them"
        raise click.BadParameter(says, param_hint="TARGET")
    return world.accounts.index(account)
