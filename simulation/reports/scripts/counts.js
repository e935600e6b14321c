import { tell } from "./words.js";

const EVERY_MS = 200; // real time between two counts while it plays

/** What is the case now, in numbers and words beside the map. */
export class Counts {
  constructor(place, scene) {
    this.scene = scene;
    this.numbers = new Intl.NumberFormat(scene.data.language === "nl" ? "nl-NL" : "en-GB");
    this.cells = new Map([...place.querySelectorAll("[data-count]")].map((cell) => [cell.dataset.count, cell]));
    this.suspects = place.querySelector(".suspects");
    this.followed = place.querySelector(".followed");
    this.countedAt = -Infinity;
  }

  /** Tells the counts of a moment; not more often than one can read them while it plays. */
  show(moment, nowMs) {
    if (moment.playing && nowMs - this.countedAt < EVERY_MS) {
      return;
    }
    this.countedAt = nowMs;
    const counts = this.scene.counts(moment.timeMs);
    this.cells.forEach((cell, name) => tell(cell, this.numbers.format(counts[name])));
    const suspects = this.scene.data.people.movers.filter((mover) => mover.kind === "suspect");
    tell(this.suspects, suspects.map((mover) => this.#told(mover, moment.timeMs)).join(" · ") || this.scene.data.texts.nobody);
    const followed = this.scene.movers.get(moment.followed);
    tell(this.followed, followed ? this.#told(followed, moment.timeMs) : this.scene.data.texts.nobody);
  }

  /** Tells what somebody does, and of a suspect in which street. */
  #told(mover, timeMs) {
    const { texts } = this.scene.data;
    const reason = this.scene.outside(mover.who, timeMs);
    if (mover.kind === "suspect" && reason) {
      return `${mover.name}: ${this.scene.street(mover.who, timeMs) || texts.unnamed}`;
    }
    const indoors = mover.kind === "resident" ? texts.home : texts.gone;
    return `${mover.name}: ${reason ? texts[`does_${reason}`] : indoors}`;
  }
}
