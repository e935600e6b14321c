import { Clock, clockWords } from "./clock.js";
import { Scene } from "./scene.js";
import { Stage } from "./stage.js";
import { Counts } from "./counts.js";
import { Events, Speaker } from "./events.js";
import { listenToKeys } from "./keys.js";
import { element } from "./words.js";

const STEP_MS = 10_000; // one press of an arrow
const CALM_MS = 1000; // real time between two pictures where motion is to be reduced

/** The player on a page: keeps the moment, and shows it to everything that was attached. */
export class Player {
  constructor(section) {
    this.section = section;
    this.scene = new Scene(JSON.parse(section.querySelector("script[type='application/json']").textContent));
    this.clock = new Clock(this.scene.data.end);
    this.event = this.scene.eventAt(0);
    this.followed = -1;
    this.attached = [];
    this.drawnAt = 0;
    this.calm = matchMedia("(prefers-reduced-motion: reduce)");
  }

  /** Shows every moment from now on to something with a function `show(moment, nowMs)`. */
  attach(part) {
    this.attached.push(part);
    this.refresh();
  }

  /** Starts or pauses. */
  toggle() {
    this.clock.toggle();
    this.refresh();
  }

  /** Goes to a moment. */
  seek(timeMs) {
    this.clock.seek(timeMs);
    this.event = this.scene.eventAt(this.clock.timeMs);
    this.refresh();
  }

  /** Goes some milliseconds on or back. */
  move(timeMs) {
    this.seek(this.clock.timeMs + timeMs);
  }

  /** Chooses an event, pauses, and goes to its moment. */
  choose(index) {
    if (index >= 0 && index < this.scene.events.length) {
      this.clock.playing = false;
      this.clock.seek(this.scene.times[index]);
      this.event = index;
      this.refresh();
    }
  }

  /** Follows somebody; nobody below 0. */
  follow(who) {
    this.followed = who;
    this.refresh();
  }

  /** Asks for a new picture. */
  refresh() {
    this.asked ??= requestAnimationFrame((nowMs) => this.#frame(nowMs));
  }

  #frame(nowMs) {
    this.asked = undefined;
    const wait = this.clock.playing && this.calm.matches && nowMs - this.drawnAt < CALM_MS;
    if (!wait) {
      if (this.clock.playing) {
        this.clock.pass(this.wasPlaying ? nowMs - this.drawnAt : 0);
        this.event = this.scene.eventAt(this.clock.timeMs);
      }
      this.wasPlaying = this.clock.playing;
      this.drawnAt = nowMs;
      const { timeMs, playing } = this.clock;
      const moment = { timeMs, playing, event: this.event, followed: this.followed };
      this.attached.forEach((part) => part.show(moment, nowMs));
    }
    if (this.clock.playing) {
      this.refresh();
    }
  }
}

/** Starts the player in its section of the page, and gives it. */
export function startPlayer(section) {
  section.querySelector(".stage").hidden = false;
  section.querySelector(".off").hidden = true;
  const player = new Player(section);
  const stage = new Stage(section, player);
  const events = new Events(section, player.scene, (index) => player.choose(index));
  const speaker = new Speaker(section.querySelector(".aloud"), player.scene.data.texts.more);
  const deeds = deedsOf(player, stage, events);
  [stage, events, new Counts(section, player.scene), desk(section, player)].forEach((part) => player.attach(part));
  player.attach({
    show: ({ event, playing }, nowMs) => speaker.hear(event, event < 0 ? "" : events.words(event), playing, nowMs),
  });
  section.querySelectorAll("[data-do]").forEach((button) => button.addEventListener("click", () => deeds[button.dataset.do]?.()));
  listenToKeys(section.querySelector(".stage"), deeds);
  return player;
}

/** Puts something beside the map: `start(place, data)` gives what has a function `show(timeS)`, or null for nothing. */
export function showBeside(player, start, data) {
  const place = player.section.querySelector(".channels");
  place.hidden = false;
  const panel = start(place, data);
  place.hidden = !panel;
  if (panel) {
    player.attach({ show: ({ timeMs }) => panel.show(timeMs / 1000) });
  }
}

/** Names everything that a button or a key can do. */
function deedsOf(player, stage, events) {
  return {
    play: () => player.toggle(),
    back: () => player.choose(player.event - 1),
    next: () => player.choose(player.event + 1),
    earlier: () => player.move(-STEP_MS),
    later: () => player.move(STEP_MS),
    why: () => events.explain(),
    closer: () => stage.change((view) => view.zoom(1.5)),
    farther: () => stage.change((view) => view.zoom(1 / 1.5)),
    whole: () => stage.change((view) => view.whole()),
    west: () => stage.change((view) => view.pan(-view.width / 4, 0)),
    east: () => stage.change((view) => view.pan(view.width / 4, 0)),
    north: () => stage.change((view) => view.pan(0, -view.height / 4)),
    south: () => stage.change((view) => view.pan(0, view.height / 4)),
  };
}

/** The controls: play, time, speed, and whom to follow. */
function desk(section, player) {
  const { texts, start, people } = player.scene.data;
  const [play, time, clock] = ["[data-do=play]", "[data-set=time]", ".now"].map((name) => section.querySelector(name));
  const [speed, follow] = ["speed", "follow"].map((name) => section.querySelector(`[data-set=${name}]`));
  time.max = player.clock.endMs;
  follow.append(...people.movers.map((mover) => Object.assign(element("option", mover.name), { value: mover.who })));
  time.addEventListener("input", () => {
    time.setAttribute("aria-valuetext", clockWords(start, Number(time.value)));
    player.seek(Number(time.value));
  });
  speed.addEventListener("change", () => {
    player.clock.speed = Number(speed.value);
  });
  follow.addEventListener("change", () => player.follow(Number(follow.value)));
  player.clock.speed = Number(speed.value);
  return {
    show: ({ timeMs, playing, followed }) => {
      const words = clockWords(start, timeMs);
      time.value = timeMs;
      follow.value = followed;
      clock.textContent = words;
      const label = playing ? texts.pause : texts.play;
      if (play.textContent !== label || !playing) {
        play.textContent = label;
        time.setAttribute("aria-valuetext", words);
      }
    },
  };
}
