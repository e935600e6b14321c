"""Invented Dutch street names: the words of a theme (flowers, birds, ...) with the usual endings; nobody is named."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from simulation.maps.synthetic.chance import Chance

if TYPE_CHECKING:
    from collections.abc import Iterator

THEMES: Final[dict[str, str]] = {
    "trees": "Kastanje Beuken Eiken Berken Linden Esdoorn Iepen Populieren Wilgen Elzen Essen Lijsterbes Meidoorn Sparren "
    "Dennen Lariks Ceder Acacia Plataan Hulst Taxus Hazelaar Vlier Kornoelje Jeneverbes Abelen",
    "flowers": "Tulpen Rozen Lelie Narcis Krokus Dahlia Anemoon Iris Violen Asters Begonia Lupine Papaver Primula Anjer "
    "Gladiolen Hyacint Zinnia Petunia Lavendel Margrieten Klaproos Korenbloem Akelei Sering Jasmijn",
    "birds": "Lijster Merel Vinken Spreeuwen Mezen Zwaluw Leeuwerik Nachtegaal Roodborst Kievit Grutto Tureluur Wulpen "
    "Reiger Ooievaar Specht Koekoek Gors Putter Kwikstaart Fazanten Patrijs Kwartel Duiven Uilen Valken",
    "stars": "Orion Sirius Cassiopeia Poolster Saturnus Jupiter Mercurius Venus Neptunus Pluto Uranus Aldebaran Capella Wega "
    "Altair Andromeda Pegasus Perseus Zwaan Komeet Melkweg Zenit Maan Zonne Planeten Sterren",
    "instruments": "Viool Cello Harp Fluit Hobo Klarinet Fagot Trompet Trombone Hoorn Tuba Piano Klavecimbel Orgel Spinet "
    "Luit Mandoline Gitaar Banjo Citer Cimbaal Triangel Marimba Tamboerijn Lier Doedelzak",
    "herbs": "Tijm Salie Kamille Kervel Dille Venkel Munt Rozemarijn Basilicum Bieslook Dragon Marjolein Oregano Lavas "
    "Melisse Anijs Komijn Karwij Koriander Peterselie Kaneel Saffraan Valeriaan Bernagie Alsem Duizendblad",
    "grasses": "Riet Wollegras Zegge Biezen Lisdodde Dravik Witbol Zwenkgras Trilgras Beemd Raaigras Kweek Helm Pijpenstro "
    "Borstel Kamgras Veenmos Gagel Dopheide Struikhei Brem Varen Zilverschoon Weegbree Waterkers Kalmoes",
    "butterflies": "Atalanta Koninginnepage Citroenvlinder Dagpauwoog Distelvlinder Parelmoer Zandoog Blauwtje Vuurvlinder "
    "Dikkopje Landkaartje Luzerne Koolwitje Weerschijn Heivlinder Argus Libel Juffer Krekel Hommel Bijen Sprinkhaan "
    "Glasvleugel Pijlstaart Keizersmantel Nachtpauwoog",
    "fishes": "Snoek Baars Karper Voorn Brasem Zeelt Paling Forel Zalm Elft Spiering Stekelbaars Winde Barbeel Meerval "
    "Kwabaal Steur Schol Tong Haring Makreel Kabeljauw Rog Bot Griet Tarbot",
    "ships": "Tjalk Schoener Klipper Brik Botter Schouw Aak Praam Punter Kotter Logger Fregat Galjoen Kogge Karveel Sloep "
    "Jol Boeier Skutsje Hoeker Fluitschip Kano Vlet Pluut Blazer Bom",
    "fruits": "Appel Peren Kersen Pruimen Abrikoos Perzik Kwee Mispel Moerbei Bramen Frambozen Aardbei Bosbes Druiven Vijgen "
    "Noten Amandel Olijf Bessen Kruisbes Kokos Reinette Bellefleur Goudrenet Morel Kroosjes",
    "stones": "Robijn Saffier Smaragd Topaas Opaal Agaat Amber Jade Kwarts Kristal Granaat Onyx Turkoois Diamant Parel Koraal "
    "Lazuur Jaspis Beril Toermalijn Zirkoon Maansteen Malachiet Graniet Marmer Basalt",
    "crafts": "Molen Smeden Wevers Kuipers Bakkers Touwslagers Mandenmakers Klompen Zadel Pannen Tegel Glazeniers Schippers "
    "Vissers Maaiers Dorsers Zaaiers Ploeg Eggen Spinners Ververs Drukkers Binders Wagen Hoepel Spaken",
    "animals": "Reeën Herten Vossen Dassen Egel Eekhoorn Hazen Konijnen Marter Wezel Hermelijn Otter Bever Muskus Mol Bunzing "
    "Relmuis Salamander Kikker Ringslang Hagedis Veulen Lammeren Geiten Kalveren Zwijnen",
}
"""Words by theme, separated by spaces, in the form in which an ending follows."""

ENDINGS: Final[dict[str, tuple[str, ...]]] = {
    "street": ("straat", "laan", "weg", "plein", "pad"),
    "court": ("hof", "gaarde", "erf", "veld", "werf"),
    "road": ("dreef", "singel", "kade", "baan", "dijk"),
    "ribbon": ("dijk", "vaart", "wetering", "kade", "dwarsweg"),
    "lane": ("steeg", "laan", "kamp", "pad", "akker"),
    "core": ("straat", "markt", "plein", "wal", "weg"),
    "alley": ("steeg", "gang", "poort", "hof", "slop"),
    "canal": ("gracht", "burgwal", "haven", "singel", "kade"),
}
"""Endings by use: a street of terraces, a court of a cauliflower estate, a through road; the road and a lane of a ribbon
village; a street, an alley and a canal of an old core.

The uses of one kind of neighbourhood share no ending, so that no two of its streets have the same name.
"""


PREFIXES: Final = ("", "Korte ", "Lange ", "Kleine ", "Grote ")
"""Put before every name in turn when all names have been given."""


class Names:
    """The street names of one neighbourhood, theme by theme, none twice.

    Parameters
    ----------
    seed
        Seed of the neighbourhood.
    """

    def __init__(self, seed: int) -> None:
        self._streams = {use: _names(seed, use) for use in ENDINGS}

    def take(self, use: str) -> str:
        """Give the next free name for a use, one of the keys of `ENDINGS`."""
        return next(self._streams[use])


def _names(seed: int, use: str) -> Iterator[str]:
    """Give all names of a use: neighbours share a theme, and a word comes back only with another ending."""
    endings = ENDINGS[use]
    themes = Chance(seed, f"themes {use}").shuffled(list(THEMES))
    for prefix, turn, theme in product(PREFIXES, range(len(endings)), themes):
        chance = Chance(seed, f"words {use} {theme}")
        for word in chance.shuffled(THEMES[theme].split()):
            yield prefix + _joined(word, endings[(chance.integer(0, len(endings) - 1) + turn) % len(endings)])


def _joined(word: str, ending: str) -> str:
    """Write a word and its ending as one; a double vowel would read wrongly and gets a hyphen."""
    vowels = "aeiou"
    return f"{word}-{ending}" if word[-1] in vowels and ending[0] in vowels else word + ending
