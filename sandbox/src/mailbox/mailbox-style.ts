/** Style of the mailbox: list and message side by side where there is room, one after the other on a phone. */
export const MAILBOX_STYLE = `
body { height: 100dvh; display: grid; grid-template-rows: auto minmax(0, 1fr); }
.top > div { max-width: none; display: flex; align-items: center; gap: 12px 24px; flex-wrap: wrap; padding: 10px 20px; }
.mark { display: inline-flex; align-items: center; gap: 10px; font-size: 1.0625rem; }
.mark svg { color: var(--accent-text); }
.top form { flex: 1 1 220px; max-width: 420px; margin-left: auto; }
.top input { margin: 0 !important; min-height: 38px !important; }
main.wide { max-width: none; margin: 0; padding: 0; display: grid; grid-template-columns: minmax(300px, 400px) minmax(0, 1fr); min-height: 0; width: 100%; }
.list { border-right: 1px solid var(--line); background: var(--card); overflow-y: auto; }
.list ol { list-style: none; margin: 0; padding: 0; }
.list a { display: block; padding: 12px 20px; border-bottom: 1px solid var(--line); color: inherit; text-decoration: none; border-left: 2px solid transparent; }
.list a:hover { background: var(--hover); }
.list a[aria-current] { background: var(--hover); border-left-color: var(--accent-text); }
.list a:focus-visible { outline-offset: -2px; }
.line { display: flex; gap: 12px; justify-content: space-between; align-items: baseline; }
.line > :first-child, .cut { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; min-width: 0; }
.list .subject { font-size: .9375rem; } .list .preview, .list .to, .list time { color: var(--ink-2); font-size: .8125rem; }
.cut { display: block; }
.list time { white-space: nowrap; font-variant-numeric: tabular-nums; }
.unread .subject { font-weight: 600; }
.unread .subject::before { content: ""; display: inline-block; width: 8px; height: 8px; border-radius: 50%; background: var(--accent-text); margin-right: 8px; vertical-align: 1px; }
.message { min-width: 0; overflow-y: auto; padding: 28px 32px 40px; display: flex; flex-direction: column; }
.message h1 { font-size: 1.375rem; overflow-wrap: anywhere; }
.message .facts { font-size: .875rem; margin: 12px 0 16px; }
.views { display: flex; gap: 4px; border-bottom: 1px solid var(--line); margin-bottom: 16px; }
.views a { padding: 8px 12px; font-size: .875rem; color: var(--ink-2); text-decoration: none; border-bottom: 2px solid transparent; margin-bottom: -1px; }
.views a[aria-current] { color: var(--ink); font-weight: 600; border-bottom-color: var(--accent-text); }
.views a:hover { color: var(--ink); }
iframe { width: 100%; flex: 1 0 480px; border: 1px solid var(--line); border-radius: 8px; background: #fff; color-scheme: light; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; max-width: 72ch; margin: 0; font: inherit; }
.source { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .8125rem; margin: 0; }
.links { margin: 0 0 16px; padding: 0; list-style: none; font-size: .875rem; }
.links a { overflow-wrap: anywhere; }
.empty { margin: auto; text-align: center; max-width: 44ch; padding: 40px 24px; color: var(--ink-2); }
.empty h1, .empty h2 { color: var(--ink); } .empty svg { color: var(--control); margin-bottom: 12px; }
.back { display: none; }
@media (max-width: 820px) {
  body { height: auto; display: block; }
  main.wide { display: block; }
  .list { border-right: 0; } .list a { padding: 12px 16px; }
  .opened .list, .listed .message { display: none; }
  .message { padding: 16px; overflow: visible; } iframe { flex: none; height: 70vh; }
  .back { display: inline-block; margin-bottom: 12px; font-size: .875rem; }
  .top > div { padding: 10px 16px; } .top form { flex: 1 1 100%; max-width: none; }
}
`;
