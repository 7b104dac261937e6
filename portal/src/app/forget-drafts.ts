/** What the names of all drafts begin with. */
export const DRAFT_PREFIX = "tributary_draft_";

/** Takes away what was typed and not sent: whoever uses the window next is somebody else. */
export function forgetDrafts(): void {
  for (const name of Object.keys(sessionStorage)) if (name.startsWith(DRAFT_PREFIX)) sessionStorage.removeItem(name);
}
