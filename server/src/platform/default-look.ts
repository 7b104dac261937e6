/**
 * How an installation looks until somebody gives it a look of its own: the portal, mails, documents, and the pages that mails lead to. Colours are
 * `#rrggbb`. The portal has the same in its own sources, for when nobody answers; a test holds them together.
 */
export const DEFAULT_ACCENT = "#4453d6";

/** Where links and buttons of these pages lie: their cards, and the page itself. */
export const PAGE_GROUNDS = { light: ["#ffffff", "#f6f7f8"], dark: ["#161a1e", "#0f1115"] } as const;

/** Of pages that are written here whole: ground, card, lines and letters, in light and dark as the reader has it. */
export const PAGE_STYLE = `:root{color-scheme:light dark;--page:#f6f7f8;--card:#fff;--line:#e1e4e7;--control:#81878d;--ink:#161a1f;--ink-2:#5e646b;--bad:#b02a2d;--read:${DEFAULT_ACCENT}}
@media(prefers-color-scheme:dark){:root{--page:#0f1115;--card:#161a1e;--line:#2e3238;--control:#676c73;--ink:#ebedef;--ink-2:#9fa3a9;--bad:#ffa098;--read:#a9b4ff}}
body{margin:0;font:16px/1.5 system-ui,sans-serif;background:var(--page);color:var(--ink)}a{color:var(--read);text-underline-offset:3px}:focus-visible{outline:2px solid var(--read);outline-offset:2px}`;
