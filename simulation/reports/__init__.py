"""Pages and pictures of an evening."""

from simulation.reports.evening.page import report_html

__all__ = ["report_html"]
