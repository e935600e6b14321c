import { View } from "./view.js";
import { Ground } from "./ground.js";
import { Homes } from "./homes.js";
import { Actors } from "./actors.js";
import { looksOf } from "./looks.js";

/** The map on the page: three canvases, the lower two drawn again only when they change, and the pointer on them. */
export class Stage {
  constructor(section, scene, refresh) {
    this.scene = scene;
    this.refresh = refresh;
    this.place = section.querySelector(".ground-map");
    this.canvases = [...this.place.querySelectorAll("canvas")];
    const looks = looksOf(section.querySelector(".legend"));
    this.view = new View(scene.data.ground.size);
    this.ground = new Ground(this.canvases[0], scene.data.ground);
    this.homes = new Homes(this.canvases[1], scene, looks);
    this.actors = new Actors(this.canvases[2], scene, looks);
    this.switches = [...section.querySelectorAll("[data-layer]")];
    this.switches.forEach((box) => box.addEventListener("change", () => this.change(() => {})));
    new ResizeObserver(() => this.#resize()).observe(this.place);
    this.#resize();
    this.#listen();
  }

  /** Changes what part of the map is seen. */
  change(how) {
    how(this.view);
    this.stale = true;
    this.refresh();
  }

  /** Draws a moment. */
  show(moment) {
    const layers = new Set(this.switches.filter((box) => box.checked).map((box) => box.dataset.layer));
    const followed = moment.followed < 0 ? null : this.scene.place(moment.followed, moment.timeMs);
    if (followed && this.view.keep(followed)) {
      this.stale = true;
    }
    if (this.stale) {
      this.ground.draw(this.view, this.ratio, layers);
      this.homes.clear();
      this.stale = false;
    }
    this.homes.draw(this.view, this.ratio, moment.timeMs, layers.has("homes"));
    this.actors.draw(this.view, this.ratio, { ...moment, layers });
  }

  #resize() {
    const { clientWidth, clientHeight } = this.place;
    this.ratio = Math.min(window.devicePixelRatio, 2);
    for (const canvas of this.canvases) {
      canvas.width = Math.round(clientWidth * this.ratio);
      canvas.height = Math.round(clientHeight * this.ratio);
    }
    this.change((view) => view.resize(clientWidth, clientHeight));
  }

  /** Lets a mouse or a pen drag the map; one zooms with the wheel while Ctrl is held, so that the page still scrolls. */
  #listen() {
    this.place.addEventListener("pointerdown", (press) => {
      if (press.pointerType !== "touch") {
        this.place.setPointerCapture(press.pointerId);
      }
    });
    this.place.addEventListener("pointermove", (move) => {
      if (this.place.hasPointerCapture(move.pointerId)) {
        this.change((view) => view.pan(-move.movementX, -move.movementY));
      }
    });
    this.place.addEventListener("wheel", (turn) => {
      if (turn.ctrlKey) {
        turn.preventDefault();
        const box = this.place.getBoundingClientRect();
        this.change((view) => view.zoom(2 ** (-turn.deltaY / 300), turn.clientX - box.x, turn.clientY - box.y));
      }
    }, { passive: false });
  }
}
