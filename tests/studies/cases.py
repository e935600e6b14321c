"""Evenings that were held, as far as anybody wrote down how long they took: few, and most of them from the press."""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    """One evening.

    Parameters
    ----------
    place, date, source
        Where and when it was held, and who tells.
    minutes
        How long it took, minutes; without a number "quickly" is all that was told.
    bound
        `at most` or `at least`, where that is all that was told of it.
    remark
        What else matters.
    """

    place: str
    date: str
    source: str
    minutes: tuple[float, ...]
    bound: str = ""
    remark: str = ""


_POLICE = "https://www.politie.nl/nieuws/2023/januari/27/03-burgernetoefening-wijk-bij-duurstede-en-leersum.html"

TO_CALIBRATE = (
    Case(
        "Leerdam",
        "November 2015",
        "https://www.hulpverlening.nl/reportage/op-jacht-naar-de-boef-in-de-wijk-met-de-wijkagent",
        (2.0,),
        remark="at least 2 suspects, about 70 players in two neighbourhoods",
    ),
    Case(
        "Nijmegen",
        "no date",
        "https://www.gelderlander.nl/nijmegen/politie-oefent-met-nepboef-in-nijmeegse-wijk~a7b54847/",
        (30.0, 45.0),
        remark="two runs; the first hint told only the colour of a shirt",
    ),
    Case(
        "Wateringen",
        "25 April 2018",
        "https://archief.wos.nl/nieuwsarchief/bericht/20180425-inbreker-gepakt-bij-heterdaadoefening-in-wateringen",
        (30.0,),
        remark="1 suspect, full description by Burgernet",
    ),
)
"""First captures on which the model might be calibrated; it was not."""

UNTOUCHED = (
    Case(
        "Zeewolde",
        "no date",
        "https://lokaleomroepzeewolde.nl/zeewolde-nieuws/nieuws-uit-zeewolde/boef-in-de-wijk",
        (),
        remark="3 suspects, the first caught just after 19:00, the last before 20:30; nobody told when it began",
    ),
    Case(
        "Wijk bij Duurstede",
        "January 2023",
        _POLICE,
        (30.0,),
        bound="at most",
        remark="2 suspects, in the dark, with a helicopter",
    ),
    Case("Leersum", "January 2023", _POLICE, (50.0,), remark="2 suspects, in the dark, with a helicopter"),
)
"""First captures that nothing may be set by."""

UNANNOUNCED = (
    Case(
        "Breda",
        "December 2016",
        "http://www.nu.nl/breda/4371860/verdachte-agent-michel-test-buurtpreventie-in-haagse-beemden.html",
        (30.0,),
        bound="at least",
        remark="nothing in the first half hour; calls only after the group had posted a description",
    ),
    Case(
        "Oldeholtpade",
        "February 2019",
        "https://www.rd.nl/vandaag/binnenland/zie-je-iets-verdachts-bel-altijd-snel-de-politie-1.1547339",
        (45.0,),
        bound="at most",
        remark="2 suspects, both caught on a tip",
    ),
    Case(
        "Houten",
        "12 April 2019",
        "https://houtensnieuws.nl/lokaal/oefening-veilig-houten-en-politie-leidt-tot-snelle-arrestaties-en-onderling-onbegrip-579846",
        (),
        remark='2 suspects, found "quickly"; a group had their description',
    ),
)
"""First reports on evenings that residents knew nothing of."""
