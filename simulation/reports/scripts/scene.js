const AT_THE_DOOR = 500; // decimetres from one's home: a way home ends in the street before it

/** Adds up a first value and steps to plain values. */
export function summed(steps) {
  const values = new Float64Array(steps.length);
  let value = 0;
  steps.forEach((step, index) => {
    value += step;
    values[index] = value;
  });
  return values;
}

/** Counts the values of a sorted list that are not beyond some value. */
export function countUntil(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Gives the place on a way at some moment: straight and at constant speed between its points, at its end when it is over. */
export function along(way, timeMs) {
  const after = countUntil(way.t, timeMs);
  if (after === 0 || after === way.t.length) {
    const at = after === 0 ? 0 : after - 1;
    return { x: way.x[at], y: way.y[at] };
  }
  const before = after - 1;
  const part = (timeMs - way.t[before]) / (way.t[after] - way.t[before]);
  return {
    x: way.x[before] + part * (way.x[after] - way.x[before]),
    y: way.y[before] + part * (way.y[after] - way.y[before]),
  };
}

/** An evening that can be asked what is the case at any moment. Places are decimetres, times milliseconds. */
export class Scene {
  constructor(data) {
    this.data = data;
    this.events = data.events;
    this.times = Float64Array.from(data.events, (event) => data.steps[event.step].t);
    this.movers = new Map(data.people.movers.map((mover) => [mover.who, { ...mover, ways: [], starts: [] }]));
    for (const row of data.people.ways) {
      const way = { reason: row.reason, stops: row.stops, t: summed(row.t), x: summed(row.x), y: summed(row.y) };
      this.movers.get(row.who).ways.push(way);
      this.movers.get(row.who).starts.push(way.t[0]);
    }
    this.streets = new Map(data.people.streets.map((row) => [row.who, { t: summed(row.t), names: row.names }]));
    this.#readMessages();
    this.#countHappenings();
  }

  /** Gives the way that somebody started on last; null before the first. */
  way(who, timeMs) {
    const mover = this.movers.get(who);
    const started = mover ? countUntil(mover.starts, timeMs) : 0;
    return started ? mover.ways[started - 1] : null;
  }

  /** Gives where somebody is: on a way, else at home; null for who is nowhere on the map. */
  place(who, timeMs) {
    const way = this.way(who, timeMs);
    const { x, y } = this.data.people.homes;
    if (way) {
      return along(way, timeMs);
    }
    return who >= 0 && who < x.length ? { x: x[who], y: y[who] } : null;
  }

  /** Tells what somebody does out of doors: the reason of his way, `wait` after it; empty for who is at home or has left. */
  outside(who, timeMs) {
    const way = this.way(who, timeMs);
    if (!way || timeMs < way.t[0]) {
      return "";
    }
    const last = way.t.length - 1;
    if (timeMs <= way.t[last]) {
      return timeMs < (way.stops ?? Infinity) ? way.reason : "errand";
    }
    const kind = this.movers.get(who).kind;
    const { x, y } = this.data.people.homes;
    const isHome = who < x.length && Math.hypot(way.x[last] - x[who], way.y[last] - y[who]) < AT_THE_DOOR;
    return isHome || kind === "suspect" || kind === "passer-by" ? "" : "wait";
  }

  /** Gives the street in which a suspect is; empty where it has no name. */
  street(who, timeMs) {
    const streets = this.streets.get(who);
    const index = streets ? countUntil(streets.t, timeMs) - 1 : -1;
    return index < 0 ? "" : streets.names[index];
  }

  /** Gives the number of the last event that has happened; -1 before the first. */
  eventAt(timeMs) {
    return countUntil(this.times, timeMs) - 1;
  }

  /** Gives the steps that led to an event, the earliest first. */
  chain(event) {
    const steps = [];
    for (let at = event.step; at >= 0; at = this.data.steps[at].after) {
      steps.unshift(this.data.steps[at]);
    }
    return steps;
  }

  /** Counts what has happened, and what is going on. */
  counts(timeMs) {
    const ongoing = this.data.calls.filter((call) => call.t <= timeMs && timeMs < call.until);
    const talking = ongoing.filter((call) => call.picked !== null && call.picked <= timeMs).length;
    const searching = [...this.movers.keys()].filter((who) => ["search", "follow"].includes(this.outside(who, timeMs)));
    return {
      sightings: countUntil(this.sightings, timeMs),
      waiting: ongoing.length - talking,
      talking,
      answered: countUntil(this.answers, timeMs),
      messages: countUntil(this.posts, timeMs),
      knowing: countUntil(this.knownTimes, timeMs),
      searching: searching.length,
      questions: countUntil(this.questions, timeMs),
      found: countUntil(this.findings, timeMs),
    };
  }

  #readMessages() {
    const { residents, homes } = this.data.people;
    this.knownFrom = new Float64Array(homes.x.length).fill(Infinity);
    const learn = (who, timeMs) => {
      if (who < this.knownFrom.length) {
        this.knownFrom[who] = Math.min(this.knownFrom[who], timeMs);
      }
    };
    this.reads = [];
    for (const message of this.data.messages) {
      const readers = summed(message.readers);
      summed(message.reads).forEach((timeMs, index) => {
        this.reads.push({ t: timeMs, who: readers[index], message });
        if (message.telling) {
          learn(readers[index], timeMs);
        }
      });
    }
    this.data.seen.forEach(([who, timeMs]) => learn(who, timeMs));
    this.reads.sort((one, other) => one.t - other.t);
    this.readTimes = Float64Array.from(this.reads, (read) => read.t);
    this.known = [...this.knownFrom.keys()].filter((who) => who < residents && this.knownFrom[who] < Infinity);
    this.known.sort((one, other) => this.knownFrom[one] - this.knownFrom[other]);
    this.knownTimes = Float64Array.from(this.known, (who) => this.knownFrom[who]);
  }

  #countHappenings() {
    const times = (kind) => this.times.filter((_, index) => this.events[index].kind === kind);
    [this.sightings, this.posts, this.questions, this.findings] = ["sighting", "post", "question", "found"].map(times);
    this.answers = Float64Array.from(this.data.calls.filter((call) => call.picked !== null), (call) => call.picked).sort();
  }
}
