/** Style common to the pages of all stand-ins: light and dark by the reader's setting, from phone width up. */
export const BASE_STYLE = `
:root {
  --page: #f6f7f8; --card: #ffffff; --line: #e1e4e7; --control: #81878d;
  --ink: #161a1f; --ink-2: #5e646b; --hover: #eff0f2;
  --accent: #3d4fc4; --on-accent: #ffffff; --accent-text: #3546b5; --tint: #eef0fc;
  --good: #1a763f; --good-ground: #e5f7e9; --bad: #b02a2d; --bad-ground: #ffedeb; --wait: #8a5600; --wait-ground: #feefdf;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f1115; --card: #161a1e; --line: #2e3238; --control: #676c73;
    --ink: #ebedef; --ink-2: #9fa3a9; --hover: #22262b;
    --accent: #5b6de0; --on-accent: #ffffff; --accent-text: #a9b4ff; --tint: #1f2440;
    --good: #8ad19d; --good-ground: #1f342b; --bad: #ffa098; --bad-ground: #3d2528; --wait: #e8b273; --wait-ground: #362d1f;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  -webkit-text-size-adjust: 100%;
}
main { margin: 0 auto; padding: 32px 20px 64px; }
main.wide { max-width: 1040px; }
main.narrow { max-width: 560px; }
h1 { font-size: 1.75rem; line-height: 1.2; letter-spacing: -.02em; margin: 0 0 8px; text-wrap: balance; }
h2 { font-size: 1.125rem; line-height: 1.3; margin: 0 0 12px; }
p { margin: 0 0 12px; }
a { color: var(--accent-text); text-underline-offset: 3px; }
.muted { color: var(--ink-2); }
.small { font-size: .875rem; }
.eyebrow { color: var(--ink-2); font-size: .8125rem; font-weight: 600; margin: 0 0 6px; }
.mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .875em; overflow-wrap: anywhere; }
.number { font-variant-numeric: tabular-nums; text-align: right; white-space: nowrap; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 20px; }
.stack > * { margin: 0; } .stack > * + * { margin-top: 14px; } .stack > input[type=hidden] + * { margin-top: 0; }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: 10px 14px; }
.row.spread { justify-content: space-between; }
label { display: block; font-size: .875rem; font-weight: 600; }
label.check { display: flex; gap: 10px; align-items: flex-start; font-weight: 400; font-size: .9375rem; }
label.check input { width: 18px; height: 18px; margin: 3px 0 0; flex: none; accent-color: var(--accent); }
label .hint { display: block; font-weight: 400; color: var(--ink-2); }
input:not([type=checkbox]):not([type=radio]), select {
  display: block; width: 100%; min-height: 44px; margin-top: 6px; padding: 8px 12px; font: inherit; font-weight: 400;
  color: var(--ink); background: var(--card); border: 1px solid var(--control); border-radius: 8px;
}
button, .button {
  display: inline-block; min-height: 44px; padding: 9px 18px; font: inherit; font-weight: 600; text-align: center; text-decoration: none;
  color: var(--on-accent); background: var(--accent); border: 1px solid var(--accent); border-radius: 8px; cursor: pointer;
}
button:hover, .button:hover { filter: brightness(1.08); }
button.quiet, .button.quiet { color: var(--ink); background: transparent; border-color: var(--control); }
button.quiet:hover, .button.quiet:hover { background: var(--hover); filter: none; }
form.stack button { width: 100%; } form.card + p { margin-top: 16px; }
:focus-visible { outline: 2px solid var(--accent-text); outline-offset: 2px; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: 6px 16px; margin: 0; }
dl.facts dt { color: var(--ink-2); } dl.facts dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-size: .8125rem; font-weight: 600; color: var(--ink-2); padding: 8px 10px; border-bottom: 1px solid var(--line); }
th.number { text-align: right; }
td { padding: 11px 10px; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
.note { border-radius: 8px; padding: 12px 14px; }
.note.good { background: var(--good-ground); color: var(--good); }
.note.bad { background: var(--bad-ground); color: var(--bad); }
.note.wait { background: var(--wait-ground); color: var(--wait); }
.top { border-bottom: 1px solid var(--line); background: var(--card); }
.top > div { max-width: 1040px; margin: 0 auto; padding: 12px 20px; }
.mark { font-weight: 700; letter-spacing: -.01em; color: var(--ink); text-decoration: none; }
@media (max-width: 520px) { main { padding: 24px 16px 48px; } h1 { font-size: 1.5rem; } }
`;
