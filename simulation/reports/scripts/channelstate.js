// How the alert structure stands at a moment: who knows, what has arrived where, and what is on its way.
import { countUntil, filled } from "./moments.js";

/** The alert structure of an evening, looked at by moment. */
export class ChannelState {
  /** @param {Object} channels the data that `channel_scene` makes */
  constructor(channels) {
    this.channels = channels;
    this.numbers = new Intl.NumberFormat(channels.language);
    const isMessage = (step) => channels.matters[step.matter].message;
    const times = (steps, name) => steps.map((step) => step[name]).sort((one, other) => one - other);
    this.nodes = channels.nodes.map((node, index) => {
      const arrived = channels.steps.filter((step) => step.target === index && step.arrives);
      const calls = channels.steps.filter((step) => step.target === index && step.matter === "call");
      return {
        arrived,
        arrivedS: times(arrived, "at_s"),
        messagesS: times(arrived.filter(isMessage), "at_s"),
        sentS: times(channels.steps.filter((step) => step.source === index && isMessage(step)), "at_s"),
        dialledS: times(calls, "left_s"),
        endedS: times(calls, "at_s"),
        answeredS: times(calls.filter((step) => step.arrives), "at_s"),
      };
    });
    this.messagesS = times(channels.steps.filter(isMessage), "at_s");
  }

  /**
   * One of the figures of a part: how many members know something, how many calls were made to it, were answered or wait, or
   * how many messages it has sent to others.
   */
  figure(name, index, timeS) {
    const { dialledS, endedS, answeredS, sentS } = this.nodes[index];
    const dialled = countUntil(dialledS, timeS);
    if (name === "known") return countUntil(this.channels.nodes[index].knows, timeS);
    if (name === "called") return dialled;
    if (name === "waiting") return dialled - countUntil(endedS, timeS);
    return countUntil(name === "answered" ? answeredS : sentS, timeS);
  }

  /** A figure in words. */
  figureWords(name, index, count) {
    const values = { count: this.numbers.format(count), of: this.numbers.format(this.channels.nodes[index].members ?? 0) };
    return filled(this.channels.words[name], values);
  }

  /** What arrived last at a part, if that was within the last minute; null otherwise. */
  lit(index, timeS) {
    const { arrived, arrivedS } = this.nodes[index];
    const count = countUntil(arrivedS, timeS);
    return count && timeS - arrivedS[count - 1] < this.channels.lit_s ? arrived[count - 1] : null;
  }

  /** How many messages have appeared in a part. */
  messages(index, timeS) {
    return countUntil(this.nodes[index].messagesS, timeS);
  }

  /** When the last message appeared in a part; null before the first. */
  latestS(index, timeS) {
    const count = this.messages(index, timeS);
    return count ? this.nodes[index].messagesS[count - 1] : null;
  }

  /** What is on its way, or arrived within the last minute, earliest arrival first. */
  recent(timeS) {
    const isRecent = (step) => step.left_s <= timeS && (timeS < step.at_s || (step.arrives && timeS - step.at_s < this.channels.lit_s));
    return this.channels.steps.filter(isRecent);
  }
}
