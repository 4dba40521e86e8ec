"""What a report says, as frozen data: titles in place of ids, sentences in place of codes, numbers with their words.

Every format shows this same view, so all of them state the same facts. Texts are plain; a format cleans them.
"""

from reports.view.chain import ChainView, FoundView, LinkView, NodeView, Rivals, RivalView, TermView
from reports.view.common import AskView, CitedText, Cites, Ground, Texts
from reports.view.course import AdviceView, DemandView, PlanView, ProgrammeView, RungView, TaskView, TriedView
from reports.view.evidence import BystanderView, ClaimedView, EvidenceRow, PieceView
from reports.view.head import ClaimView, Head, Person, ReasonView
from reports.view.report import BarViews, Questions, Report, TestsView
from reports.view.safety import CautionView, FlagView, SignView, Unknowns
from reports.view.summary import InShort

__all__ = [
    "AdviceView", "AskView", "BarViews", "BystanderView", "CautionView", "ChainView", "CitedText", "Cites",
    "ClaimView", "ClaimedView", "DemandView", "EvidenceRow", "FlagView", "FoundView", "Ground", "Head", "InShort",
    "LinkView", "NodeView", "Person", "PieceView", "PlanView", "ProgrammeView", "Questions", "ReasonView", "Report",
    "RivalView", "Rivals", "RungView", "SignView", "TaskView", "TermView", "TestsView", "Texts", "TriedView",
    "Unknowns",
]
