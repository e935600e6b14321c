const DAY_S = 86400;
const LONGEST_MS = 2000; // a page that stood still or was hidden does not leap on

/** Writes a moment as clock time to the second, rounded down: start in seconds after midnight, moment in milliseconds. */
export function clockWords(start, timeMs) {
  const moment = (((Math.floor(start + timeMs / 1000) % DAY_S) + DAY_S) % DAY_S);
  const parts = [Math.floor(moment / 3600), Math.floor(moment / 60) % 60, moment % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

/** The moment that is shown, and how fast it moves on. Knows nothing of screens: it is told how much real time passed. */
export class Clock {
  constructor(endMs) {
    this.endMs = endMs;
    this.timeMs = 0;
    this.speed = 60;
    this.playing = false;
  }

  /** Starts or stops; at the end it starts again from the beginning. */
  toggle() {
    if (!this.playing && this.timeMs >= this.endMs) {
      this.timeMs = 0;
    }
    this.playing = !this.playing;
  }

  /** Goes to a moment, within the evening. */
  seek(timeMs) {
    this.timeMs = Math.min(Math.max(timeMs, 0), this.endMs);
  }

  /** Moves on after some real milliseconds; stops at the end. */
  pass(realMs) {
    if (this.playing) {
      this.seek(this.timeMs + Math.min(realMs, LONGEST_MS) * this.speed);
      this.playing = this.timeMs < this.endMs;
    }
  }
}
