/** The shop's own look, over the common style: fern green, rounder, with room to breathe. */
export const SHOP_STYLE = `
:root { --accent: #1d6b4a; --on-accent: #fff; --accent-text: #17593d; --tint: #e7f2eb; --hero: #f2f7f3; --river: #3546b5; --river-ground: #f3f4fd; }
@media (prefers-color-scheme: dark) {
  :root { --accent: #57b98a; --on-accent: #06130c; --accent-text: #83d3ac; --tint: #16291f; --hero: #121a16; --river: #a9b4ff; --river-ground: #171a2b; }
}
.strip { background: var(--river-ground); color: var(--ink-2); font-size: .8125rem; }
.strip > div { max-width: 1080px; margin: 0 auto; padding: 6px 20px; display: flex; gap: 4px 16px; flex-wrap: wrap; justify-content: space-between; }
.strip a { color: var(--river); } .strip nav { display: flex; gap: 16px; }
.top > div { max-width: 1080px; display: flex; align-items: center; gap: 8px 22px; }
.mark { display: inline-flex; align-items: center; gap: 9px; font-size: 1.1875rem; margin-right: auto; }
.mark svg { color: var(--accent); }
.top nav { display: flex; align-items: center; gap: 8px 18px; font-size: .9375rem; }
.top nav a:not(.button) { color: var(--ink); text-decoration: none; padding: 8px 0; } .top nav a:not(.button):hover { text-decoration: underline; }
.top nav a, .top nav button { white-space: nowrap; }
.top .button { padding: 7px 14px; min-height: 38px; }
.top form { margin: 0; } .top button { min-height: 38px; padding: 6px 12px; font-size: .875rem; }
main.wide { max-width: 1080px; padding-top: 40px; }
main.landing { max-width: none; padding: 0 0 64px; }
.band { max-width: 1080px; margin: 0 auto; padding: 0 20px; }
.hero { background: var(--hero); border-bottom: 1px solid var(--line); }
.hero .band { display: grid; grid-template-columns: 1.1fr .9fr; gap: 56px; align-items: center; padding-top: 72px; padding-bottom: 72px; }
.hero h1 { font-size: clamp(2.1rem, 5vw, 3.25rem); line-height: 1.08; letter-spacing: -.03em; margin-bottom: 18px; }
.hero p.lead { font-size: 1.1875rem; color: var(--ink-2); max-width: 34em; margin-bottom: 26px; }
.sheet { background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: 24px 26px; box-shadow: 0 18px 40px -24px rgb(10 40 25 / .35); font-size: .9375rem; }
.sheet .line { display: flex; justify-content: space-between; gap: 16px; padding: 9px 0; border-bottom: 1px solid var(--line); }
.sheet .line:last-of-type { border: 0; font-weight: 700; font-size: 1.125rem; }
.sheet .paid { display: inline-block; margin-top: 8px; padding: 3px 12px; border-radius: 99px; background: var(--good-ground); color: var(--good); font-size: .8125rem; font-weight: 600; }
.features { display: grid; grid-template-columns: repeat(3, 1fr); gap: 32px; padding-top: 56px; padding-bottom: 56px; }
.features h3 { margin: 12px 0 6px; font-size: 1.0625rem; } .features p { color: var(--ink-2); margin: 0; } .features svg { color: var(--accent-text); }
.prices { display: grid; grid-template-columns: repeat(3, 1fr); gap: 20px; }
.price { display: flex; flex-direction: column; border-radius: 14px; padding: 24px; }
.price.best { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.price h3 { margin: 0; font-size: 1.125rem; } .price .amount { font-size: 2rem; font-weight: 600; letter-spacing: -.02em; margin: 14px 0 2px; font-variant-numeric: tabular-nums; }
.price .amount span { font-size: .9375rem; font-weight: 400; letter-spacing: 0; color: var(--ink-2); }
.price ul { list-style: none; padding: 0; margin: 14px 0 22px; flex: 1; } .price li { padding: 4px 0 4px 24px; position: relative; }
.price li::before { content: ""; position: absolute; left: 3px; top: 11px; width: 11px; height: 6px; border: solid var(--accent-text); border-width: 0 0 2px 2px; transform: rotate(-45deg); }
.heading { margin: 8px 0 20px; } .heading h2 { font-size: 1.625rem; letter-spacing: -.02em; margin: 0 0 4px; }
.split { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 380px); gap: 32px; align-items: start; }
.account { grid-template: "head box" auto "rest box" 1fr / minmax(0, 1fr) minmax(0, 380px); gap: 14px 32px; } .account > .head { grid-area: head; } .account > .tributary { grid-area: box; } .account > .rest { grid-area: rest; }
.tributary { background: var(--river-ground); border: 1px solid var(--line); border-radius: 12px; padding: 18px 20px; font-size: .9375rem; min-width: 0; }
.tributary h2 svg { flex: none; } .tributary h2 { display: flex; align-items: center; gap: 8px; font-size: .9375rem; color: var(--river); margin: 0 0 12px; }
.tributary .about { margin: -8px 0 10px 26px; font-size: .8125rem; color: var(--ink-2); }
.tributary .foot { margin: 16px 0 0; padding-top: 12px; border-top: 1px solid var(--line); font-size: .8125rem; color: var(--ink-2); }
.tributary a { color: var(--river); } .tributary summary { cursor: pointer; font-size: .875rem; color: var(--ink-2); padding: 4px 0; }
.tributary pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 6px 0 0; font-size: .75rem; line-height: 1.5; }
.tributary ul { margin: 4px 0; padding-left: 18px; font-size: .875rem; } .tributary button { border-color: var(--river); min-height: 38px; padding: 6px 14px; }
.receipt { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px 12px; }
.receipt caption { text-align: left; font-weight: 600; padding: 2px 0 4px; }
.receipt th, .receipt td { border: 0; padding: 3px 0; font-size: .9375rem; font-weight: 400; color: inherit; } .receipt th { color: var(--ink-2); }
.receipt td { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.receipt .sum > * { border-top: 1px solid var(--control); padding-top: 6px; font-weight: 600; color: var(--ink); }
.receipt p { margin: 6px 0 0; color: var(--ink-2); }
.band + .band { margin-top: 8px; } .landing .tributary { max-width: 640px; margin: 56px auto 0; }
.total { display: flex; justify-content: space-between; font-weight: 600; font-size: 1.125rem; border-top: 1px solid var(--line); padding-top: 14px; }
.purchases { list-style: none; margin: 0; padding: 0; } .purchases > li { padding: 16px 0; border-top: 1px solid var(--line); } .purchases > li:first-child { border: 0; padding-top: 0; } .purchases > li:last-child { padding-bottom: 0; }
.purchases .row.spread { flex-wrap: nowrap; align-items: baseline; }
.purchases details { margin-top: 8px; } .purchases summary { cursor: pointer; font-size: .875rem; color: var(--accent-text); }
.refund { display: flex; flex-wrap: wrap; gap: 10px; align-items: end; margin-top: 10px; } .refund label { flex: 0 1 150px; } .refund button { padding: 8px 14px; }
.site-foot { border-top: 1px solid var(--line); color: var(--ink-2); font-size: .875rem; } .site-foot > div { max-width: 1080px; margin: 0 auto; padding: 20px; }
@media (max-width: 860px) {
  .hero .band { grid-template-columns: 1fr; gap: 36px; padding-top: 44px; padding-bottom: 44px; }
  .features, .prices, .split { grid-template-columns: minmax(0, 1fr); } .account { grid-template: "head" "box" "rest" / minmax(0, 1fr); } .features { gap: 24px; padding-top: 40px; padding-bottom: 40px; }
}
@media (max-width: 520px) { .top > div { padding: 10px 16px; gap: 8px 12px; flex-wrap: wrap; } .top nav { gap: 12px; } .wide-only { display: none; } .band { padding-left: 16px; padding-right: 16px; } main.wide { padding-top: 24px; } }
`;
