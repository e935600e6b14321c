"""What the messaging platform allowed when: numbers of the registry whose value follows the date of the evening."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple


class Rule(NamedTuple):
    """One rule of the platform.

    Parameters
    ----------
    since
        First day on which it holds, until the next rule about the same number.
    name
        Number of the registry.
    value
        Its value, in the registry's unit.
    source
        Where date and value come from.
    """

    since: dt.date
    name: str
    value: float
    source: str


_ALWAYS = dt.date.min
_TWENTY = (
    "20 at once until January 2019, https://www.thenews.com.pk/latest/421808-whatsapp-updates-message-forwarding-policy ; "
    "taken to have been so from the first groups on"
)
_FIVE = "announced on that day, https://www.fonearena.com/blog/273338/whatsapp-forward-limit-five-chats-global.html"

RULES = (
    Rule(_ALWAYS, "group_cap", 100, "plans of Groningen (2015-2017) and Zoomwijck (2015)"),
    Rule(
        dt.date(2016, 2, 5),
        "group_cap",
        256,
        "https://indianpillarr.blogspot.com/2016/02/whatsapp-bumps-up-group-member-limit.html ; "
        "https://mag92.com/whatsapp-increases-group-chat-size-to-256-people/ ; some pages say 2017",
    ),
    Rule(
        dt.date(2022, 5, 5),
        "group_cap",
        512,
        "in the first days of May 2022, step by step, https://destakjornal.com.br/?p=3028 ; "
        "https://b2webstudios.com/whatsapps-doubling-the-size-of-group-chats-in-the-app/",
    ),
    Rule(
        dt.date(2022, 11, 3),
        "group_cap",
        1024,
        "https://indianexpress.com/article/technology/tech-news-technology/"
        "whatsapp-starts-global-roll-out-of-communities-feature-groups-can-now-support-1024-users-8246470/",
    ),
    Rule(_ALWAYS, "chats_per_forward", 20, _TWENTY),
    Rule(dt.date(2019, 1, 21), "chats_per_forward", 5, _FIVE),
    Rule(_ALWAYS, "chats_per_reforward", 20, _TWENTY),
    Rule(dt.date(2019, 1, 21), "chats_per_reforward", 5, _FIVE),
    Rule(
        dt.date(2022, 4, 14),
        "chats_per_reforward",
        1,
        "in the spring of 2022: tried from March, "
        "https://fokatech.com/whatsapp-to-introduce-new-forwarding-limits-to-reduce-spam/ ; announced on that day, "
        "https://reviews-4u.com/?p=647",
    ),
)
"""All rules, those about one number in the order of their dates."""


def on_date(date: dt.date, name: str, usual: float) -> float:
    """Give a number of the registry on a day.

    Parameters
    ----------
    date
        The day.
    name
        Number of the registry.
    usual
        Its value where no rule is about it.
    """
    return next((rule.value for rule in reversed(RULES) if rule.name == name and rule.since <= date), usual)
