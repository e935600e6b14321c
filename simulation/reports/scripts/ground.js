const GROUND = "#f6f3ec";
const WATER = "#cfe5f2";
const WAVES = "#5b9cc4";
const SHORE = "#3d7ea6";
const BUILDING = "#e3dccf";
const WALL = "#b9af9d";
const KERB = "#8d8778";
const STREET = "#ffffff";
const PATH = "#77705f";
const NAME = "#3a352c";
const ROOM = 2; // a name may be as many times as long as the straight part of its street

/** Puts lines of first points and steps into one path. */
export function pathOf(lines, closed) {
  const path = new Path2D();
  for (const line of lines) {
    let [x, y] = line;
    path.moveTo(x, y);
    for (let at = 2; at < line.length; at += 2) {
      x += line[at];
      y += line[at + 1];
      path.lineTo(x, y);
    }
    if (closed) {
      path.closePath();
    }
  }
  return path;
}

/** The map under everything: drawn again only when another part of it is seen. */
export class Ground {
  constructor(canvas, ground) {
    this.canvas = canvas;
    this.names = [...ground.names].sort((one, other) => Math.hypot(other[3], other[4]) - Math.hypot(one[3], one[4]));
    this.paths = {};
    for (const name of ["water", "ditches", "buildings", "streets", "paths"]) {
      this.paths[name] = pathOf(ground[name], name === "water" || name === "buildings");
    }
  }

  /** Draws the part of the map that is seen; `ratio` is the number of dots in a pixel. */
  draw(view, ratio, layers) {
    const context = this.canvas.getContext("2d");
    const { scale } = view;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = GROUND;
    context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    const origin = view.onScreen({ x: 0, y: 0 });
    context.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * origin.x, ratio * origin.y);
    context.lineJoin = "round";
    context.lineCap = "round";
    if (layers.has("buildings")) {
      this.#areas(context, scale);
    }
    const width = Math.max(50, 5 / scale);
    this.#line(context, "paths", PATH, 1.5 / scale, [4 / scale, 3 / scale]);
    this.#line(context, "streets", KERB, width + 2 / scale);
    this.#line(context, "streets", STREET, width);
    this.#streetNames(context, view, ratio);
  }

  #areas(context, scale) {
    context.fillStyle = WATER;
    context.fill(this.paths.water, "evenodd");
    context.fillStyle = waves(context, scale);
    context.fill(this.paths.water, "evenodd");
    this.#line(context, "water", SHORE, 1 / scale);
    this.#line(context, "ditches", SHORE, 2 / scale);
    context.fillStyle = BUILDING;
    context.fill(this.paths.buildings, "evenodd");
    this.#line(context, "buildings", WALL, 0.7 / scale);
  }

  #line(context, name, colour, width, dashes = []) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.setLineDash(dashes);
    context.stroke(this.paths[name]);
    context.setLineDash([]);
  }

  /** Writes the names of streets along them, the longest first, where there is room. */
  #streetNames(context, view, ratio) {
    const written = [];
    context.font = `600 ${view.scale > 0.25 ? 13 : 11}px system-ui, sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (const [name, x, y, right, down] of this.names) {
      const at = { ...view.onScreen({ x, y }), width: context.measureText(name).width };
      const fits = at.width < Math.hypot(right, down) * view.scale * ROOM;
      if (fits && written.every((other) => Math.hypot(other.x - at.x, other.y - at.y) > (other.width + at.width) * 0.55)) {
        written.push(at);
        const turn = Math.atan2(down, right);
        context.setTransform(ratio, 0, 0, ratio, ratio * at.x, ratio * at.y);
        context.rotate(Math.abs(turn) > Math.PI / 2 ? turn + Math.PI : turn);
        context.lineWidth = 4;
        context.strokeStyle = STREET;
        context.strokeText(name, 0, 0);
        context.fillStyle = NAME;
        context.fillText(name, 0, 0);
      }
    }
  }
}

/** Hatches water, so that it differs from buildings in more than colour. */
function waves(context, scale) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const lines = tile.getContext("2d");
  lines.strokeStyle = WAVES;
  lines.moveTo(0, 8);
  lines.lineTo(8, 0);
  lines.stroke();
  const pattern = context.createPattern(tile, "repeat");
  pattern.setTransform(new DOMMatrix().scale(1 / scale));
  return pattern;
}
