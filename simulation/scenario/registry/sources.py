"""The publications behind the numbers of the model, readable without anything else at hand."""

ASSUMED = "assumption; no measurement found"

REYNALD_MOIR = (
    "Reynald & Moir 2018, self-reports of 4,824 Dutch residents, https://link.springer.com/article/10.1007/s10610-018-9380-7"
)
HYMAN = (
    "Hyman et al. 2010, passers-by of a unicycling clown, as told on "
    "https://www.psychologytoday.com/us/blog/mental-mishaps/200911/unicycling-clowns-train-wrecks-and-pilots-forgetting-land"
)
FOTIOS_YANG = "Fotios & Yang, gaze of pedestrians, abstracts on https://staging.scite.ai/authors/biao-yang-8J8RO"
LAMPS = (
    "Yang 2014, thesis, https://openaccess.library.uitm.edu.my./Record/ndltd-bl.uk-oai-ethos.bl.uk-632578/Description ; "
    "Fujiyama, Walk21, https://tr.scribd.com/document/55671524/Walk21Fujiyama"
)
NYMAN = "Nyman et al. 2019, 1,588 observers at 5-110 m, https://centaur.reading.ac.uk/118719"
LINDSAY = "Lindsay et al. 2008, more than 1,300 passers-by, https://rd.springer.com/article/10.1007/s10979-008-9128-x"
LAMPINEN = (
    "Lampinen et al. 2014, 195 observers at 4.6-36.6 m, "
    "https://medicalxpress.com/news/2014-05-distance-accuracy-eyewitness-ids.html"
)
NIJMEGEN = (
    "players looked for a man while the suspect was a woman, "
    "https://www.gelderlander.nl/nijmegen/politie-oefent-met-nepboef-in-nijmeegse-wijk~a7b54847/"
)
HOUTEN = (
    "residents overpowered role-players, "
    "https://houtensnieuws.nl/lokaal/oefening-veilig-houten-en-politie-leidt-tot-snelle-arrestaties-en-onderling-onbegrip-579846"
)
DEN_BOSCH = (
    "a passer-by was asked, https://www.volkskrant.nl/nieuws-achtergrond/"
    "een-levensecht-dievenspel-met-nepboeven-om-burgers-te-trainen~babee053/"
)
VAN_DIJK = (
    "Van Dijk, Roell & Steinmetz 1983, 100 staged bicycle thefts around The Hague, "
    "https://ojp.gov./ncjrs/virtual-library/abstracts/bystanders-intervention-crime"
)
POLICE_ONE_IN_NINE = (
    "police claim that citizens call one in nine times, "
    "https://archief.hadeejer.net/dorpsnieuws/85-politie/8081-geen-tijd-voor-twijfel-bel-112-juist-bij-verdachte-situaties"
)
ASK_RULE = "rule of the game: whoever sees the suspect asks, CCV practice cases (Zevenhuizen 2018)"

DISPATCH = (
    "median 45 s over 456,804 police calls in the United States, "
    "https://aedrjournal.org/characterization-of-call-prioritization-time-in-a-police-priority-dispatch-system"
)
ANSWERING = (
    "Finland: mean 3 s, https://pledgetimes.com/statistics-an-emergency-caller-was-answered-in-an-average-of-three-seconds/ ; "
    "United Kingdom: 6-36 s, "
    "https://www.hucknalldispatch.co.uk/news/people/nottinghamshire-police-among-quickest-in-country-to-answer-emergency-phone-calls-4190029"
)
ERLANG = (
    "own calculation of the load on a temporary number with Erlang's loss formula, 3 to 40 calls in the busiest five minutes"
)
CALLED_RULE = (
    "house rule of Groningen and Zoomwijck: say in the group that the police were called, so that no rain of calls follows"
)
FOLLOWERS = (
    "three residents followed the disguised officer of Breda (2016), http://www.nu.nl/breda/4371860/verdachte-agent-michel-test-"
    "buurtpreventie-in-haagse-beemden.html ; following is one of three reactions in Altena (2019), "
    "https://www.politie.nl/nieuws/2019/december/16/08-%E2%80%98inbreker-in-de-wijk%E2%80%99-in-de-gemeente-altena.html"
)

PIELOT = "Pielot 2014, 24 volunteers, median 7.81 min until a WhatsApp message is seen, http://pielot.org/2014/05/lastseen/"
SHOPKEEPERS = (
    "shopkeepers' claim of ten seconds as the best case, "
    "https://nos.nl/artikel/2293261-duizenden-winkeliers-delen-foto-s-van-winkeldieven-via-whatsapp.html"
)
MUTING = (
    "59 % of 100 Americans mute group chats (weak), "
    "https://ticker.tv/news/coince-dans-un-groupe-whatsapp-familial-voici-5-facons-de-vous-echapper/268715/"
)
OVERWHELMED = (
    "40 % of Americans and Britons asked are overwhelmed by group chats, "
    "https://thetimes.com.au/world/26679-overwhelmed-by-group-chat-messages-you-re-not-alone ; 40 % of the Dutch users "
    "of neighbourhood groups are annoyed at times, "
    "https://www.omroepzeeland.nl/nieuws/125226/Zeeland-heeft-minste-buurtapp-gebruikers-van-Nederland"
)
QUIET_GROUPS = (
    "0.08 to 1.5 reports a month in six Dutch groups (Mehlbaum & Van Steden 2018), and three or four weeks of silence as a "
    "neighbourhood officer would have it, https://vl-nieuws.nl/appgroepen-goed-voor-de-gezelligheid-niet-voor-de-veiligheid ; "
    "https://www.haarlemsdagblad.nl/cnt/dmf20180925_75326468"
)
PUBLIC_GROUPS = (
    "Caetano et al. 2018, 81 public groups in Brazil, some 270,000 messages by some 7,000 users in 28 days, 6 per hour "
    "per 100 users, https://ar5iv.org/html/1804.00397"
)
MEMBERSHIP = (
    "24.7 % of households in 2016 and 26.7 % in 2018, "
    "https://franekercourant.nl/ggg/2018/06/21/steeds-meer-huishoudens-voor-inbraakpreventie-aangesloten-bij-whatsappgroep ; "
    "15 % of persons, https://numrush.nl/15-procent-nederlanders-zit-whatsapp-buurtchatgroep ; 43 % of households in one "
    "active neighbourhood, http://www.bd.nl/brabant/buurt-huurt-zelf-een-beveiligingsbedrijf-in-en-ziet-aantal-inbraken-dalen~a1889752/"
)
GROUP_LIMIT = (
    "100 members in Groningen and Zoomwijck (2015), 256 from 2016, "
    "https://mag92.com/whatsapp-increases-group-chat-size-to-256-people/ ; "
    "512 and 1,024 from 2022, https://phandroid.com/?p=306243 ; dates below"
)
COMPANION = (
    "under 14 only with an adult, CCV practice cases (Zevenhuizen 2018) and "
    "https://jebentnieuwerkerker.nl/2018/08/27/woensdag-10-oktober-loopt-er-boef-wijk/"
)

WEIDMANN = "Weidmann 1993, quoted in https://docs.rs/crate/rustsim-traffic/0.0.1/source/src/pedestrian_links.rs"
CROSSING = (
    "street crossing 1.32 (0.31) m/s, 139 people, "
    "https://deploy.doczz.net/doc/4165162/update-on-distance-and-velocity-requirements-for-community"
)
BOHANNON = (
    "Bohannon & Andrews 2011, 23,111 people, "
    "https://www.csp.org.uk/physiotherapy-september-2011/article/normal-walking-speed-descriptive-meta-analysis"
)
FAST_WALK = "about 2.5 m/s is possible over short distances, https://nzt.eth.link/wiki/Preferred_Walking_Speed.html"
CHILDREN = (
    "0.69-1.33 m/s at 3-4 years, https://paperexplained.cn/articles/paper/detail/1df325ecd4abeb72f335097c73396ea6fab59059 ; "
    "1.9 m/s in corridors at 3-7 years, https://orbit.dtu.dk/en/publications/evacuation-of-children-movement-on-stairs-and-on-horizontal-plane"
)
CYCLING = (
    "17.6 km/h on ordinary bicycles in the Netherlands, "
    "https://swov.nl/nl/fact/elektrische-fietsen-7-hoe-snel-wordt-op-een-elektrische-fiets-en-op-een-speed-pedelec-gereden"
)

HOUSEHOLDS = (
    "Statistics Netherlands (CBS), 1 January 2024: 31.6 % of 8,374,404 households have children, of any age, at home, "
    "https://www.cbs.nl/nl-nl/cijfers/detail/37975"
)
FAMILIES = (
    "Statistics Netherlands (CBS), 1 January 2023, 2,645,269 households with children: 23.1 % one parent, 43.3 % one child, "
    "40.9 % two, 15.8 % three or more, https://www.cbs.nl/nl-nl/cijfers/detail/71487ned"
)
ELDERLY = (
    "between the 26 % of households from 65 (2018), "
    "https://www.maxvandaag.nl/sessies/themas/huis-tuin-hobby/kwart-van-nederlandse-huishoudens-is-65-plus/ , and the 13 % "
    "from 75 (2021), https://www.beteroud.nl/actueel/nieuws/monitor-ouderenhuisvesting-feiten-en-cijfers"
)
ELDERLY_ALONE = (
    "own calculation from CBS: 33 % of people in their seventies and eighties lived alone in 2018, "
    "https://www.blikopnieuws.nl/nieuws/276042/ouderen-wonen-minder-vaak-alleen.html"
)
COUPLES = (
    "own calculation: 42 % of the households without children are more than one person (CBS, 1 January 2024, "
    "https://www.cbs.nl/nl-nl/cijfers/detail/37975), and half of the elderly ones"
)
SIGNS = "signs at entry roads deter, and may move burglars to streets without a group, says Stein (2016)"
WORKSHOPS = "workshops for residents stand in the plans of Groningen (2015-2017)"
STUDENTS = "students are hard to reach, say the plans of Groningen (2015-2017)"
STEERING = "rule: three or four of each residents' group form its steering group, says Zoomwijck (2015)"
ADMINISTRATORS = "rule: one or two coordinators in Groningen (2015-2017), three or four in Zoomwijck (2015)"
PATROLS = (
    "rule: rounds of 1.5 to 2.5 hours, on foot or by bicycle, says the neighbourhood-watch guide of Groningen (2015-2017)"
)
PATROL_SIZE = "at most 15 members are subsidised in Groningen (2015-2017)"
COORDINATORS = "rule: a full group appoints one or two new coordinators, say the plans of Groningen (2015-2017)"
OFFICERS = (
    "rule: the neighbourhood officer or officers and the area manager sit in the administrators' group, says "
    "Leiden-Bollenstreek (2018)"
)
OFF_DUTY = "off duty the operational coordinator posts, or nobody, says Leiden-Bollenstreek (2018)"
VILLAGES = "rule: one coordinator for each village of Zuidplas, says Leiden-Bollenstreek (2018)"
PART_OF_THEM = "part of the members of the coordination groups sit in the municipal one, says Zoomwijck (2015)"
SCREENED = "steering members screen messages and correct the sender, says Zoomwijck (2015)"
JUDGED = "a steering member judges whether a message matters elsewhere, says Zoomwijck (2015)"
FORWARD_LIMIT = (
    "WhatsApp: five chats at a time since 2019 (20 before), one for what was forwarded before since 2022, "
    "https://www.fonearena.com/blog/273338/whatsapp-forward-limit-five-chats-global.html, "
    "https://fokatech.com/whatsapp-to-introduce-new-forwarding-limits-to-reduce-spam/ ; dates below"
)
ENROLLED = (
    "1.64 million participants in 2017, 11 % of the people from 16, where the rule is 5 %, says Leiden-Bollenstreek (2018)"
)
ENROL_AGE = "https://www.meerbode.nl/burgernet-leidt-tot-snellere-na-diefstel-of-inbraak/"
CLEAR_DESCRIPTION = "only for a serious situation with a clear description, say Groningen and Leiden-Bollenstreek (2015-2018)"
NOT_ALWAYS_SENT = (
    "for want of staff control rooms skip Burgernet at times (2022), https://www.bd.nl/binnenland/hoogleraren-over-huilende-"
    "excuses-na-geintje-tijdens-pride-progressief-nederland-van-de-leg-geraakt~a06dc926/"
)
MINUTES_LATER = "minutes later, https://www.nrc.nl/nieuws/2007/02/24/extra-ogen-en-oren-voor-agent-11281598-a26396"
PER_ACTION = (
    "54 people were reached by an action in Nieuwegein, where 2.8 % were enrolled, 120 by another, "
    "https://mobile.volkskrant.nl/nieuws-achtergrond/burgerspeurders-houden-zich-opvallend-stil~bac3af03/ , "
    "https://www.nrc.nl/nieuws/2007/02/24/extra-ogen-en-oren-voor-agent-11281598-a26396"
)
STREAMED_IN = (
    "reactions streamed in within a quarter of an hour, "
    "https://www.zakengidstiel.nl/nieuws/algemeen/272577/burgernetdeelnemers-zorgen-voor-aanhouding-overvallers-"
)
APP = "600,000 downloads against 1.64 million participants in 2017, says Leiden-Bollenstreek (2018); more later"
SHARE_ADVICE = "administrators are advised to have the app and share each message, says Leiden-Bollenstreek (2018)"
