// The picture of the alert structure. Nothing in it is touched while it stays as it is.
import { pointAlong } from "./moments.js";

const SVG = "http://www.w3.org/2000/svg";
const BAR = 5;
const LETTER = 7;
const UNANSWERED = 0.8;

function made(parent, name, attributes, words) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (words !== undefined) element.textContent = words;
  parent.append(element);
  return element;
}

function badge(parent, radius) {
  const group = made(parent, "g", { class: "badge", visibility: "hidden" });
  made(group, "circle", { r: radius });
  return { group, sign: made(group, "text", { y: radius * 0.48, "font-size": radius * 1.35 }) };
}

/** The picture of the alert structure. */
export class ChannelPicture {
  /**
   * @param {Element} element where it is put
   * @param {ChannelState} state
   */
  constructor(element, state) {
    this.state = state;
    this.channels = state.channels;
    this.stillness = matchMedia("(prefers-reduced-motion: reduce)");
    const label = `${this.channels.words.title}. ${this.channels.words.picture}`;
    const box = `0 0 ${this.channels.size.join(" ")}`;
    const picture = made(element, "svg", { viewBox: box, role: "img", "aria-label": label, class: "channels-picture" });
    this.lineLayer = made(picture, "g", {});
    this.lines = this.channels.links.map((link) => this.#line(link));
    for (const { words, at } of this.channels.captions) made(picture, "text", { x: at[0], y: at[1], class: "caption" }, words);
    this.boxes = this.channels.nodes.map((node) => this.#box(made(picture, "g", {}), node));
    this.dotLayer = made(picture, "g", {});
    this.dots = [];
  }

  #line(link) {
    const drawn = link.path.map((corner) => corner.join(" ")).join("L");
    const look = link.quiet ? "line quiet" : "line";
    return { element: made(this.lineLayer, "path", { d: `M${drawn}`, class: look }), look, matter: "" };
  }

  #box(group, node) {
    const [left, top, width, height] = node.box;
    const look = `node kind-${node.kind}`;
    group.setAttribute("class", look);
    made(group, "title", {}, node.name);
    made(group, "rect", { x: left, y: top, width, height, rx: 4, class: "frame" });
    const letters = Math.floor((width - (node.small ? 0 : 4)) / LETTER);
    const label = node.label.length > letters ? `${node.label.slice(0, letters - 1)}…` : node.label;
    const middle = left + width / 2;
    made(group, "text", { x: middle, y: top + (node.small ? 12 : height < 44 ? 15 : 17), class: node.small ? "label small" : "label" }, label);
    const rows = node.small ? [] : node.figures.length > 1 ? [33, 49] : [node.members === null ? 38 : height - 12];
    const figures = node.figures.slice(0, rows.length).map((name, row) => {
      return { name, element: made(group, "text", { x: middle, y: top + rows[row], class: "figure" }), count: -1 };
    });
    const across = { x: left + 3, y: top + height - BAR - 2, height: BAR };
    if (node.members !== null) made(group, "rect", { ...across, width: width - 6, class: "track" });
    const bar = node.members === null ? null : made(group, "rect", { ...across, width: 0, class: "bar" });
    const sign = badge(group, node.small ? 6.5 : 8.5);
    sign.group.setAttribute("transform", `translate(${left + width - (node.small ? 3 : 1)} ${top + 1})`);
    return { group, look, figures, bar, sign, known: -1, room: width - 6, matter: "" };
  }

  /** Show a moment. */
  show(timeS) {
    this.boxes.forEach((box, index) => {
      this.#fill(box, index, timeS);
      this.#light(box, this.state.lit(index, timeS));
    });
    const recent = this.state.recent(timeS).filter((step) => step.link >= 0);
    this.#lightLines(recent);
    this.#move(recent.filter((step) => timeS < step.at_s), timeS);
  }

  #fill(box, index, timeS) {
    const { members } = this.channels.nodes[index];
    for (const figure of box.figures) {
      const count = this.state.figure(figure.name, index, timeS);
      if (count !== figure.count) {
        figure.count = count;
        figure.element.textContent = this.state.figureWords(figure.name, index, count);
      }
    }
    const known = box.bar ? this.state.figure("known", index, timeS) : -1;
    if (known !== box.known) {
      box.known = known;
      box.bar.setAttribute("width", members ? (box.room * known) / members : 0);
    }
  }

  #light(box, step) {
    const matter = step ? step.matter : "";
    if (matter === box.matter) return;
    box.matter = matter;
    box.group.setAttribute("class", matter ? `${box.look} lit matter-${matter}` : box.look);
    box.sign.group.setAttribute("visibility", matter ? "visible" : "hidden");
    box.sign.sign.textContent = matter ? this.channels.matters[matter].sign : "";
  }

  #lightLines(recent) {
    const matters = new Map(recent.map((step) => [step.link, step.matter]));
    this.lines.forEach((line, index) => {
      const matter = matters.get(index) ?? "";
      if (matter === line.matter) return;
      line.matter = matter;
      line.element.setAttribute("class", matter ? `line lit matter-${matter}` : line.look);
      if (matter) this.lineLayer.append(line.element);
    });
  }

  #move(steps, timeS) {
    while (this.dots.length < steps.length) this.dots.push({ ...badge(this.dotLayer, 8), matter: "" });
    this.dots.forEach((dot, index) => {
      const step = steps[index];
      const matter = step ? step.matter : "";
      if (matter !== dot.matter) {
        dot.matter = matter;
        dot.group.setAttribute("class", `badge dot matter-${matter}`);
        dot.group.setAttribute("visibility", matter ? "visible" : "hidden");
        dot.sign.textContent = matter ? this.channels.matters[matter].sign : "";
      }
      if (step) dot.group.setAttribute("transform", `translate(${this.#place(step, timeS).map((part) => part.toFixed(1)).join(" ")})`);
    });
  }

  #place(step, timeS) {
    const { path, ends } = this.channels.links[step.link];
    const passed = this.stillness.matches ? 0.5 : (timeS - step.left_s) / (step.at_s - step.left_s);
    const share = step.arrives ? passed : passed * UNANSWERED;
    return pointAlong(path, ends[0] === step.source ? share : 1 - share);
  }
}
