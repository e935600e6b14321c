import { countUntil } from "./scene.js";
import { stamp } from "./looks.js";

const READ_MS = 60_000; // how long one sees that somebody read a message, and a message after it was sent
const RECENT_MS = 600_000; // a mark is smaller after this
const OLD_SIZE = 0.6;
const LOOK_OF = {
  search: "search",
  follow: "search",
  player: "playing",
  patrol: "patrol",
  round: "walking",
  errand: "walking",
  wait: "walking",
};
const WIDE = 700; // marks are smaller on a map of fewer pixels than this, down to a share
const SMALLEST = 0.6;
const RING = 18; // radius of the ring around whom one follows, pixels
const INK = "#1b1f24";
const PAPER = "#ffffff";

/** Everything that moves or happens: drawn anew for every moment. */
export class Actors {
  constructor(canvas, scene, looks) {
    this.canvas = canvas;
    this.scene = scene;
    this.looks = looks;
    const marks = [...scene.events.keys()].filter((index) => scene.events[index].mark);
    this.findings = marks.filter((index) => scene.events[index].mark === "found");
    this.marked = marks.filter((index) => scene.events[index].mark !== "found");
    this.posts = Float64Array.from(scene.data.messages, (message) => message.t);
    const { movers } = scene.data.people;
    this.suspects = movers.filter((mover) => mover.kind === "suspect");
    this.others = movers.filter((mover) => mover.kind !== "suspect");
  }

  /** Draws a moment: its time, the chosen event, whom to follow, and which layers are shown. */
  draw(view, ratio, { timeMs, event, followed, layers }) {
    const context = this.canvas.getContext("2d");
    this.brush = { context, ratio, view };
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    if (layers.has("messages")) {
      this.#readings(timeMs);
    }
    if (layers.has("marks")) {
      this.#marks(this.marked, timeMs);
    }
    if (layers.has("people")) {
      this.others.forEach((mover) => this.#person(mover, timeMs));
    }
    if (layers.has("messages")) {
      this.#messages(timeMs);
    }
    if (layers.has("calls")) {
      this.#calls(timeMs);
    }
    this.suspects.forEach((mover) => this.#suspect(mover, timeMs, mover.who === followed));
    if (layers.has("marks")) {
      this.#marks(this.findings, timeMs); // on top of who was found and who found him
    }
    this.#rings(timeMs, event, followed);
  }

  #stamp(name, place, size = 1) {
    const { context, ratio, view } = this.brush;
    const room = Math.min(Math.max(view.width / WIDE, SMALLEST), 1);
    stamp(context, ratio, this.looks.get(name), view.onScreen(place), size * room);
  }

  /** Draws a line from the sender of a message to each who read it just now. */
  #readings(timeMs) {
    const { context, ratio, view } = this.brush;
    const { reads, readTimes } = this.scene;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.beginPath();
    for (let at = countUntil(readTimes, timeMs) - 1; at >= 0 && readTimes[at] > timeMs - READ_MS; at -= 1) {
      const from = this.scene.place(reads[at].message.who, reads[at].message.t);
      const to = this.scene.place(reads[at].who, timeMs);
      if (from && to) {
        const [start, end] = [view.onScreen(from), view.onScreen(to)];
        context.moveTo(start.x, start.y);
        context.lineTo(end.x, end.y);
      }
    }
    context.strokeStyle = this.looks.get("reading").stroke;
    context.lineWidth = 1.2;
    context.setLineDash([5, 4]);
    context.stroke();
    context.setLineDash([]);
  }

  #messages(timeMs) {
    for (let at = countUntil(this.posts, timeMs) - 1; at >= 0 && this.posts[at] > timeMs - READ_MS; at -= 1) {
      const message = this.scene.data.messages[at];
      const place = this.scene.place(message.who, timeMs);
      if (place) {
        this.#stamp("message", place, 0.8);
      }
    }
  }

  #marks(indices, timeMs) {
    for (const index of indices) {
      const { mark, at } = this.scene.events[index];
      const age = timeMs - this.scene.times[index];
      if (age < 0) {
        break;
      }
      this.#stamp(mark, { x: at[0], y: at[1] }, age > RECENT_MS ? OLD_SIZE : 1);
    }
  }

  #person(mover, timeMs) {
    const reason = this.scene.outside(mover.who, timeMs);
    if (reason) {
      const look = { unit: "unit", "passer-by": "passer_by" }[mover.kind] ?? LOOK_OF[reason];
      this.#stamp(look, this.scene.place(mover.who, timeMs));
    }
  }

  #calls(timeMs) {
    for (const call of this.scene.data.calls) {
      const place = call.t <= timeMs && timeMs < call.until ? this.scene.place(call.who, timeMs) : null;
      if (place) {
        this.#stamp(call.picked !== null && call.picked <= timeMs ? "call_answered" : "call_waiting", place, 0.9);
      }
    }
  }

  #suspect(mover, timeMs, isFollowed) {
    if (!this.scene.outside(mover.who, timeMs)) {
      return;
    }
    const place = this.scene.place(mover.who, timeMs);
    this.#stamp("suspect", place);
    this.#label(mover.name, place, isFollowed ? RING + 6 : 16);
  }

  /** Writes a name beside a place, `away` pixels from it. */
  #label(words, place, away) {
    const { context, ratio, view } = this.brush;
    const { x, y } = view.onScreen(place);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.font = "700 14px system-ui, sans-serif";
    context.textBaseline = "middle";
    context.textAlign = "left";
    const width = context.measureText(words).width;
    const left = x + away + width > view.width ? x - away - width : x + away;
    context.lineWidth = 4;
    context.lineJoin = "round";
    context.strokeStyle = PAPER;
    context.strokeText(words, left, y);
    context.fillStyle = INK;
    context.fillText(words, left, y);
  }

  /** Rings the place of the chosen event, dashed, and whom one follows. */
  #rings(timeMs, index, followed) {
    const event = this.scene.events[index];
    if (event && timeMs - this.scene.times[index] < READ_MS) {
      const place = event.at ? { x: event.at[0], y: event.at[1] } : this.scene.place(event.who ?? -1, timeMs);
      this.#ring(place, [6, 4], RING + 4);
    }
    if (followed >= 0) {
      const place = this.scene.place(followed, timeMs);
      this.#ring(place, [], RING);
      const mover = this.scene.movers.get(followed);
      if (place && mover.kind !== "suspect") {
        this.#label(mover.name, place, RING + 6);
      }
    }
  }

  #ring(place, dashes, radius) {
    if (!place) {
      return;
    }
    const { context, ratio, view } = this.brush;
    const { x, y } = view.onScreen(place);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    for (const [colour, width] of [[PAPER, 6], [INK, 2.5]]) {
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.strokeStyle = colour;
      context.lineWidth = width;
      context.setLineDash(colour === INK ? dashes : []);
      context.stroke();
    }
    context.setLineDash([]);
  }
}
