import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { launch, openWindow, signIn, visit } from "./test/browser.ts";

// `npm run measure:portal -- http://127.0.0.1:3000 HOME`: how fast the demo that runs there is shown, and how a list of 100,000 rows behaves.
// Not a test: it depends on the machine. What it measured is in docs/performance.md.
const [url = "http://127.0.0.1:3000", home = ".tributary"] = process.argv.slice(2);
const ROUNDS = 5;
const ROWS = 100_000;

type Paint = { readonly largest: number; readonly shift: number };
type Entry = { readonly startTime: number; readonly value: number };
type Observing = new (
  tell: (list: { getEntries(): Entry[] }) => void,
) => {
  observe: (what: { readonly type: string; readonly buffered: true }) => void;
};

const { logins } = JSON.parse(await readFile(join(home, "demo.json"), "utf8")) as {
  logins: readonly { role: string; email: string; password: string }[];
};
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const browser = await launch();

for (const role of ["partner, tier1", "admin"]) {
  const login = logins.find((one) => one.role === role);
  if (login === undefined) throw new Error(`the demo in ${home} has no login of ${role}`);
  const { page, close } = await openWindow(browser, url, { scheme: "light", width: 1280 });
  await signIn(page, login.email, login.password);
  const paints: Paint[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await visit(page, "/");
    await page.waitForLoadState("networkidle");
    paints.push(
      await page.evaluate(
        () =>
          new Promise<Paint>((resolve) => {
            const { PerformanceObserver: Observer } = globalThis as unknown as { PerformanceObserver: Observing };
            let largest = 0;
            let shift = 0;
            new Observer((list) => {
              for (const entry of list.getEntries()) largest = entry.startTime;
            }).observe({ type: "largest-contentful-paint", buffered: true });
            new Observer((list) => {
              for (const entry of list.getEntries()) shift += entry.value;
            }).observe({ type: "layout-shift", buffered: true });
            setTimeout(() => resolve({ largest, shift }), 100);
          }),
      ),
    );
  }
  console.log(
    `${role}: largest paint ${Math.round(median(paints.map(({ largest }) => largest)))} ms, layout shift ${median(paints.map(({ shift }) => shift)).toFixed(3)} (median of ${ROUNDS} loads of home)`,
  );

  if (role === "admin") {
    await page.route("**/api/v1/admin/partners?*", async (route) => {
      const answer = await route.fetch();
      const { data } = (await answer.json()) as { data: readonly object[] };
      const rows = Array.from({ length: ROWS }, (_, index) => ({
        ...data[index % data.length],
        id: crypto.randomUUID(),
      }));
      await route.fulfill({ json: { data: rows, nextCursor: null } });
    });
    await page.goto("/portal/partners");
    await page.locator("tbody tr").nth(5).waitFor({ timeout: 120_000 });
    const scrolled = await page.evaluate(async () => {
      const { document, scrollTo, requestAnimationFrame, performance } = globalThis as unknown as {
        document: { documentElement: { scrollHeight: number }; querySelectorAll: (name: string) => { length: number } };
        scrollTo: (x: number, y: number) => void;
        requestAnimationFrame: (done: () => void) => void;
        performance: { now: () => number };
      };
      const frame = () => new Promise<void>((done) => requestAnimationFrame(done));
      const times: number[] = [];
      const steps = 60;
      let drawn = 0;
      for (let step = 0; step <= steps; step += 1) {
        const begun = performance.now();
        scrollTo(0, (document.documentElement.scrollHeight * step) / steps);
        await frame();
        await frame();
        times.push(performance.now() - begun);
        drawn = Math.max(drawn, document.querySelectorAll("tbody tr").length);
      }
      return { times, drawn };
    });
    const worst = Math.max(...scrolled.times);
    console.log(
      `${ROWS} rows: at most ${scrolled.drawn} drawn; a jump takes ${Math.round(median(scrolled.times))} ms, the slowest ${Math.round(worst)} ms`,
    );
  }
  await close();
}
await browser.close();
