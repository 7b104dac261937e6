const KEPT = "tributary_time_zone";

const isZone = (value: string): boolean => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return true;
  } catch {
    return false;
  }
};

let read: { readonly kept: string; readonly zone: string | undefined } = { kept: "", zone: undefined };

/** The zone that times are shown in; undefined where it is the device's. */
export function timeZone(): string | undefined {
  const kept = globalThis.localStorage?.getItem(KEPT) ?? "";
  // Whether it is one is asked once: a list shows a hundred times.
  if (kept !== read.kept) read = { kept, zone: isZone(kept) ? kept : undefined };
  return read.zone;
}

/** Keeps another zone, or the device's, in the browser, and shows the page anew in it. */
export function changeTimeZone(to: string | undefined): void {
  if (to === undefined) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, to);
  location.reload();
}
