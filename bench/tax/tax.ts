import { Client } from "pg";
import { createAudit } from "../../server/src/audit/index.ts";
import { createEnvelope, createSealer, deriveKey, generateSecrets } from "../../server/src/platform/crypto/index.ts";
import { createOutbox } from "../../server/src/platform/outbox/index.ts";
import { createTaxService } from "../../server/src/tax/index.ts";
import type { TaxDeps } from "../../server/src/tax/tax-deps.ts";
import type { Bench, Benchmark } from "../kit/benchmark.ts";
import type { BenchDatabase } from "../kit/cluster.ts";
import { openProgram } from "../kit/program.ts";
import { check, interleave } from "../kit/ratio.ts";
import { number } from "../kit/report.ts";
import { seedYear } from "./seed-year.ts";

const YEAR = 2025;
const SIZES = {
  full: { few: 10_000, many: 100_000, rounds: 3 },
  quick: { few: 1_000, many: 10_000, rounds: 2 },
};
/** Rows that the floor reads at a time. */
const READ_AT_ONCE = 5_000;

export const tax: Benchmark = {
  name: "tax",
  title: "A tax year of a hundred thousand partners",
  about:
    "Partners have signed a Form W-9 each and were paid twice in the year. Closing sums the year and freezes a return for each, in one transaction. Floor: the very same rows inserted by one statement under the server's role, with the same indexes, keys and policies. The export reads every return with its form, opens what is sealed (a key and a content each), and writes the file for the IRS. Floor: the same rows read by one connection and opened, and nothing written. Memory is the most that the heap and its buffers take during the export; its floor is the same with a tenth of the partners.",
  run: runTax,
};

type Exported = { readonly ms: number; readonly bytes: number; readonly memory: number };

type Side = AsyncDisposable & {
  readonly database: BenchDatabase;
  readonly tenantId: string;
  readonly deps: TaxDeps;
  readonly clear: () => Promise<void>;
  readonly close: () => Promise<number>;
  readonly exported: () => Promise<Exported>;
};

async function runTax({ cluster, isQuick, say }: Bench) {
  const { few, many, rounds } = SIZES[isQuick ? "quick" : "full"];
  await using stack = new AsyncDisposableStack();
  const sides = {
    few: stack.use(await openSide(await cluster.createDatabase(), few)),
    many: stack.use(await openSide(await cluster.createDatabase(), many)),
  };
  say(`${number(many)} partners are there`);
  // The first run makes the rows that the floor inserts, and warms the code up.
  for (const side of [sides.few, sides.many]) {
    await side.close();
    await side.exported();
  }
  await stage(sides.many);

  const closing = await interleave(
    {
      floor: async () => {
        await sides.many.clear();
        return insertStaged(sides.many);
      },
      subject: async () => {
        await sides.many.clear();
        return sides.many.close();
      },
    },
    rounds,
  );
  const exporting = await interleave(
    { floor: () => openAll(sides.many), subject: () => sides.many.exported(), few: () => sides.few.exported() },
    rounds,
  );
  const mebibytes = (bytes: number): number => bytes / 2 ** 20;
  return {
    checks: [
      check({
        figure: `Closing the year of ${number(many)} partners`,
        unit: "ms",
        subject: closing.subject,
        floor: closing.floor,
        target: { atMost: 3 },
      }),
      check({
        figure: `Exporting ${number(many)} returns`,
        unit: "ms",
        subject: exporting.subject.map(({ ms }) => ms),
        floor: exporting.floor.map(({ ms }) => ms),
        target: { atMost: 3 },
      }),
      check({
        figure: `Memory of an export, ${number(many)} against ${number(few)} returns`,
        unit: "MiB",
        subject: exporting.subject.map(({ memory }) => mebibytes(memory)),
        floor: exporting.few.map(({ memory }) => mebibytes(memory)),
        target: { atMost: 1.5 },
      }),
    ],
    notes: [`The file has ${number(exporting.subject[0]?.bytes ?? 0)} bytes.`],
  };
}

async function openSide(database: BenchDatabase, partners: number): Promise<Side> {
  await using boot = new AsyncDisposableStack();
  boot.use(database);
  const { app, ctx, tenantId } = boot.use(await openProgram(database));
  const secrets = generateSecrets();
  const sealer = createSealer(secrets.encryptionKey);
  const deps: TaxDeps = {
    db: app.db,
    audit: createAudit(),
    outbox: createOutbox(() => ({})),
    sealer,
    envelope: createEnvelope(sealer),
    indexKey: deriveKey(secrets.pepper, "bench"),
    programs: app.programs,
    partners: app.partners,
    payouts: { findPayout: async () => undefined, sumOpen: async () => [] },
  };
  const service = createTaxService(deps);
  await seedYear(database, deps, { tenantId, partners, year: YEAR });
  await service.changeTaxSettings(ctx(), {
    payer: {
      name: "Acme Inc",
      name2: null,
      ein: "12-3456789",
      line1: "2 Market St",
      line2: null,
      city: "Austin",
      region: "TX",
      postalCode: "78701",
      phone: "5125550123",
      email: "tax@acme.test",
    },
  });
  const owned = boot.move();
  return {
    database,
    tenantId,
    deps,
    clear: () =>
      database.asSuperuser(async (client) => {
        await client.query("set session_replication_role = replica");
        await client.query("truncate tax_filings, tax_years");
      }),
    close: async () => {
      const begunAt = performance.now();
      const { runs } = await service.closeTaxYear(ctx(), { year: YEAR });
      if (runs[0]?.returns !== partners) throw new Error(`${runs[0]?.returns} returns of ${partners} were frozen`);
      return performance.now() - begunAt;
    },
    exported: async () => {
      const begunAt = performance.now();
      const { content } = await service.exportReturns(ctx(), { year: YEAR });
      let [bytes, memory] = [0, 0];
      for await (const chunk of content) {
        bytes += Buffer.byteLength(chunk as string);
        const { heapUsed, external } = process.memoryUsage();
        memory = Math.max(memory, heapUsed + external);
      }
      return { ms: performance.now() - begunAt, bytes, memory };
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Keeps the frozen returns for the floor. */
const stage = ({ database }: Side): Promise<void> =>
  database.asSuperuser(async (client) => {
    await client.query("create schema bench");
    await client.query("create table bench.years as table tax_years");
    await client.query("create table bench.filings as table tax_filings");
    await client.query("grant usage on schema bench to public");
    await client.query("grant select on all tables in schema bench to public");
  });

async function insertStaged({ database, tenantId }: Side): Promise<number> {
  const client = new Client({ connectionString: database.serverUrl, options: database.serverOptions(tenantId) });
  await client.connect();
  try {
    const begunAt = performance.now();
    await client.query("begin");
    await client.query("insert into tax_years select * from bench.years");
    await client.query("insert into tax_filings select * from bench.filings");
    await client.query("commit");
    return performance.now() - begunAt;
  } finally {
    await client.end();
  }
}

type SealedRow = { readonly partner_id: string; readonly id: string; readonly key: Buffer; readonly content: Buffer };

/** Reads every return with its form, and opens it. */
async function openAll({ database, tenantId, deps }: Side): Promise<Exported> {
  const client = new Client({ connectionString: database.serverUrl, options: database.serverOptions(tenantId) });
  await client.connect();
  try {
    const begunAt = performance.now();
    let after = "00000000-0000-0000-0000-000000000000";
    while (true) {
      const { rows } = await client.query<SealedRow>(
        `select f.partner_id, s.id, s.data_key_sealed as key, s.content_sealed as content
           from tax_filings f join tax_forms s on (s.tenant_id, s.id) = (f.tenant_id, f.form_id)
          where f.tenant_id = $1 and f.year = $2 and f.run = 0 and f.partner_id > $3
          order by f.partner_id limit $4`,
        [tenantId, YEAR, after, READ_AT_ONCE],
      );
      for (const { id, key, content } of rows) deps.envelope.open({ key, content }, `tax_forms:${id}`);
      if (rows.length < READ_AT_ONCE) return { ms: performance.now() - begunAt, bytes: 0, memory: 0 };
      after = rows.at(-1)?.partner_id ?? "";
    }
  } finally {
    await client.end();
  }
}
