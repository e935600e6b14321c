// Finding in lists that rise with time, and places along a line: plain functions without a page.

/**
 * How many of some rising times are not above a moment.
 * @param {number[]} times
 * @param {number} timeS
 * @returns {number}
 */
export function countUntil(times, timeS) {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] <= timeS) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The point that lies some share of the way along a line with corners.
 * @param {number[][]} corners
 * @param {number} share from 0 to 1
 * @returns {number[]} x and y
 */
export function pointAlong(corners, share) {
  const lengths = corners.slice(1).map((corner, i) => Math.hypot(corner[0] - corners[i][0], corner[1] - corners[i][1]));
  let left = share * lengths.reduce((sum, length) => sum + length, 0);
  for (let i = 0; i < lengths.length; i += 1) {
    if (left <= lengths[i] && lengths[i] > 0) {
      const part = left / lengths[i];
      return [0, 1].map((axis) => corners[i][axis] + part * (corners[i + 1][axis] - corners[i][axis]));
    }
    left -= lengths[i];
  }
  return corners[corners.length - 1];
}

/**
 * A moment as clock time to the second, rounded down.
 * @param {number} startS clock time at the start of play, seconds after midnight
 * @param {number} timeS
 * @returns {string}
 */
export function clockWords(startS, timeS) {
  const moment = ((Math.floor(startS + timeS) % 86400) + 86400) % 86400;
  return [Math.floor(moment / 3600), Math.floor(moment / 60) % 60, moment % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

/**
 * Put values into a text at the names in braces.
 * @param {string} words
 * @param {Object<string, string>} values
 * @returns {string}
 */
export function filled(words, values) {
  return words.replace(/\{(\w+)\}/g, (blank, name) => (name in values ? values[name] : blank));
}

/**
 * Make something run at once, but not again within a second; what is asked for sooner runs when that is over.
 * @param {function(): void} work
 * @returns {function(): void}
 */
export function atMostOnceASecond(work) {
  let last = -Infinity;
  let timer = 0;
  const run = () => {
    timer = 0;
    last = performance.now();
    work();
  };
  return () => {
    if (timer) return;
    const wait = last + 1000 - performance.now();
    if (wait <= 0) run();
    else timer = setTimeout(run, wait);
  };
}
