import { DEFAULT_RULES } from "../../server/src/fraud/fraud-rules.ts";
import { RULE_NAMES } from "../../server/src/fraud/rule-catalogue.ts";
import { newId } from "../../server/src/kernel/id.ts";
import type { Bench, Benchmark } from "../kit/benchmark.ts";
import type { BenchDatabase } from "../kit/cluster.ts";
import { codeOf, importPartners } from "../kit/people.ts";
import { openProgram, type Program } from "../kit/program.ts";
import { check, percentile, spreadOf } from "../kit/ratio.ts";
import { number } from "../kit/report.ts";
import { generateConversions } from "./past.ts";

/** So many that none of them brings unusually many in the minutes of the benchmark. */
const PARTNERS = 1_000;
const SIZES = {
  full: { past: 1_000_000, conversions: 600, rounds: 5 },
  quick: { past: 20_000, conversions: 300, rounds: 3 },
};
const WARMUP = 200;
const BLOCK = 50;
/** An ordinary customer looks around before it buys. */
const CLICK_AGE_MS = 600_000;
const BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

export const fraud: Benchmark = {
  name: "fraud",
  title: "A conversion with every fraud rule on",
  about: `\`convertReferral\` of a customer who came through a click with a device, a mailbox and a payment account, one after the other over ${PARTNERS} partners, ten minutes after it, with a million conversions in the past: attribution, sequence, assessment, audit, event, and with the rules what they gather, judge and keep. Every rule is active. Floor: the same call of the same program on the same database, with every rule off, in turns of fifty. A conversion's click is recorded before its time is taken.`,
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

  const turn = { version: 0, customer: 0 };
  const convertUnder = async (mode: "off" | "active", count: number): Promise<readonly number[]> => {
    turn.version += 1;
    await setRules(database, program, turn.version, mode);
    turn.customer += count;
    return convertMany(program, { first: turn.customer - count, count });
  };
  await convertUnder("off", WARMUP);
  await convertUnder("active", WARMUP);
  const figures = (latencies: readonly number[]) => ({
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
  });
  /** In turns, a block of each: what disturbs the machine for a second disturbs both. */
  const runRound = async () => {
    const [off, active]: [number[], number[]] = [[], []];
    while (active.length < conversions) {
      off.push(...(await convertUnder("off", BLOCK)));
      active.push(...(await convertUnder("active", BLOCK)));
    }
    return { floor: figures(off), subject: figures(active) };
  };
  const samples: Awaited<ReturnType<typeof runRound>>[] = [];
  for (let round = 0; round < rounds; round += 1) samples.push(await runRound());
  // What is measured is a conversion that nothing is found of which a person would be asked about.
  const [{ cases } = { cases: -1 }] = await database.asSuperuser(
    async (client) =>
      (await client.query<{ cases: number }>("select count(*)::integer as cases from fraud_cases")).rows,
  );
  if (cases !== 0) throw new Error(`${cases} ordinary conversions were found suspicious`);
  const of = (name: "floor" | "subject", figure: "p50" | "p99") => samples.map((sample) => sample[name][figure]);
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

/** Converts so many customers, partner after partner from the first given, and returns what each took. */
async function convertMany(
  { app, ctx }: Program,
  { first, count }: { readonly first: number; readonly count: number },
): Promise<number[]> {
  const latencies: number[] = [];
  for (let index = first; index < first + count; index += 1) {
    const name = newId();
    const deviceId = `d-${name}`;
    const clickId = await app.referrals.trackReferralClick(
      { ...ctx(new Date(app.clock.now().getTime() - CLICK_AGE_MS)), ip: "203.0.113.7" },
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
