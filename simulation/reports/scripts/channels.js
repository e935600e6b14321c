// The alert structure beside the map: it lights up as a message travels, and tells who knows by now.
import { ChannelPicture } from "./channelpicture.js";
import { ChannelState } from "./channelstate.js";
import { ChannelTable } from "./channeltable.js";
import { atMostOnceASecond, clockWords, countUntil, filled } from "./moments.js";

function made(parent, name, words, look = "") {
  const element = document.createElement(name);
  if (look) element.className = look;
  element.textContent = words;
  parent.append(element);
  return element;
}

function legend(element, channels) {
  const folded = made(element, "details", "");
  made(folded, "summary", channels.words.legend);
  const list = made(folded, "ul", "", "channels-legend");
  list.setAttribute("role", "list"); // without bullets Safari takes it for no list
  for (const [matter, { sign, words }] of Object.entries(channels.matters)) {
    const item = made(list, "li", "");
    made(item, "span", sign, `sign matter-${matter}`).setAttribute("aria-hidden", "true");
    made(item, "span", words);
  }
  const shown = { many: channels.nodes.some((node) => node.small), line: channels.links.some((link) => link.quiet) };
  for (const [name, words] of Object.entries(channels.keys).filter(([name]) => shown[name] ?? true)) {
    const item = made(list, "li", "");
    made(item, "span", "", `key key-${name}`).setAttribute("aria-hidden", "true");
    made(item, "span", words);
  }
}

/**
 * Put the alert structure of an evening into an element.
 * @param {Element} element
 * @param {Object} channels the data that `channel_scene` makes; empty or absent where there is no structure
 * @returns {?{show: function(number): void}} what shows a moment, given in seconds from the start of play; null without a structure
 */
export function startChannels(element, channels) {
  if (!channels?.nodes?.length) return null;
  const state = new ChannelState(channels);
  made(element, "h3", channels.words.title);
  const sentence = made(element, "p", "", "channels-now");
  const picture = new ChannelPicture(element, state);
  if (channels.folded) made(element, "p", channels.words.folded, "channels-note");
  legend(element, channels);
  const table = new ChannelTable(element, state);
  let nowS = 0;
  const tell = atMostOnceASecond(() => {
    const counts = [countUntil(channels.residents.knows, nowS), channels.residents.count, countUntil(state.messagesS, nowS)];
    const [known, of, messages] = counts.map((count) => state.numbers.format(count));
    sentence.textContent = filled(channels.words.now, { clock: clockWords(channels.start_s, nowS), known, of, messages });
    if (table.details.open) table.show(nowS);
  });
  table.details.addEventListener("toggle", () => table.details.open && table.show(nowS));
  const show = (timeS) => {
    nowS = timeS;
    picture.show(timeS);
    tell();
  };
  show(0);
  return { show };
}
