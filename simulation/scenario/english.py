"""The texts of the shipped scenarios in English, for who starts a file of his own in English."""

HEADER = (
    "An evening of Boef in de Wijk. Fill in this file and check it with: boef check FILE",
    "What stands behind a hash (#) is not read. Take the hash away to use a line.",
    "Indent with spaces, never with tabs. Use invented names only.",
)

TEXTS = {
    "Avond in de wijk": "Evening in the neighbourhood",
    (
        "Een gewone, aangekondigde avond: een boef wandelt anderhalf uur rond en de bewoners oefenen signaleren, "
        "alarmeren, appen en reageren."
    ): (
        "An ordinary, announced evening: a suspect walks about for an hour and a half while residents practise to "
        "spot, alert, post and respond."
    ),
    (
        "Opzet van de praktijkvoorbeelden in Kaag en Braassem (7 maart 2018) en Almelo (8 oktober 2015): anderhalf "
        "tot twee uur, een tijdelijk nummer, hints, en het signalement als er te weinig meldingen zijn. Namen en "
        "uiterlijk zijn verzonnen."
    ): (
        "After the cases of Kaag en Braassem (7 March 2018) and Almelo (8 October 2015): one and a half to two "
        "hours, a temporary number, hints, and the description when too few calls come in. Names and looks are "
        "invented."
    ),
    "Gescheiden groepen": "Separate groups",
    (
        "Twee boeven en vijf buurtgroepen die elkaar niet kennen: laat zien wat er verloren gaat als een bericht "
        "de eigen groep niet uitkomt."
    ): (
        "Two suspects and five groups that do not know each other: shows what is lost when a message does not "
        "leave its own group."
    ),
    (
        "Groepen per buurt zonder contact tussen de beheerders, zoals in Leiden-Bollenstreek voor 2018 en in "
        "Veenendaal (17 juli 2017). Namen en uiterlijk zijn verzonnen."
    ): (
        "Groups per area without contact between their administrators, as in Leiden-Bollenstreek before 2018 and "
        "in Veenendaal (17 July 2017). Names and looks are invented."
    ),
    "Geen groep": "No group",
    ("Dezelfde avond zonder buurtgroep: wie iets ziet kan alleen bellen. De maat waaraan groepen worden afgemeten."): (
        "The same evening without a neighbourhood group: who sees something can only call. What groups are measured against."
    ),
    (
        "Uitgangspunt van elke vergelijking van alarmeringsstructuren; opzet verder als Avond in de wijk. Namen en "
        "uiterlijk zijn verzonnen."
    ): (
        "Baseline of every comparison of alert structures; otherwise as Evening in the neighbourhood. Names and "
        "looks are invented."
    ),
    "Onaangekondigd": "Unannounced",
    (
        "Niemand weet dat het een oefening is: meet hoe snel bewoners uit zichzelf bellen en appen. De meldkamer "
        "moet het wel weten."
    ): (
        "Nobody knows that it is an exercise: measures how soon residents call and post of their own accord. The "
        "control room must know."
    ),
    (
        "Onaangekondigde oefeningen in Breda (december 2016: een half uur lang niets, het signalement kwam daarna "
        "in de groep) en Oldeholtpade (februari 2019: drie kwartier rondgelopen). Namen en uiterlijk zijn "
        "verzonnen."
    ): (
        "Unannounced exercises in Breda (December 2016: nothing for half an hour, then the description came into "
        "the group) and Oldeholtpade (February 2019: walked about for three quarters of an hour). Names and looks "
        "are invented."
    ),
    "Wie vindt de boef?": "Who finds the suspect?",
    "Twee boeven": "Two suspects",
    "Vreemde in de wijk": "A stranger in the neighbourhood",
    "een taart van de bakker in de wijk": "a cake from the local baker",
    "Boef Rood": "Suspect Red",
    "Boef Geel": "Suspect Yellow",
    "Boef Grijs": "Suspect Grey",
    "vrouw": "woman",
    "man": "man",
    "ongeveer 30 jaar": "about 30 years old",
    "ongeveer 40 jaar": "about 40 years old",
    "ongeveer 45 jaar": "about 45 years old",
    "lang": "tall",
    "donkere muts": "dark woollen hat",
    "kaal": "bald",
    "rode jas": "red coat",
    "geel hesje": "yellow vest",
    "grijze trui met capuchon": "grey hooded sweater",
    "spijkerbroek": "jeans",
    "zwarte rugzak": "black backpack",
    "gereedschapskist": "toolbox",
    "koevoet in een tas": "crowbar in a bag",
    "voelt aan autodeuren": "tries car doors",
    "tuurt bij een huis naar binnen": "peers into a house",
    "rommelt aan een fietsslot": "fiddles with a bicycle lock",
    "voelt aan voordeuren": "tries front doors",
    "klimt over een schutting": "climbs over a fence",
}
