import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { launchWith, signIn } from "./test/browser.ts";

// `npm run measure:portal -- http://127.0.0.1:3000 HOME`: how fast the home of the demo that runs there is shown, by Lighthouse, which npm fetches
// for this alone. Not a test: it depends on the machine. What it measured is in docs/design.md.
const [url = "http://127.0.0.1:3000", home = ".tributary"] = process.argv.slice(2);
const LIGHTHOUSE = "lighthouse@13.5.0";
const ROUNDS = 3;
const ROLES = ["partner, tier1", "admin"];
const PRESETS = { desktop: ["--preset=desktop"], phone: [] } as const;
const AUDITS = {
  "largest-contentful-paint": "largest paint",
  "first-contentful-paint": "first paint",
  "total-blocking-time": "blocked",
  "cumulative-layout-shift": "layout shift",
} as const;

type Report = {
  readonly audits: Readonly<Record<string, { readonly numericValue?: number }>>;
  readonly runtimeError?: { readonly message: string };
};

const { logins } = JSON.parse(await readFile(join(home, "demo.json"), "utf8")) as {
  logins: readonly { role: string; email: string; password: string }[];
};
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}

/** One load with nothing in the browser's cache, by whoever is signed in there. */
async function load(port: number, preset: keyof typeof PRESETS): Promise<Report> {
  const asked = [`${url}/portal/`, `--port=${port}`, "--output=json", "--quiet", ...PRESETS[preset]];
  const only = `--only-audits=${Object.keys(AUDITS).join(",")}`;
  const { stdout } = await promisify(execFile)("npm", ["exec", "--yes", "--", LIGHTHOUSE, ...asked, only], {
    maxBuffer: 1 << 28,
  });
  const report = JSON.parse(stdout) as Report;
  if (report.runtimeError) throw new Error(report.runtimeError.message);
  return report;
}

for (const role of ROLES) {
  const login = logins.find((one) => one.role === role);
  if (login === undefined) throw new Error(`the demo in ${home} has no login of ${role}`);
  const folder = await mkdtemp(join(tmpdir(), "measure-"));
  const port = await freePort();
  const context = await launchWith(folder, url, port);
  try {
    await signIn(await context.newPage(), login.email, login.password);
    for (const preset of ["desktop", "phone"] as const) {
      const reports: Report[] = [];
      for (let round = 0; round < ROUNDS; round += 1) reports.push(await load(port, preset));
      const figures = Object.entries(AUDITS).map(([audit, words]) => {
        const values = reports.map(({ audits }) => audits[audit]?.numericValue ?? Number.NaN);
        const shown = audit.endsWith("shift")
          ? (value: number) => value.toFixed(3)
          : (value: number) => `${Math.round(value)} ms`;
        return `${words} ${shown(median(values))} (${shown(Math.min(...values))}–${shown(Math.max(...values))})`;
      });
      console.log(`${role}, ${preset}: ${figures.join(", ")}`);
    }
  } finally {
    await context.close();
    await rm(folder, { recursive: true, force: true });
  }
}
console.log(`medians of ${ROUNDS} loads; load ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores`);
