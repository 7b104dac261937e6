/** An element that had the focus, with all that it stood in, nearest first: what is taken away knows its place no more. */
type Place = readonly Element[];

/** A dialog, what opened it, and a few before: whoever comes back goes no further. */
const PLACES_MAX = 8;
/** Mantine gives the focus back after 10 ms, and a page that is read anew takes what was decided away a moment after it closed. */
const SETTLED_MS = 50;
const HEADINGS = "h1, h2, h3";

/**
 * Keeps the place of who goes by keys. What had the focus may be taken away with what was decided by it: then the page itself has it, and the next key
 * begins at its top. It goes to what opened the dialog that is gone, or else to the heading of what it stood in. Returns what ends this.
 */
export function keepFocus(): () => void {
  let places: readonly Place[] = [];
  let isLetGo = false;
  let timer = 0;
  const remember = ({ target }: FocusEvent): void => {
    isLetGo = false;
    if (target instanceof Element) places = [ancestry(target), ...places].slice(0, PLACES_MAX);
  };
  // Who clicks beside everything wants nothing to have it.
  const letGo = ({ target }: PointerEvent): void => {
    isLetGo =
      target instanceof Element && target.closest("a, button, input, select, textarea, label, [tabindex]") === null;
  };
  const find = (): void => {
    timer = 0;
    if (isLetGo || !isLost()) return;
    for (const place of places) {
      // What is held back while an answer is waited for comes to itself again.
      if (place[0]?.isConnected && place[0].matches(":disabled")) return;
      const next = nextOf(place);
      if (next !== undefined) return focus(next);
    }
  };
  const look = (): void => {
    if (timer === 0 && isLost()) timer = window.setTimeout(find, SETTLED_MS);
  };
  const changes = new MutationObserver(look);
  changes.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["disabled"] });
  document.addEventListener("focusin", remember);
  document.addEventListener("pointerdown", letGo);
  return () => {
    window.clearTimeout(timer);
    changes.disconnect();
    document.removeEventListener("focusin", remember);
    document.removeEventListener("pointerdown", letGo);
  };
}

const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body;

function ancestry(element: Element): Place {
  const place: Element[] = [];
  for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement) place.push(at);
  return place;
}

/** The element itself where it is still there, or the heading of the nearest that still has one. */
function nextOf(place: Place): Element | undefined {
  const [itself] = place;
  if (itself?.isConnected && itself.getClientRects().length > 0) return itself;
  for (const around of place.filter((one) => one.isConnected)) {
    const heading = around.querySelector(HEADINGS);
    if (heading !== null) return heading.querySelector("[data-autofocus]") ?? heading;
  }
  return undefined;
}

function focus(element: Element): void {
  if (!(element instanceof HTMLElement)) return;
  if (element.matches(HEADINGS) && !element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus();
}
