"""The command line: one name, and the commands under it; each is at home in `commands/`.

Exit codes: 0 done, 1 problems in knowledge or case (all listed), 2 usage, 3 emergency or urgent referral (the report is
still printed). Standard output carries the report and nothing else; problems and progress go to standard error.
"""

from __future__ import annotations

import click

from commands import arguing, cohort, consulting, kb, learning, planning, questioning, reasoning, sheets, tracing


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}, no_args_is_help=True)
@click.version_option(package_name="backcause", prog_name="backcause")
def main() -> None:
    """Find the true cause of back pain: follow compensation chains, screen red flags first, show every step.

    Decision support for physiotherapists. Not for people under 16, in pregnancy, or within 12 weeks of spinal surgery.

    Example: backcause demo
    """


for command in (
    reasoning.demo, reasoning.diagnose, reasoning.how, reasoning.why_not, tracing.trace, questioning.what_if, questioning.fragile,
    arguing.against, arguing.rivals, arguing.break_chain, arguing.argue, planning.plan, sheets.exam, sheets.letter,
    consulting.consult, learning.learn, kb.kb, cohort.cohort,
):
    main.add_command(command)


if __name__ == "__main__":
    main()
