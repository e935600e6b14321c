import { countUntil } from "./scene.js";
import { stamp } from "./looks.js";

const KNOWING = 8; // how much smaller than in the legend a home is drawn, for each pixel of its size

/** Who lives where, and in which homes somebody knows of a suspect: a layer that grows while news spreads. */
export class Homes {
  constructor(canvas, scene, looks) {
    this.canvas = canvas;
    this.scene = scene;
    [this.quiet, this.knowing] = ["home", "home_knows"].map((name) => looks.get(name));
    this.shown = -1;
    const { x, y } = scene.data.people.homes;
    this.places = [...new Map([...x.keys()].map((who) => [`${x[who]} ${y[who]}`, { x: x[who], y: y[who] }])).values()];
  }

  /** Forgets what is drawn, so that all is drawn again. */
  clear() {
    this.shown = -1;
  }

  /** Draws the homes where somebody has come to know something since the last time; all of them after going back. */
  draw(view, ratio, timeMs, visible) {
    const known = visible ? countUntil(this.scene.knownTimes, timeMs) : 0;
    if (this.shown === known) {
      return;
    }
    const context = this.canvas.getContext("2d");
    if (this.shown < 0 || this.shown > known) {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, this.canvas.width, this.canvas.height);
      this.shown = 0;
      if (visible) {
        this.#quiet(context, view, ratio);
      }
    }
    const { x, y } = this.scene.data.people.homes;
    for (const who of this.scene.known.slice(this.shown, known)) {
      stamp(context, ratio, this.knowing, view.onScreen({ x: x[who], y: y[who] }), size(view) / KNOWING);
    }
    this.shown = known;
  }

  #quiet(context, view, ratio) {
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = this.quiet.fill;
    const half = size(view) * 0.4;
    for (const place of this.places) {
      const at = view.onScreen(place);
      context.fillRect(at.x - half, at.y - half, 2 * half, 2 * half);
    }
  }
}

function size(view) {
  return Math.min(Math.max(view.scale * 22, 2), 6);
}
