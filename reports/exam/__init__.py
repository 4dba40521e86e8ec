"""The exam sheet: the next tests on one printable page, in an order that spares the person, with room for the results."""

from reports.exam.building import build_exam
from reports.exam.view import BoutView, ExamSheet, Field, Probe, WaitView

__all__ = ["BoutView", "ExamSheet", "Field", "Probe", "WaitView", "build_exam"]
