const DEEDS = {
  " ": "play",
  n: "next",
  p: "back",
  w: "why",
  "+": "closer",
  "=": "closer",
  "-": "farther",
  0: "whole",
  ArrowLeft: "earlier",
  ArrowRight: "later",
};
const SHIFTED = { ArrowLeft: "west", ArrowRight: "east", ArrowUp: "north", ArrowDown: "south", "+": "closer" };

/** Listens to keys while something inside an element has the focus; never to those that the focused control needs itself. */
export function listenToKeys(place, deeds) {
  place.addEventListener("keydown", (press) => {
    const key = press.key.length === 1 ? press.key.toLowerCase() : press.key; // as with Caps Lock
    const deed = (press.shiftKey ? SHIFTED : DEEDS)[key];
    if (deed && !press.ctrlKey && !press.altKey && !press.metaKey && !needed(press.target, press.key)) {
      press.preventDefault();
      deeds[deed]();
    }
  });
}

/** Whether a control does something of its own with a key. */
function needed(control, key) {
  if (control.matches("select") || (control.matches(".scroll") && key.startsWith("Arrow"))) {
    return true;
  }
  return control.matches("input[type=range]") ? key.startsWith("Arrow") : key === " " && control.matches("button, input, summary");
}
