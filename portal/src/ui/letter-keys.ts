const OFF = "tributary_letters_off";

/** Whether keys without Ctrl or ⌘ do anything: a voice or a switch may press them unasked (WCAG 2.1.4). */
export const hasLetterKeys = (): boolean => localStorage.getItem(OFF) === null;

export function setLetterKeys(areOn: boolean): void {
  if (areOn) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "yes");
}

/** Whether a pressed key may mean something by itself: not while somebody types, and not with others held. */
export const areLettersOn = (event: KeyboardEvent): boolean =>
  !event.metaKey &&
  !event.ctrlKey &&
  !event.altKey &&
  (event.target as Element).closest("input, textarea, select, [contenteditable]") === null &&
  hasLetterKeys();
