const CLOSEST = 1.2; // pixels per decimetre
const FARTHEST = 0.5; // of the scale at which all is seen

/** Which part of the map is seen: its middle in decimetres, and pixels per decimetre. */
export class View {
  constructor([width, height]) {
    this.map = { width, height };
    this.width = 1;
    this.height = 1;
    this.whole();
  }

  /** Shows the whole map. */
  whole() {
    this.x = this.map.width / 2;
    this.y = this.map.height / 2;
    this.scale = this.#wholeScale();
    this.isWhole = true;
  }

  /** Takes another size of the screen, pixels. */
  resize(width, height) {
    this.width = Math.max(width, 1);
    this.height = Math.max(height, 1);
    if (this.isWhole) {
      this.whole();
    }
  }

  /** Comes closer or goes back by a factor; the point of the screen that is named stays where it is. */
  zoom(factor, screenX = this.width / 2, screenY = this.height / 2) {
    const { x, y } = this.onMap(screenX, screenY);
    const scale = Math.min(Math.max(this.scale * factor, this.#wholeScale() * FARTHEST), Math.max(CLOSEST, this.#wholeScale()));
    this.x = x - (screenX - this.width / 2) / scale;
    this.y = y - (screenY - this.height / 2) / scale;
    this.scale = scale;
    this.isWhole = false;
    this.#stay();
  }

  /** Moves by some pixels. */
  pan(right, down) {
    this.x += right / this.scale;
    this.y += down / this.scale;
    this.isWhole = false;
    this.#stay();
  }

  /** Puts a place in the middle if it is not well inside; says whether it had to. */
  keep({ x, y }) {
    const inside = Math.abs(x - this.x) * this.scale < this.width * 0.35 && Math.abs(y - this.y) * this.scale < this.height * 0.35;
    if (!inside) {
      this.x = x;
      this.y = y;
      this.isWhole = false;
    }
    return !inside;
  }

  /** Gives where a place is on the screen, pixels. */
  onScreen({ x, y }) {
    return { x: (x - this.x) * this.scale + this.width / 2, y: (y - this.y) * this.scale + this.height / 2 };
  }

  /** Gives the place at a point of the screen. */
  onMap(screenX, screenY) {
    return { x: (screenX - this.width / 2) / this.scale + this.x, y: (screenY - this.height / 2) / this.scale + this.y };
  }

  #wholeScale() {
    return Math.min(this.width / this.map.width, this.height / this.map.height);
  }

  #stay() {
    this.x = Math.min(Math.max(this.x, 0), this.map.width);
    this.y = Math.min(Math.max(this.y, 0), this.map.height);
  }
}
