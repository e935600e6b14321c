/** Fills the fields of a text, such as {count}. */
export function filled(words, fields) {
  return words.replace(/\{(\w+)\}/g, (_, name) => String(fields[name]));
}

/** Gives a new element with a text in it. */
export function element(tag, words = "") {
  const made = document.createElement(tag);
  made.textContent = words;
  return made;
}

/** Changes a text only where it differs, so that nothing is laid out in vain. */
export function tell(place, words) {
  if (place.textContent !== words) {
    place.textContent = words;
  }
}
