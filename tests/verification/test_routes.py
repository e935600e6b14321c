"""The two routes of Zoomwijck, step by step as they are written, each in a world solved by hand: every record and its moment.

Six people live along one straight street, some with a window on it, three in the west and three in the east. Each three have a
group (wijkgroep) with one or two steering members, who all sit in the coordination group (regiegroep). The suspect walks by
once, at 0.5 m/s: at the time t he is at x = 50 + t / 2. Telephoning takes 15 + 5 + 75 s, typing 40 s, passing on comes 30 s
after reading, and nobody keeps back what he may tell. Left to chance is when somebody looks out and at his phone.

From a resident                                                        Record
 1 he spots (signaleren)                                                sighting
 2 he alerts (alarmeren): calls first                                   call, answer, report
 3 he posts in his own group (appen) and is its case holder             post, caused by the report
 4 members respond (reageren): here one adds what he sees               skip, post
 5 the desk calls the case holder back; news goes both ways             callback, post
 6 a steering member judges, and others above the other groups do       judgement, post
 7 a sighting elsewhere starts SAAR again, with a case holder there     sighting, call, answer, report, post
 8 whoever last spoke with the police tells how it ended                post (close)

From the police                                                        Record
 1 they report to the coordination group or a steering group            hint, post
 2 one member of each steering group passes it on to its group(s)       judgement (the others: taken, known), post
 3 and is the case holder there, called back as above                   judgement (takes-on), callback
 4 members add information                                              sighting, post
 5 it crosses to the other groups as above                              judgement, post
 6 a new sighting starts SAAR again, with a new case holder there       sighting, call, answer, report, post
 7 whoever last spoke with the police tells how it ended                post (close)
"""

from __future__ import annotations

from simulation.scenario.model import Announced, Hint, Players, Structure
from tests.verification.written import DURATION_S, NAMES, SURE, SUSPECT, Hand, assert_as_written
from tests.worlds import evening


def test_the_route_from_a_resident() -> None:
    spotter, steers_west, neighbour, steers_east, elsewhere, _ = NAMES
    hand = Hand(
        seed=23,
        members={
            "group-1": NAMES[:3],
            "group-2": NAMES[3:],
            "steering-1": [steers_west],
            "steering-2": [steers_east],
            "coordination-1": [steers_west, steers_east],
            "public-page": NAMES,
        },
    )
    hand.begin("public-page")
    # 1-3: the first resident spots, calls, posts and is the case holder of group 1.
    first = hand.sighting(spotter, 150.0, "fact:players/know")
    case = hand.tell(spotter, "group-1", first, hand.call(spotter, first))
    # 6: the steering member of the west judges that it matters elsewhere, and tells the coordination group.
    above = hand.passed(hand.judged(steers_west, case, "coordination-1", "passes-on"))
    # 4: a neighbour sees the suspect 140 m further on. He has read that somebody called, so he only adds what he sees.
    second = hand.sighting(neighbour, 330.0, "fact:players/know")
    causes = [second[0], f"{case.record}@{neighbour}"]
    hand.add("skip", neighbour, second[1], causes, post=case.record)
    added = hand.tell(neighbour, "group-1", second)
    added_above = hand.passed(hand.judged(steers_west, added, "coordination-1", "passes-on"))
    # 5: five minutes after his message the desk calls the case holder back, and hears what the neighbour saw.
    causes = [case.record, f"{added.record}@{spotter}"]
    hand.add("callback", "desk", case.time + 300.0, causes, resident=spotter, heard=added.record, told=None)
    # 6: the steering member of the east reads both at one look at his phone, judges both, and tells group 2.
    both = [hand.judged(steers_east, told, "group-2", "passes-on") for told in (above, added_above)]
    for one in both:
        hand.passed(one)
    # 7: a member of group 2 sees the suspect. It is elsewhere: SAAR begins again, and he is the case holder of group 2.
    third = hand.sighting(elsewhere, 600.0, "fact:players/know")
    report = hand.call(elsewhere, third)
    other_case = hand.tell(elsewhere, "group-2", third, report)
    back = hand.passed(hand.judged(steers_east, other_case, "coordination-1", "passes-on"))
    # 5: at its third call back the desk tells the case holder of group 1; the second brought nothing, and is not written down.
    called = hand.add("callback", "desk", case.time + 900.0, [case.record, report], resident=spotter, heard=None, told=report)
    told = hand.post(spotter, "group-1", case.time + 900.0, [called, report], third[0], **third[2])
    # 6: so the steering member of the west has read it in both groups when he judges.
    hand.judged(steers_west, back, "group-1", "known")
    hand.judged(steers_west, told, "coordination-1", "known")
    # 8: the case holders, who last spoke with the police, tell how it ended.
    hand.end("public-page", case, other_case)
    scenario = evening(
        SURE | {"steering_members": 1.0},
        suspect=SUSPECT,
        game={"duration_s": DURATION_S},
        structure=Structure(id="zoomwijck", groups=2),
    )
    assert_as_written(
        hand, scenario, (150.0, 12.0), (150.0, 150.0), (330.0, 12.0), (560.0, 150.0), (600.0, 12.0), (640.0, 150.0)
    )


def test_the_route_from_the_police() -> None:
    member, west_1, west_2, east_1, elsewhere, east_2 = NAMES
    hand = Hand(
        seed=114,
        members={
            "group-1": NAMES[:3],
            "group-2": NAMES[3:],
            "steering-1": [west_1, west_2],
            "steering-2": [east_1, east_2],
            "coordination-1": [west_1, west_2, east_1, east_2],
        },
    )
    start = hand.begin("coordination-1")
    # 1: the police report to the coordination group: a red coat, at x = 80, going east.
    where = {"x_m": 80.0, "y_m": 0.0, "street": "West"}
    news = {"tell": {"upper": "rood"}, "where": {**where, "direction_rad": 0.0}}
    causes = ["game:organiser:1", "fact:games/0/hints/0", "route:suspect-1:1"]
    hint = hand.add("hint", "organiser", 60.0, causes, game="Spel", suspect="suspect-1", rung=0, reason="clock", **news)
    told = {"content": "hint", "place": where, "direction_rad": 0.0, "elements": {"upper": "rood"}, "seen_s": 60.0}
    report = hand.post("organiser", "coordination-1", 60.0, [hint], hint, **told)
    # 2, 3: one steering member in the east and one in the west is the first to pass it on, and is the case holder there.
    started = hand.judged(east_1, start, "group-2", "passes-on")
    taken = hand.judged(east_1, report, "group-2", "takes-on")
    east_start, east_case = hand.passed(started), hand.passed(taken)
    started = hand.judged(west_2, start, "group-1", "passes-on")
    taken = hand.judged(west_2, report, "group-1", "takes-on")
    west_start, west_case = hand.passed(started), hand.passed(taken)
    # 2: the others leave it at that: one had not read it in his group yet and finds it there, one has read it.
    hand.judged(east_2, start, "group-2", "taken", east_start)
    hand.judged(east_2, report, "group-2", "taken", east_case)
    for passed in (east_start, east_case):
        hand.judged(east_2, passed, "coordination-1", "known")
    for above in (start, report):
        hand.judged(west_1, above, "group-1", "known")
    for passed in (west_start, west_case):
        hand.judged(west_1, passed, "coordination-1", "known")
    # 4: a member who has read it sees the suspect; he does not call, and adds what he sees.
    known = f"{west_case.record}@{member}"
    first = hand.sighting(member, 300.0, known, west_case.read[member])
    added = hand.tell(member, "group-1", first)
    # 5: it crosses to the coordination group and to group 2; the other steering members have read it there when they judge.
    above = hand.passed(hand.judged(west_1, added, "coordination-1", "passes-on"))
    hand.judged(west_2, added, "coordination-1", "known")
    hand.judged(west_2, above, "group-1", "known")
    across = hand.passed(hand.judged(east_2, above, "group-2", "passes-on"))
    hand.judged(east_1, above, "group-2", "known")
    hand.judged(east_1, across, "coordination-1", "known")
    # 3: the desk calls back who took its report on, and hears it at the second call; other calls bring nothing new.
    causes = [east_case.record, f"{across.record}@{east_1}"]
    hand.add("callback", "desk", east_case.time + 600.0, causes, resident=east_1, heard=across.record, told=None)
    # 6: SAAR begins again in the east: who saw the suspect calls, posts, and is the case holder of group 2 from now on.
    second = hand.sighting(elsewhere, 600.0, f"{east_case.record}@{elsewhere}", east_case.read[elsewhere])
    called_in = hand.call(elsewhere, second)
    new_case = hand.tell(elsewhere, "group-2", second, called_in)
    back = hand.passed(hand.judged(east_1, new_case, "coordination-1", "passes-on"))
    # 3: the desk tells it to the case holder of group 1, who tells his group; nobody needs to pass it on any more.
    causes = [west_case.record, called_in]
    called = hand.add("callback", "desk", west_case.time + 1200.0, causes, resident=west_2, heard=None, told=called_in)
    told_west = hand.post(west_2, "group-1", west_case.time + 1200.0, [called, called_in], second[0], **second[2])
    hand.judged(west_2, told_west, "coordination-1", "known")
    hand.judged(west_2, back, "group-1", "known")
    hand.judged(east_2, new_case, "coordination-1", "known")
    hand.judged(east_2, back, "group-2", "known")
    # 7: who took the report on tells how it ended in group 1, and in group 2 who was the last to speak with the police.
    hand.end("coordination-1", west_case, new_case)
    scenario = evening(
        SURE | {"steering_members": 2.0, "p_report_player": 0.5},
        suspect=SUSPECT,
        game={"duration_s": DURATION_S, "hints": (Hint(at_s=60.0, tell=("upper",), where=True),)},
        players=Players(share=1.0, announced=Announced()),
        structure=Structure(id="zoomwijck", groups=2),
        outlet="coordination",
    )
    assert_as_written(
        hand, scenario, (300.0, 12.0), (250.0, 150.0), (350.0, 150.0), (560.0, 150.0), (600.0, 12.0), (640.0, 150.0)
    )
