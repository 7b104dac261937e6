import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { addProgramGauges } from "../../src/app/gauges/program-gauges.ts";
import { createMetrics } from "../../src/platform/metrics/index.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const read = (path: string): string => readFileSync(`${root}${path}`, "utf8");
const RULES = "monitoring/prometheus/tributary.rules.yml";
const RUNBOOKS = "docs/runbooks";
const dashboards = readdirSync(`${root}monitoring/grafana`);
const promtool = (...args: string[]) =>
  spawnSync("promtool", args, { cwd: `${root}monitoring/prometheus`, encoding: "utf8" });
const hasPromtool = promtool("--version").error === undefined;

const alerts = [...read(RULES).matchAll(/^ +- alert: (\w+)$/gm)].map(([, name]) => name ?? "");
/** Names that look like metrics, in an expression of Prometheus. */
const metricsIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/\b(?:tributary|nodejs|process)_[a-z0-9_]+\b/g)].map(([name]) => name)),
];

/** Every series that the program tells, as a scrape names them. */
function seriesOfProgram(): Set<string> {
  const nothing = () => Promise.resolve({ waiting: 0n, given_up: 0n, oldest: null });
  const { registry } = createMetrics({
    pool: { totalCount: 0, idleCount: 0, waitingCount: 0 } as never,
    readOutbox: nothing,
    readJobs: () => Promise.resolve({ waiting: 0, failed: 0 }),
    readJobRuns: () => Promise.resolve([]),
  });
  addProgramGauges(registry, () => Promise.resolve([]));
  return new Set(
    registry
      .getMetricsAsArray()
      .flatMap(({ name, type }) =>
        String(type) === "histogram" ? [name, `${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
      ),
  );
}

describe("the alerts", () => {
  it.skipIf(!hasPromtool)("fire when they should, and only then", () => {
    const checked = promtool("check", "rules", "tributary.rules.yml");
    expect(checked.stdout + checked.stderr).toContain(`SUCCESS: ${alerts.length} rules found`);
    const tested = promtool("test", "rules", "tributary.rules.test.yml");
    expect([tested.status, tested.stdout + tested.stderr]).toEqual([0, expect.stringContaining("SUCCESS")]);
  });

  it("are tested each, firing and silent", () => {
    const tests = read("monitoring/prometheus/tributary.rules.test.yml");
    for (const alert of alerts) {
      expect([alert, tests.includes(`alertname: ${alert}\n        exp_alerts:\n          - exp_labels`)]).toEqual([
        alert,
        true,
      ]);
      expect([alert, tests.includes(`alertname: ${alert}, exp_alerts: [] }`)]).toEqual([alert, true]);
    }
    expect(alerts.length).toBeGreaterThan(10);
  });

  it("have a page each that says what to do, and no page is left over", () => {
    expect(readdirSync(`${root}${RUNBOOKS}`).sort()).toEqual(alerts.map((alert) => `${alert}.md`).sort());
    for (const alert of alerts) {
      expect(read(RULES)).toContain(`runbook: ${RUNBOOKS}/${alert}.md`);
      expect(read(`${RUNBOOKS}/${alert}.md`)).toMatch(
        new RegExp(`Alert \`${alert}\`[^]*\\*\\*Urgency\\.\\*\\*[^]*## What to do\n\n1\\. `),
      );
    }
  });
});

describe("runbooks, rules and dashboards", () => {
  it("name only series that the program tells", () => {
    const known = seriesOfProgram();
    const texts = [
      RULES,
      ...alerts.map((alert) => `${RUNBOOKS}/${alert}.md`),
      ...dashboards.map((file) => `monitoring/grafana/${file}`),
    ];
    const named = texts.flatMap((path) =>
      metricsIn(read(path).replaceAll("tributary_jobs.", "")).map((metric) => ({ path, metric })),
    );
    expect(named.filter(({ metric }) => !known.has(metric) && metric !== "tributary_jobs")).toEqual([]);
    expect(named.length).toBeGreaterThan(40);
    expect(known.has("tributary_funnel_of_nothing")).toBe(false);
  });
});

describe("the dashboards", () => {
  it("are the five of the plan, each of panels with a title and a question that has a legend", () => {
    expect(dashboards.sort()).toEqual([
      "commissions.json",
      "fraud.json",
      "partners.json",
      "payouts.json",
      "system.json",
    ]);
    for (const file of dashboards) {
      const { uid, panels } = JSON.parse(read(`monitoring/grafana/${file}`)) as {
        uid: string;
        panels: { id: number; title: string; targets: { expr: string; legendFormat: string }[] }[];
      };
      expect(uid).toBe(`tributary-${file.replace(".json", "")}`);
      expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
      for (const { title, targets } of panels) {
        expect(title).not.toBe("");
        expect(targets.every(({ expr, legendFormat }) => expr !== "" && legendFormat !== "")).toBe(true);
      }
    }
  });

  it.skipIf(!hasPromtool)("ask in expressions that Prometheus can read", () => {
    const expressions = dashboards.flatMap((file) => {
      const { panels } = JSON.parse(read(`monitoring/grafana/${file}`)) as {
        panels: { targets: { expr: string }[] }[];
      };
      return panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    });
    const rules = JSON.stringify({
      groups: [
        {
          name: "dashboards",
          rules: expressions.map((expr, index) => ({
            record: `panel_${index}`,
            expr: expr.replaceAll("$__rate_interval", "5m"),
          })),
        },
      ],
    });
    const folder = mkdtempSync(join(tmpdir(), "tributary-dashboards-"));
    try {
      const file = join(folder, "rules.json");
      writeFileSync(file, rules);
      const { stdout, stderr } = promtool("check", "rules", file);
      expect(stdout + stderr).toContain(`SUCCESS: ${expressions.length} rules found`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
