"""Pages and pictures of an evening."""

from simulation.reports.page import report_html

__all__ = ["report_html"]
