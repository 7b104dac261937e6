import { DEFAULT_RULES } from "../../server/src/fraud/fraud-rules.ts";
import { RULE_NAMES } from "../../server/src/fraud/rule-catalogue.ts";
import { newId } from "../../server/src/kernel/id.ts";
import type { Bench, Benchmark } from "../kit/benchmark.ts";
import type { BenchDatabase } from "../kit/cluster.ts";
import { codeOf, importPartners } from "../kit/people.ts";
import { openProgram, type Program } from "../kit/program.ts";
import { check, interleave, percentile, spreadOf } from "../kit/ratio.ts";
import { number } from "../kit/report.ts";
import { generateConversions } from "./past.ts";

const PARTNERS = 200;
const SIZES = {
  full: { past: 1_000_000, conversions: 1_500, rounds: 5 },
  quick: { past: 20_000, conversions: 300, rounds: 3 },
};
const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

export const fraud: Benchmark = {
  name: "fraud",
  title: "A conversion with every fraud rule on",
  about: `\`convertReferral\` of a customer who came through a click with a device, a mailbox and a payment account, one after the other over ${PARTNERS} partners, with a million conversions in the past: attribution, sequence, assessment, audit, event, and with the rules what they gather, judge and keep. Every rule is active. Floor: the same call of the same program on the same database, with every rule off. A conversion's click is recorded before its time is taken.`,
  run: runFraud,
};

async function runFraud({ cluster, isQuick, say }: Bench) {
  const { past, conversions, rounds } = SIZES[isQuick ? "quick" : "full"];
  await using stack = new AsyncDisposableStack();
  const database = stack.use(await cluster.createDatabase());
  const program = stack.use(await openProgram(database));
  await importPartners(program, PARTNERS);
  await generateConversions(database, { tenantId: program.tenantId, count: past, until: program.app.clock.now() });
  await database.analyze();
  say(`${number(past)} conversions lie in the past`);
  await program.app.fraud.refreshProfiles(program.ctx());

  const versions = { next: 1 };
  const leg =
    (mode: "off" | "active", count = conversions) =>
    async (): Promise<readonly number[]> => {
      await setRules(database, program, versions.next++, mode);
      return convertMany(program, count);
    };
  await leg("off", 200)();
  await leg("active", 200)();
  const figures = (latencies: readonly number[]) => ({
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
  });
  const samples = await interleave(
    {
      floor: async () => figures(await leg("off")()),
      subject: async () => figures(await leg("active")()),
    },
    rounds,
  );
  const of = (name: "floor" | "subject", figure: "p50" | "p99") => samples[name].map((sample) => sample[figure]);
  return {
    checks: [
      check({
        figure: "p99 against a conversion with every rule off",
        unit: "ms",
        subject: of("subject", "p99"),
        floor: of("floor", "p99"),
        target: { atMost: 1.5 },
      }),
    ],
    notes: [
      `Median: ${number(spreadOf(of("floor", "p50")).median)} ms without rules, ${number(spreadOf(of("subject", "p50")).median)} ms with them.`,
    ],
  };
}

/** Puts a version of the rules in force, past the back-test: what is measured is the judging. */
const setRules = (database: BenchDatabase, { tenantId, app }: Program, version: number, mode: "off" | "active") =>
  database.asSuperuser(async (client) => {
    const rules = Object.fromEntries(RULE_NAMES.map((name) => [name, { ...DEFAULT_RULES.rules[name], mode }]));
    await client.query("insert into fraud_rule_sets values ($1, $2, $3, 'For the benchmark', 'bench', $4)", [
      tenantId,
      version,
      JSON.stringify({ ...DEFAULT_RULES, rules }),
      app.clock.now(),
    ]);
  });

/** Converts so many customers, and returns what each took. */
async function convertMany({ app, ctx }: Program, count: number): Promise<number[]> {
  const latencies: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const name = newId();
    const deviceId = `d-${name}`;
    const clickId = await app.referrals.trackReferralClick(
      { ...ctx(), ip: "203.0.113.7" },
      {
        code: codeOf(index % PARTNERS),
        visitorId: newId(),
        isReturning: false,
        deviceId,
        userAgent: BROWSER,
        referrer: "https://blog.example/",
      },
    );
    const begunAt = performance.now();
    await app.referrals.convertReferral(ctx(), {
      externalId: name,
      clickId: clickId ?? "",
      deviceId,
      email: `${name}@people.test`,
      paymentAccount: `account ${name}`,
      ip: "203.0.113.7",
    });
    latencies.push(performance.now() - begunAt);
  }
  return latencies;
}
