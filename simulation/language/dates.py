"""Dates in full. The only place that needs babel, so that playing an evening never loads it."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_date


def date_words(language: str, iso: str) -> str:
    """Write a date in full: `woensdag 7 maart 2018`, `Wednesday, 7 March 2018`; text that is no date stays as it is.

    Parameters
    ----------
    language
        `nl` or `en`.
    iso
        Date as year-month-day.
    """
    try:
        day = dt.date.fromisoformat(iso)
    except ValueError:
        return iso
    return format_date(day, format="full", locale={"nl": "nl_NL", "en": "en_GB"}[language])
