const SIZE = 40; // the box of a mark in the legend

/** Reads from the legend how every mark looks, so that map and legend cannot differ. */
export function looksOf(legend) {
  const looks = new Map();
  for (const picture of legend.querySelectorAll("[data-mark]")) {
    const path = picture.querySelector("path");
    const { fill, stroke } = getComputedStyle(path);
    looks.set(picture.dataset.mark, { path: new Path2D(path.getAttribute("d")), fill, stroke });
  }
  return looks;
}

/** Draws a mark in its own size, or smaller, at a point of the screen. */
export function stamp(context, ratio, look, { x, y }, size = 1) {
  const scale = ratio * size * 0.8;
  context.setTransform(scale, 0, 0, scale, ratio * x - (scale * SIZE) / 2, ratio * y - (scale * SIZE) / 2);
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.strokeStyle = look.stroke;
  context.stroke(look.path);
  context.fillStyle = look.fill;
  context.fill(look.path, "evenodd");
}
