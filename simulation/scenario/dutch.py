"""What the keys of a scenario file mean, in Dutch; the English words stand in the model itself."""

HEADER = (
    "Een avond Boef in de Wijk. Vul dit bestand in en kijk het na met: boef check BESTAND",
    "Wat achter een hekje (#) staat wordt niet gelezen. Haal het hekje weg om een regel te gebruiken.",
    "Spring in met spaties, nooit met tabs. Gebruik alleen verzonnen namen.",
)

MEANINGS = {
    "Scenario.title": "Hoe de avond heet.",
    "Scenario.purpose": "Waar de avond voor is.",
    "Scenario.category": (
        "Wat voor avond het is: exercise (om te houden), case (ooit gehouden, naar documenten) of structure (om een "
        "alarmeringsstructuur mee te proberen)."
    ),
    "Scenario.source": "Waar dit scenario vandaan komt.",
    "Scenario.happened": "Wat de documenten vertellen: wat er gebeurde of is voorgesteld. Het spel verandert er niet door.",
    "Scenario.language": "Taal van het verslag: nl of en.",
    "Scenario.date": "Datum van de avond: jaar-maand-dag.",
    "Scenario.start": "Wanneer de avond begint.",
    "Scenario.seed": "Getal waaruit alle toeval volgt; een ander getal geeft een andere avond.",
    "Scenario.map": (
        "Kaartbestand, gezien vanuit de map waarin dit bestand staat; een meegeleverde kaart wordt op naam gevonden. "
        "Weggelaten: de meegeleverde wijk.map."
    ),
    "Scenario.games": "De spellen van de avond, na elkaar.",
    "Scenario.residents": "Wie er in het speelgebied woont.",
    "Scenario.players": "Wie er meedoet.",
    "Scenario.structure": "Hoe bewoners elkaar bereiken.",
    "Scenario.outlet": (
        "Waar de organisatie haar berichten zet: public-page (een openbare pagina), groups (de buurtgroepen), of de groepen "
        "daarboven, waarvan de leden ze doorsturen."
    ),
    "Scenario.signs": "Borden in de straten. Weggelaten: geen.",
    "Signs.covered_streets": "Of ze in elke straat staan die een groep dekt (true of false).",
    "Signs.places": "Waar ze verder staan.",
    "Scenario.number": "Het tijdelijke telefoonnummer dat in de plaats komt van 112.",
    "Scenario.units": "Eenheden die de meldtafel kan sturen naar waar de boef het laatst is gezien.",
    "Scenario.goal_set": (
        "Meegeleverde doelen voor de hele avond: test (de oefening toetst), develop (ze ontwikkelt) of orient (ze laat "
        "kennismaken), voor adults (volwassenen) of children (kinderen). Een eigen doel over dezelfde maat komt in de plaats."
    ),
    "Scenario.goals": "Wat de avond moet bereiken; bij de uitkomst staat hoever dat gelukt is.",
    "Goal.goal": (
        "Een maat en een grens: <=, >=, <, > of between ... and ... (tussen ... en ...); tijden tellen vanaf het begin van de "
        "avond of van het spel. In docs/goals.md staan de maten."
    ),
    "Goal.game": "Over welk spel het gaat. Weggelaten: over de hele avond.",
    "Goal.weight": "Hoe zwaar het telt naast de andere doelen.",
    "Goal.capability": (
        "Waarvoor het telt: spot (signaleren), alert (alarmeren), app (appen), respond (reageren) of organise (organiseren). "
        "Weggelaten: wat bij de maat hoort."
    ),
    "Goal.title": "Hoe het heet. Weggelaten: de naam van de maat.",
    "Scenario.parameters": "Getallen van het model die anders moeten zijn, op naam; zie docs/parameters.md.",
    "Game.name": "Hoe het spel heet.",
    "Game.audience": (
        "Wie er speelt: all (vanaf 14 jaar), adults (vanaf 18) of children (14 tot en met 17); met companions vanaf 6 jaar."
    ),
    "Game.companions": (
        "Of ook kinderen onder de 14 meedoen, elk in een groepje met een volwassene uit het gezin. Een spel voor kinderen "
        "moet dat zeggen."
    ),
    "Game.area": (
        "In welk deel van de kaart het gespeeld wordt: {share: 0.3} of {radius: 300 m}, rond het midden van de kaart of "
        "rond een plaats (around). Weggelaten: overal."
    ),
    "Area.share": "Welk deel van alle meters straat erin ligt.",
    "Area.radius": "In plaats van share: hoe ver het reikt vanuit het midden, gelopen.",
    "Area.around": "Het midden ervan. Weggelaten: het midden van de kaart.",
    "Game.start": "Wanneer het begint. Weggelaten: bij het begin van de avond.",
    "Game.end": "Wanneer het uiterlijk is afgelopen.",
    "Game.suspects": "Wie er gevonden moet worden; ten minste één.",
    "Game.hints": "Wat de organisatie vertelt en wanneer, van vaag naar precies.",
    "Game.too_few": "Wat de organisatie vertelt als er te weinig meldingen binnenkomen.",
    "Game.stop": (
        "Wanneer het voorbij is: alleen op de eindtijd (time), of als de eerste (first-found) of elke (all-found) "
        "boef gevonden is."
    ),
    "Game.on_found": (
        "Wat een gevonden boef doet: weggaan (leaves), doorlopen (keeps-walking) of wegblijven tot het volgende "
        "spel (next-game)."
    ),
    "Game.prize": "Wat de vinder krijgt.",
    "Game.goal_set": "Meegeleverde doelen voor dit spel alleen; zie goal_set hieronder.",
    "Suspect.name": "Hoe de organisatie deze boef noemt. Gebruik alleen verzonnen namen.",
    "Suspect.description": (
        "Signalement. Hints vertellen er onderdelen van: sex, age, height, hair, upper, lower, bag, vehicle."
    ),
    "Suspect.shares": (
        "Hoeveel andere mensen er ook zo uitzien, per onderdeel, van 0 tot 1. Weggelaten: de parameters p_same_..."
    ),
    "Suspect.behaviour": "Waar hij heen gaat: wander (dwalen), {visit: shop | school | care} of {route: [plaatsen]}.",
    "Suspect.start": "Waar hij begint. Weggelaten: het lot wijst een plaats op de kaart aan.",
    "Suspect.speed": "Loopsnelheid. Weggelaten: de parameter v_suspect_mps.",
    "Suspect.pauses": "Stilstaan onderweg: hoe vaak per uur en hoe lang.",
    "Suspect.acts": "Verdachte handelingen; zonder handelingen verraadt alleen zijn uiterlijk hem.",
    "Place.street": "Naam van een straat op de kaart.",
    "Place.number": "Huisnummer in die straat.",
    "Place.lat": "Breedtegraad.",
    "Place.lon": "Lengtegraad.",
    "Visit.visit": "Soort plaatsen: shop (winkel), school of care (zorghuis).",
    "Route.route": "Plaatsen waar hij langs gaat, in deze volgorde.",
    "Pauses.per_hour": "Hoe vaak, gemiddeld per uur.",
    "Pauses.duration": "Hoe lang.",
    "Act.name": "Wat hij doet, in een paar woorden.",
    "Act.per_hour": "Hoe vaak, gemiddeld per uur.",
    "Act.duration": "Hoe lang het duurt.",
    "Act.conspicuousness": "Hoeveel keer zo snel hij dan opvalt. Weggelaten: de parameter act_factor.",
    "News.tell": "Onderdelen van het signalement die verteld worden; photo vertelt alles.",
    "News.where": "Of verteld wordt in welke straat de boef is en welke kant hij op gaat (true of false).",
    "Hint.tell": "Onderdelen van het signalement die verteld worden; photo vertelt alles.",
    "Hint.where": "Of verteld wordt in welke straat de boef is en welke kant hij op gaat (true of false).",
    "Hint.at": "Hoe lang na het begin van het spel; 0 min is het startbericht.",
    "TooFew.calls": "Hoeveel beantwoorde meldingen genoeg zouden zijn.",
    "TooFew.by": "Hoe lang na het begin van het spel dit bekeken wordt.",
    "TooFew.then": "Wat er verteld wordt als het er minder zijn.",
    "Residents.count": "Hoeveel mensen. Weggelaten: iedereen die op de kaart woont.",
    "Residents.trained": "Welk deel van hen een workshop in signaleren volgde; zie training_factor.",
    "Players.count": "Hoeveel mensen meedoen. Volwassenen die alleen met kinderen meelopen tellen niet mee.",
    "Players.share": "In plaats van count: welk deel van de bewoners meedoet.",
    "Players.know": "Onderdelen van het signalement die spelers bij de briefing horen.",
    "Players.briefing": (
        "Vanaf waar spelers die de straat op gaan vertrekken: centre (het midden), of een plek op de kaart. Weggelaten: "
        "van huis."
    ),
    "Players.announced": "Wie er verder van de oefening weet.",
    "Announced.members": "Deel van de leden van buurtgroepen (1 is iedereen).",
    "Announced.others": "Deel van alle anderen.",
    "Announced.stewards": (
        "Deel van de leden met een rol, zoals beheerders; zij kennen ook het nummer. Weggelaten: als andere leden."
    ),
    "Structure.id": (
        "none: iedereen belt alleen; single-group: één groep; separate-groups: een groep per buurt; zoomwijck, "
        "zoomwijck-municipal, administrators-group, bridging-coordinators, village-coordinators: groepen per buurt die "
        "verbonden zijn, zie docs/model.md; custom: zoals layout zegt. broadcast: de meldkamer bereikt wie zich heeft "
        "aangemeld (Burgernet); broadcast-shared: beheerders delen dat ook in hun groepen; public-hints: hints alleen op de "
        "openbare pagina; patrol-team: vrijwilligers in hesjes gaan rond en bellen. Voeg ze samen met +, zoals "
        "zoomwijck+broadcast."
    ),
    "Structure.groups": "In hoeveel buurten de kaart verdeeld wordt, elk met een groep.",
    "Structure.cluster": "Hoeveel groepen één stuurgroep leidt (zoomwijck).",
    "Structure.district": (
        "Hoeveel groepen een wijk of dorp vormen, met één regiegroep (zoomwijck), beheerdersgroep of dorpscoördinator. "
        "Weggelaten: alle, of de helft als er een groep voor de hele gemeente boven ligt."
    ),
    "Structure.layout": "De groepen van een eigen structuur, met id: custom.",
    "Layout.areas": "none: geen bewonersgroep; one: één voor iedereen; many: één per buurt.",
    "Layout.roles": "Leden die meer doen dan de andere.",
    "Layout.uppers": "Groepen boven de bewonersgroepen.",
    "Layout.forwards": "Wie berichten doorstuurt.",
    "Role.name": "Hoe ze heten, in kleine letters.",
    "Role.number": "Parameter die zegt hoeveel er zijn.",
    "Role.per": "Per wat er zoveel zijn: area, cluster, district of map.",
    "Role.sits_in": (
        "In wiens bewonersgroepen elk van hen zit: area (de eigen), neighbours (ook die ernaast), of alle van een cluster, "
        "district of map. Van buiten: in de groepen boven wie."
    ),
    "Role.outside": (
        "Of ze elders wonen, zoals een wijkagent: ze zitten alleen in groepen daarboven, en sturen door als ze dienst hebben "
        "(true of false)."
    ),
    "Upper.name": "Hoe de groep heet, in kleine letters.",
    "Upper.per": "Waarvan elk er een heeft: area, cluster, district of map.",
    "Upper.members": "De rollen van de leden.",
    "Forward.from": "Soort groep waarin hij ze leest: group, of een erboven.",
    "Forward.to": "Soort groep waarnaar hij ze doorstuurt.",
    "Forward.by": "De rol.",
    "Forward.case_holder": (
        "Of één van hen op zich neemt wat de organisatie in die groep daarboven vertelt, en de anderen het aan hem laten; "
        "gaat het over een boef, dan is hij casushouder van de buurtgroep, tenzij die er een heeft (true of false)."
    ),
    "Structure.groups_connected_share": ("Deel van de groepen dat met andere verbonden is. Het lot kiest ze."),
    "Structure.split_over": "Tot hoeveel leden allen in één groep zitten; pas met meer is er een groep per gebied. "
    "Weggelaten: altijd een groep per gebied.",
    "Structure.cap": "Hoeveel leden in een groep passen. Weggelaten: wat WhatsApp op die datum toestond (group_cap).",
    "Structure.when_full": "Wat er gebeurt met wie niet meer in een groep past. no-room: ze zitten in geen groep; "
    "next-group: ze vormen de volgende groep van hetzelfde gebied, met eigen mensen voor elke rol, enzovoort.",
    "Structure.covered_streets_share": (
        "Deel van de straten dat een groep dekt; wie ergens anders woont zit in geen groep. Het lot kiest ze."
    ),
    "Structure.groups_taking_part": (
        "Deel van de groepen dat de berichten van de organisatie krijgt, als outlet groups is; de andere praten onder "
        "elkaar. Het lot kiest ze."
    ),
    "Structure.topics": "Waar groepen buiten de oefening over praten. narrow: alleen veiligheid; broad: ook vermiste katten.",
    "Structure.shopkeepers_until": (
        "Tot wanneer er winkeliers zijn in de winkels op de kaart. Ze hebben een eigen groep, waarvan de beheerders in de "
        "groep boven de bewonersgroepen zitten zoals die van bewoners. Weggelaten: geen winkeliers."
    ),
    "Number.briefed": (
        "Of de meldkamer van de oefening weet, en de meldtafel vertelt wie een echt nummer van de politie belde."
    ),
    "Unit.name": "Hoe de organisatie deze eenheid noemt.",
    "Unit.base": "Waar de eenheid wacht tot ze wordt gestuurd: centre (het midden), of een plek op de kaart.",
    "Unit.speed": "Hoe snel de eenheid gaat. Weggelaten: de parameter v_unit_mps.",
    "Number.lines": "Hoeveel mensen de telefoon opnemen. Weggelaten: de parameter lines.",
    "Number.opens": "Wanneer het opengaat. Weggelaten: bij het begin van de avond.",
    "Number.closes": "Wanneer het dichtgaat. Weggelaten: aan het eind van de avond.",
}
