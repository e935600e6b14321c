import { View } from "./view.js";
import { Ground } from "./ground.js";
import { Homes } from "./homes.js";
import { Actors } from "./actors.js";
import { looksOf } from "./looks.js";
import { listenToFingers } from "./fingers.js";

const NEAR = 16; // one clicks on who is at most this far away, pixels
const STILL = 5; // a click moves less than this, pixels

/** The map on the page: three canvases, the lower two drawn again only when they change, and the pointer on them. */
export class Stage {
  constructor(section, player) {
    const { scene } = player;
    this.scene = scene;
    this.player = player;
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
    this.player.refresh();
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

  /** Follows who is drawn at a point of the screen, if anybody is. */
  #pick(screenX, screenY) {
    const { timeMs } = this.player.clock;
    let [nearest, least] = [-1, NEAR];
    for (const who of this.scene.movers.keys()) {
      const place = this.scene.outside(who, timeMs) ? this.view.onScreen(this.scene.place(who, timeMs)) : null;
      const away = place ? Math.hypot(place.x - screenX, place.y - screenY) : NEAR;
      [nearest, least] = away < least ? [who, away] : [nearest, least];
    }
    if (nearest >= 0) {
      this.player.follow(nearest);
    }
  }

  /**
   * Lets a mouse or a pen drag the map and click on who is to be followed. One zooms with the wheel while Ctrl is held, so that
   * the page still scrolls.
   */
  #listen() {
    let dragged = 0;
    listenToFingers(this.place, (how) => this.change(how));
    this.place.addEventListener("click", (click) => {
      if (dragged < STILL) {
        this.#pick(click.offsetX, click.offsetY);
      }
    });
    this.place.addEventListener("pointerdown", (press) => {
      dragged = 0;
      if (press.pointerType !== "touch") {
        this.place.setPointerCapture(press.pointerId);
      }
    });
    this.place.addEventListener("pointermove", (move) => {
      if (move.pointerType !== "touch" && this.place.hasPointerCapture(move.pointerId)) {
        dragged += Math.abs(move.movementX) + Math.abs(move.movementY);
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
