/** Lets two fingers drag the map, bring it closer and push it away; one finger scrolls the page, as everywhere on it. */
export function listenToFingers(place, change) {
  let before = null;
  const hold = ({ targetTouches }) => {
    before = targetTouches.length === 2 ? gripOf(targetTouches, place.getBoundingClientRect()) : null;
  };
  for (const name of ["touchstart", "touchend", "touchcancel"]) place.addEventListener(name, hold, { passive: true });
  place.addEventListener("touchmove", (event) => {
    if (before && event.cancelable) { // who began to scroll with one finger goes on scrolling
      event.preventDefault();
      const last = before;
      hold(event);
      const now = before;
      change((view) => {
        view.pan(last.x - now.x, last.y - now.y);
        view.zoom(now.apart / last.apart, now.x, now.y);
      });
    }
  }, { passive: false });
}

/** Gives the middle between two fingers on an element, and how far they are apart, pixels. */
function gripOf([one, other], box) {
  return {
    x: (one.clientX + other.clientX) / 2 - box.x,
    y: (one.clientY + other.clientY) / 2 - box.y,
    apart: Math.max(Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY), 1),
  };
}
