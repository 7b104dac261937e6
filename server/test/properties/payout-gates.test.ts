import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { DEFAULT_RULES } from "../../src/fraud/fraud-rules.ts";
import { newId } from "../../src/kernel/id.ts";
import type { AskedPayout, GateAnswer } from "../../src/payouts/index.ts";
import { must, ownBank, requestPayout } from "../kit/journey-steps.ts";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../kit/postgres.ts";
import { openTwoTenants, type Side, type TwoTenants } from "../kit/two-tenants.ts";

const RUNS = Number(process.env["PROPERTY_RUNS"] ?? 15);
const PARTNERS = 4;

let database: ClonedDatabase;
let tenants: TwoTenants;
let ours: Side;
let partnerIds: string[];
/** Two of each partner. */
let payouts: AskedPayout[];

beforeAll(async () => {
  database = await cloneDatabase();
  tenants = await openTwoTenants(database);
  ours = tenants.ours;
  [partnerIds, payouts] = [[], []];
  for (let count = 0; count < PARTNERS; count += 1) {
    const who = await ours.register("technology");
    await must(ours, "PUT", `/api/v1/admin/partners/${who.id}/approve`, { auth: ours.admin, body: {} });
    await must(ours, "PUT", "/api/v1/partners/payouts/method", { auth: who.auth, body: ownBank() });
    partnerIds.push(who.id);
    for (const amount of [10_000, 20_000]) {
      const payoutId = await requestPayout(ours, who, amount);
      payouts.push({ payoutId, partnerId: who.id, amount: BigInt(amount), currency: "USD" });
    }
  }
  // Enough that each rule about payouts counts by itself.
  const active = { mode: "active", points: 60 } as const;
  const rules = {
    ...DEFAULT_RULES,
    rules: {
      ...DEFAULT_RULES.rules,
      ring: { ...active, limit: 3 },
      high_value_payout: { ...active, points: 40, amounts: { USD: 20_000 } },
      first_payout: { ...active, points: 40, amounts: { USD: 1 } },
    },
  };
  await write(`insert into fraud_rule_sets (tenant_id, version, rules, reason, made_by, made_at)
    values ('${ours.tenantId}', 1, '${JSON.stringify(rules)}', 'For a test', 'test', now())`);
});
afterAll(async () => {
  await tenants?.[Symbol.asyncDispose]();
  await database?.drop();
});

/** Past triggers and keys: what is compared is how it is read. */
const write = (statements: string) =>
  asOwner(database, `begin; set local session_replication_role = replica; ${statements}; commit`);

const partnerState = fc.record({
  screening: fc.constantFrom("none", "none", "none", "open", "confirmed"),
  country: fc.constantFrom("US", "CU", null),
  form: fc.constantFrom("none", "valid", "expired"),
  hasAccepted: fc.boolean(),
  paid: fc.constantFrom(0, 0, 50_000, 90_000_000),
  paidIn: fc.constantFrom("USD", "EUR"),
  /** Another partner who has entered, or was paid to, its account. */
  rival: fc.constantFrom(null, null, "later", "earlier", "proven"),
  linkedTo: fc.option(fc.nat({ max: PARTNERS - 1 })),
  /** An earlier payout, and what people say of it. */
  before: fc.constantFrom("none", "none", "completed", "cancelled", "pending"),
  beforeCase: fc.constantFrom("none", "open", "refused", "cleared"),
});
const world = fc.record({
  partners: fc.tuple(...Array.from({ length: PARTNERS }, () => partnerState)),
  /** What people say of the payouts themselves. */
  cases: fc.array(fc.constantFrom("none", "none", "open", "refused", "cleared", "cleared less"), {
    minLength: PARTNERS * 2,
    maxLength: PARTNERS * 2,
  }),
  payoutsWait: fc.constantFrom("never", "at_threshold", "always"),
  isScreening: fc.boolean(),
  hasAgreement: fc.boolean(),
  asked: fc.uniqueArray(fc.nat({ max: PARTNERS * 2 - 1 }), { minLength: 1, maxLength: PARTNERS * 2 }),
});
type World = typeof world extends fc.Arbitrary<infer Value> ? Value : never;

const COVERING = JSON.stringify(
  ["ring", "shared_account", "held_before", "high_value_payout", "first_payout"].map((rule) => ({
    rule,
    mode: "active",
    points: 60,
    evidence: {},
  })),
);
const FACTS = { subject: "payout", accountPartners: 9, ring: 50, heldBefore: 9 };

/** Writes the world down as the modules would have. */
async function make({ partners, cases, payoutsWait, isScreening, hasAgreement }: World): Promise<void> {
  const tenant = `'${ours.tenantId}'`;
  const now = `'${ours.ctx().now.toISOString()}'::timestamptz`;
  const [agreement, version] = [newId(), newId()];
  const tables =
    "agreement_acceptances agreement_versions agreements screening_cases screening_settings tax_payments tax_partners tax_forms tax_settings " +
    "fraud_cases fraud_evaluations fraud_links fraud_accounts";
  const text = tables.split(" ").map((table) => `delete from ${table} where tenant_id = ${tenant}`);
  text.push(
    `delete from partner_payouts where tenant_id = ${tenant} and id <> all ('{${payouts.map(({ payoutId }) => payoutId).join(",")}}')`,
    `insert into tax_settings (tenant_id, payouts_wait, updated_at) values (${tenant}, '${payoutsWait}', ${now})`,
    `insert into screening_settings (tenant_id, is_enabled, list_max_age_days, alert_at, blocked_countries, updated_at)
     values (${tenant}, ${isScreening}, 7, 0.9, '{CU}', ${now})`,
  );
  if (hasAgreement)
    text.push(
      `insert into agreements values (${tenant}, '${agreement}', '${newId()}', 'Rules', '{tier1,tier2,tier3,tier4}', ${now})`,
      `insert into agreement_versions (tenant_id, id, agreement_id, number, status, title, body, text_hash, blocks_payouts, blocks_approval, grace_days,
              effective_from, created_at, updated_at, published_at)
       values (${tenant}, '${version}', '${agreement}', 1, 'published', 'Rules', 'Be fair', 'hash', true, true, 0,
              ${now} - interval '1 day', ${now}, ${now}, ${now})`,
    );
  const judge = (subjectId: string, partnerId: string, said: string) => {
    const evaluation = newId();
    const isLess = said === "cleared less";
    const status = isLess ? "cleared" : said;
    const times = {
      open: "null, null, null",
      refused: `${now}, ${now} + interval '9 days', null`,
      cleared: `${now}, null, ${now}`,
    }[status as "open" | "refused" | "cleared"];
    text.push(
      `insert into fraud_evaluations (tenant_id, id, subject_kind, subject_id, partner_id, evaluated_at, version, score, shadow_score, verdict, findings, facts)
       values (${tenant}, '${evaluation}', 'payout', '${subjectId}', '${partnerId}', ${now}, 1, 60, 60, 'hold',
              '${isLess ? "[]" : COVERING}', '${JSON.stringify(FACTS)}')`,
      `insert into fraud_cases (tenant_id, id, evaluation_id, subject_kind, subject_id, partner_id, status, score, is_held, opened_at,
              decided_at, appeal_until, settled_at, accounts)
       values (${tenant}, '${newId()}', '${evaluation}', 'payout', '${subjectId}', '${partnerId}', '${status}', 60, ${status !== "cleared"},
              ${now}, ${times}, (select accounts from kept_accounts where partner_id = '${partnerId}'))`,
    );
  };
  for (const [place, state] of partners.entries()) {
    const partnerId = partnerIds[place] ?? "";
    const [rival, linked] = [partnerIds[(place + 1) % PARTNERS], partnerIds[state.linkedTo ?? place] ?? ""];
    const form = newId();
    const own = `unnest((select accounts from kept_accounts where partner_id = '${partnerId}')) as value`;
    text.push(
      `update partners set country = ${state.country === null ? "null" : `'${state.country}'`} where id = '${partnerId}'`,
      `insert into fraud_accounts (tenant_id, value, partner_id, since, is_current) select ${tenant}, value, '${partnerId}', ${now}, true from ${own}`,
    );
    if (state.rival !== null)
      text.push(
        `insert into fraud_accounts (tenant_id, value, partner_id, since, is_current, paid)
         select ${tenant}, value, '${rival}', ${now} + interval '${state.rival === "later" ? 1 : -1} days', true, ${state.rival === "proven" ? 1 : 0} from ${own}`,
      );
    if (linked !== partnerId)
      text.push(
        `insert into fraud_links values (${tenant}, least('${partnerId}'::uuid, '${linked}'), greatest('${partnerId}'::uuid, '${linked}'), 'payment', ${now})
         on conflict do nothing`,
      );
    if (state.screening !== "none")
      text.push(
        `insert into screening_cases (tenant_id, id, partner_id, status, list_version, opened_at, updated_at)
         values (${tenant}, '${newId()}', '${partnerId}', 'open', 1, ${now}, ${now})`,
      );
    if (state.screening === "confirmed")
      text.push(
        `insert into screening_cases (tenant_id, id, partner_id, status, list_version, opened_at, updated_at, decided_at)
         values (${tenant}, '${newId()}', '${partnerId}', 'confirmed', 1, ${now}, ${now}, ${now})`,
      );
    if (state.form !== "none")
      text.push(
        `insert into tax_forms (tenant_id, id, partner_id, version, kind, is_exempt, is_subject_to_withholding, country, identity_index, content_index,
                certification, signed_at, signed_by, valid_until, content_sealed, services)
         values (${tenant}, '${form}', '${partnerId}', 1, 'w8ben', false, false, 'GB', '', '', '', ${now}, '${newId()}',
                (${now} + interval '${state.form === "valid" ? 400 : -400} days')::date, '', 'outside_us')`,
        `insert into tax_partners (tenant_id, partner_id, form_id) values (${tenant}, '${partnerId}', '${form}')`,
      );
    if (state.paid > 0)
      text.push(
        `insert into tax_payments (tenant_id, id, payout_id, act, partner_id, paid_at, method, currency, amount, withheld, recorded_at)
         values (${tenant}, '${newId()}', '${newId()}', 'paid', '${partnerId}', ${now}, 'bank_file', '${state.paidIn}', ${state.paid}, 0, ${now})`,
      );
    if (hasAgreement && state.hasAccepted)
      text.push(
        `insert into agreement_acceptances (tenant_id, id, version_id, partner_id, user_id, text_hash, accepted_at)
         values (${tenant}, '${newId()}', '${version}', '${partnerId}', '${newId()}', 'hash', ${now})`,
      );
    if (state.before !== "none") {
      const before = newId();
      text.push(
        `insert into partner_payouts (tenant_id, id, partner_id, method_id, amount, currency, payment_method, requested_by, requested_at, created_at, status, processed_at)
         select tenant_id, '${before}', partner_id, method_id, amount, currency, payment_method, requested_by, requested_at, created_at, '${state.before}',
                ${state.before === "completed" ? now : "null"}
           from partner_payouts where id = '${payouts[place * 2]?.payoutId}'`,
      );
      if (state.beforeCase !== "none") judge(before, partnerId, state.beforeCase);
    }
  }
  for (const [place, said] of cases.entries()) {
    const payout = payouts[place];
    if (said !== "none" && payout !== undefined) judge(payout.payoutId, payout.partnerId, said);
  }
  await write(
    `create temporary table kept_accounts on commit drop as
       select partner_id, array_agg(value order by value) as accounts from fraud_signals s
        where tenant_id = ${tenant} and subject_id = partner_id group by partner_id; ${text.join(";\n")}`,
  );
}

it("a gate says of many payouts what it says of each by itself", async () => {
  const { fraud, tax, compliance } = ours.app;
  const gates = { fraud: fraud.payoutGate, tax: tax.payoutGate, compliance: compliance.mayBePaid };
  const said = new Set<string>();
  await fc.assert(
    fc.asyncProperty(world, async (drawn) => {
      await make(drawn);
      const of = drawn.asked.flatMap((place) => payouts[place] ?? []);
      await ours.app.db.read(ours.ctx(), async (tx) => {
        for (const [name, gate] of Object.entries(gates)) {
          const together = await gate(tx, of);
          const alone = new Map<string, GateAnswer>();
          for (const payout of of)
            for (const [payoutId, answer] of await gate(tx, [payout])) alone.set(payoutId, answer);
          expect({ name, said: together }).toEqual({ name, said: alone });
          expect([...together.keys()]).toEqual(of.map(({ payoutId }) => payoutId));
          for (const answer of together.values()) said.add(answer.allowed ? `${name} allows` : answer.reason);
        }
      });
    }),
    { numRuns: RUNS },
  );
  // What was drawn is worth comparing: each gate has let go, and has held for more than one reason.
  for (const gate of Object.keys(gates)) expect(said).toContain(`${gate} allows`);
  expect(said.size).toBeGreaterThan(6);
}, 120_000);
