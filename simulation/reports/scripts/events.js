import { clockWords } from "./clock.js";
import { element, filled, tell } from "./words.js";

const QUIET_MS = 4000; // least time between two announcements while it plays

/** The list of events, the one of now marked, and the answer to "why?". */
export class Events {
  constructor(stage, scene, choose) {
    this.scene = scene;
    this.list = stage.querySelector(".events");
    this.button = stage.querySelector("[data-do=why]");
    this.chain = stage.querySelector(".chain");
    this.caption = stage.querySelector(".caption");
    this.shown = -2;
    this.explained = -1;
    this.rows = scene.events.map((_, index) => this.#row(index));
    this.list.append(...this.rows);
    this.list.addEventListener("click", (click) => {
      const index = this.rows.indexOf(click.target.closest("[role=option]"));
      if (index >= 0) {
        choose(index);
      }
    });
    this.list.addEventListener("keydown", (press) => this.#move(press, choose));
    
  }

  /** Gives the words of an event with its time. */
  words(index) {
    const step = this.scene.data.steps[this.scene.events[index].step];
    return `${clockWords(this.scene.data.start, step.t)} ${step.words}`;
  }

  /** Marks the event of now. */
  show({ event }) {
    if (event === this.shown) {
      return;
    }
    this.rows[this.shown]?.setAttribute("aria-selected", "false");
    this.shown = event;
    const row = this.rows[event];
    this.button.disabled = !row;
    if (!row) {
      this.list.removeAttribute("aria-activedescendant");
      tell(this.caption, this.scene.data.texts.before);
      return;
    }
    row.setAttribute("aria-selected", "true");
    this.list.setAttribute("aria-activedescendant", row.id);
    this.list.scrollTop = row.offsetTop - this.list.clientHeight / 2;
    tell(this.caption, this.words(event));
  }

  /** Tells why the event of now happened, or stops telling it. */
  explain() {
    const left = this.chain.contains(document.activeElement);
    this.explained = this.explained === this.shown ? -1 : this.shown;
    const event = this.scene.events[this.explained];
    this.chain.hidden = !event;
    this.button.setAttribute("aria-expanded", String(Boolean(event)));
    if (!event) {
      if (left) this.list.focus();
      return;
    }
    const title = element("h4", filled(this.scene.data.texts.why, { event: this.words(this.explained) }));
    const steps = element("ol");
    steps.append(...this.scene.chain(event).map((step) => this.#step(step)));
    this.chain.replaceChildren(title, steps);
    this.chain.focus();
  }

  #step(step) {
    const row = element("li", "t" in step ? `${clockWords(this.scene.data.start, step.t)} ${step.words}` : step.words);
    if (step.also) {
      const also = element("span", step.also);
      also.className = "meaning";
      row.append(also);
    }
    return row;
  }

  #row(index) {
    const row = element("li", this.words(index));
    row.id = `event-${index}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    return row;
  }

  #move(press, choose) {
    const last = this.rows.length - 1;
    const to = { ArrowUp: this.shown - 1, ArrowDown: this.shown + 1, Home: 0, End: last }[press.key];
    if (to !== undefined && !press.shiftKey) {
      press.preventDefault();
      choose(Math.min(Math.max(to, 0), last));
    } else if (press.key === "Enter") {
      this.explain();
    }
  }
}

/** Reads events aloud: at once when one is chosen, and politely every few seconds while it plays. */
export class Speaker {
  constructor(place, more) {
    this.place = place;
    this.more = more;
    this.spokenAt = -Infinity;
    this.spoken = -1;
  }

  /** Takes the event of now with its words; speaks if it is time to, and tells how many were passed over. */
  hear(index, words, playing, nowMs) {
    if (index === this.spoken || index < 0 || (playing && nowMs - this.spokenAt < QUIET_MS)) {
      return;
    }
    const passed = playing ? index - this.spoken - 1 : 0;
    tell(this.place, passed > 0 ? `${words} ${filled(this.more, { count: passed })}` : words);
    this.spokenAt = nowMs;
    this.spoken = index;
  }
}
