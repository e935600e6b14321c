// The alert structure at a moment as text: a sentence, a table of the groups, and a list of what is on its way.
import { clockWords, countUntil, filled } from "./moments.js";

const NONE = "–";

function made(parent, name, words = "", attributes = {}) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = words;
  parent.append(element);
  return element;
}

function rewrite(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

/** The alert structure in words. */
export class ChannelTable {
  /**
   * @param {Element} element where it is put
   * @param {ChannelState} state
   */
  constructor(element, state) {
    this.state = state;
    this.channels = state.channels;
    this.words = this.channels.words;
    this.details = made(element, "details", "", { class: "channels-text" });
    made(this.details, "summary", this.words.table);
    const region = made(this.details, "div", "", { class: "scroll", tabindex: "0", role: "region", "aria-label": this.words.table });
    const table = made(region, "table");
    this.caption = made(table, "caption");
    this.columns = this.#columns();
    const head = made(made(table, "thead"), "tr");
    for (const name of this.columns) made(head, "th", this.channels.columns[name], { scope: "col" });
    const body = made(table, "tbody");
    this.rows = this.channels.nodes.map((node, index) => this.#row(body, node, index));
    made(this.details, "h4", this.words.under_way);
    this.list = made(this.details, "ul", "", { class: "channels-steps" });
  }

  #columns() {
    const some = (name) => this.channels.nodes.some((node) => node[name].length);
    const wanted = { chatter: some("chatter"), muted: some("muted"), linked: this.channels.links.some((link) => link.people) };
    return Object.keys(this.channels.columns).filter((name) => wanted[name] ?? true);
  }

  #row(body, node, index) {
    const row = made(body, "tr");
    const cells = {};
    for (const name of this.columns) cells[name] = name === "group" ? made(row, "th", node.name, { scope: "row" }) : made(row, "td", NONE);
    if (node.members !== null) cells.members.textContent = this.#number(node.members);
    if (cells.linked) cells.linked.textContent = this.#linked(index) || NONE;
    return cells;
  }

  #linked(index) {
    const joined = this.channels.links.filter((link) => link.people && link.ends.includes(index));
    const others = joined.map(({ ends, people }) => ({ other: ends[ends[0] === index ? 1 : 0], people }));
    others.sort((one, another) => one.other - another.other);
    return others.map(({ other, people }) => `${this.channels.nodes[other].name} (${this.#number(people)})`).join(", ");
  }

  /** Show a moment. */
  show(timeS) {
    rewrite(this.caption, this.#clock(timeS));
    this.rows.forEach((cells, index) => {
      for (const [name, words] of Object.entries(this.#told(index, timeS))) if (cells[name]) rewrite(cells[name], words);
    });
    const steps = this.state.recent(timeS).reverse();
    const told = steps.length ? steps.map((step) => this.#step(step, timeS)) : [this.words.nothing];
    while (this.list.children.length > told.length) this.list.lastChild.remove();
    told.forEach((words, index) => rewrite(this.list.children[index] ?? made(this.list, "li"), words));
  }

  #told(index, timeS) {
    const node = this.channels.nodes[index];
    const latestS = this.state.latestS(index, timeS);
    const told = { messages: this.#messages(index, timeS), latest: latestS === null ? NONE : this.#clock(latestS) };
    if (node.members !== null) told.known = this.#number(this.state.figure("known", index, timeS));
    for (const name of ["muted", "chatter"]) if (node.members !== null) told[name] = this.#number(countUntil(node[name], timeS));
    return told;
  }

  #messages(index, timeS) {
    const { members, figures } = this.channels.nodes[index];
    if (members !== null) return this.#number(this.state.messages(index, timeS));
    return figures.map((name) => this.state.figureWords(name, index, this.state.figure(name, index, timeS))).join(", ") || NONE;
  }

  #step(step, timeS) {
    const name = (index) => (index < 0 ? "" : this.channels.nodes[index].name);
    const values = { source: name(step.source), target: name(step.target), matter: this.channels.matters[step.matter].words };
    if (timeS < step.at_s) return filled(this.words.moving, values);
    return filled(step.source < 0 ? this.words.begun : this.words.arrived, { ...values, clock: this.#clock(step.at_s) });
  }

  #number(count) {
    return this.state.numbers.format(count);
  }

  #clock(timeS) {
    return clockWords(this.channels.start_s, timeS);
  }
}
