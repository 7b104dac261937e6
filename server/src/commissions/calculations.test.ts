import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type AssessmentWorld, assessmentWorld, PROVEN } from "../../test/kit/assessment.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { seedTenant } from "../../test/kit/seed.ts";
import { newId } from "../kernel/id.ts";
import type { Scope } from "../platform/scopes.ts";
import { defaultTiers } from "../programs/index.ts";
import { calculateCommission, calculateOwnCommission } from "./calculate-commission.ts";
import { calculateMissed } from "./calculate-missed.ts";
import { previewReassessment, reassessPartner } from "./reassess-partner.ts";
import { simulatePlan } from "./simulate-plan.ts";

let world: AssessmentWorld;
let elsewhere: string;
let partner: { partnerId: string; termsId: string };
let customer: { partnerId: string; referralId: string; externalId: string };

beforeAll(async () => {
  world = await assessmentWorld();
  elsewhere = await seedTenant(world.clone, { at: world.clock.now(), isOperator: false });
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  partner = await world.newEarner();
  customer = await world.newCustomer(partner);
});
const name = () => newId();
const proven = () => world.prove(partner.partnerId);
const audits = () => world.audits(partner.partnerId);

describe("a calculation", () => {
  const calculate = (sale: object = {}, ctx = world.operator()) =>
    calculateCommission(world.deps)(ctx, {
      referralId: customer.referralId,
      kind: "payment",
      amount: 1_177n,
      currency: "USD",
      ...sale,
    });

  it("says what a sale would earn and why, and writes nothing", async () => {
    const { commissions, receipt } = await calculate();
    expect(commissions.map(({ rule, amount }) => `${rule} ${amount}`)).toEqual(["signup 5000", "recurring 118"]);
    expect(receipt.clauses.find(({ clause }) => clause === "recurring")).toMatchObject({ product: "117.7" });
    expect(await world.rows(partner.partnerId)).toEqual([]);
    await world.record(customer, { externalId: name() });
    expect((await calculate()).commissions.map(({ rule }) => rule)).toEqual(["recurring"]);
    expect((await calculate({ kind: "card", tax: 0n, revenue: 10n })).commissions).toEqual([]);
    expect(await proven()).toEqual(PROVEN);
  });

  it("knows no customer that has not converted, nor one of another tenant, and asks for the right to read", async () => {
    await expect(calculate({ referralId: newId() })).rejects.toMatchObject({ code: "assessment.customer_unknown" });
    await expect(calculate({}, world.operator(undefined, elsewhere))).rejects.toMatchObject({ kind: "not_found" });
    await expect(calculate({}, world.operator([]))).rejects.toMatchObject({ code: "access.scope_missing" });
  });
});

describe("a partner's own calculation", () => {
  const calculateAs = (ownerId: string, scopes: readonly Scope[] = ["own:commissions:read"]) =>
    calculateOwnCommission(world.deps)(world.partner(ownerId, scopes), {
      referralId: customer.referralId,
      kind: "payment",
      amount: 1_177n,
      currency: "USD",
    });

  it("is of its own customers: another partner's is as unknown as one that is not there", async () => {
    const { commissions } = await calculateAs(partner.partnerId);
    expect(commissions.map(({ rule, amount }) => `${rule} ${amount}`)).toEqual(["signup 5000", "recurring 118"]);
    const other = await world.newEarner();
    await expect(calculateAs(other.partnerId)).rejects.toMatchObject({ code: "assessment.customer_unknown" });
    await expect(calculateAs(partner.partnerId, [])).rejects.toMatchObject({ code: "access.scope_missing" });
    expect(await world.rows(partner.partnerId)).toEqual([]);
  });
});

describe("what was recorded and not assessed", () => {
  const calculate = (ctx = world.operator()) => calculateMissed(world.deps)(ctx, { partnerId: partner.partnerId });
  /** Records while nobody listens. */
  const unheard = async (work: () => Promise<unknown>) => {
    const { inside } = world.said;
    world.said.inside = {};
    try {
      await work();
    } finally {
      world.said.inside = inside;
    }
  };

  it("is assessed, once, as if it had been heard", async () => {
    const sale = name();
    await world.record(customer, { externalId: name() });
    await unheard(async () => {
      await world.record(customer, { externalId: sale });
      await world.record(customer, { externalId: name(), kind: "refund", originalExternalId: sale, amount: 500n });
    });
    expect(await calculate()).toEqual({ partners: 1, assessed: 2, commissions: 2, gaps: [] });
    expect(await calculate()).toEqual({ partners: 1, assessed: 0, commissions: 0, gaps: [] });
    expect(await world.balances(partner.partnerId)).toMatchObject({ pending: 5_150n });
    expect(await audits()).toEqual([{ action: "commissions.calculated", reason: null }]);
    expect(await proven()).toEqual(PROVEN);
  });

  it("is assessed once by two who ask at the same time", async () => {
    await unheard(() => world.record(customer, { externalId: name() }));
    const reports = await Promise.all([calculate(), calculate()]);
    expect(reports.map(({ assessed }) => assessed).toSorted((a, b) => a - b)).toEqual([0, 1]);
    expect(await proven()).toEqual(PROVEN);
  });

  it("before something that was assessed is a gap, which is reported and not filled", async () => {
    await unheard(() => world.record(customer, { externalId: name() }));
    await world.record(customer, { externalId: name() });
    expect(await calculate()).toEqual({ partners: 1, assessed: 0, commissions: 0, gaps: [partner.partnerId] });
  });

  it("of all partners is found too", async () => {
    await unheard(() => world.record(customer, { externalId: name() }));
    const report = await calculateMissed(world.deps)(world.operator(), {});
    expect(report.assessed).toBe(1);
    expect(report.partners).toBeGreaterThan(1);
  });

  it("is another tenant's 404, and asks for the right to write", async () => {
    await expect(calculate(world.operator(undefined, elsewhere))).rejects.toMatchObject({ code: "partner.not_found" });
    await expect(calculate(world.operator(["commissions:read"]))).rejects.toMatchObject({
      code: "access.scope_missing",
    });
  });
});

describe("a re-assessment", () => {
  const preview = (termsId?: string, ctx = world.operator()) =>
    previewReassessment(world.deps)(ctx, {
      partnerId: partner.partnerId,
      ...(termsId === undefined ? {} : { termsId }),
    });
  const reassess = (fingerprint: string, termsId?: string, ctx = world.operator()) =>
    reassessPartner(world.deps)(ctx, {
      partnerId: partner.partnerId,
      reason: "late",
      fingerprint,
      ...(termsId === undefined ? {} : { termsId }),
    });

  it("shows its difference, books it by entries under its name, and a replay makes them again", async () => {
    const late = name();
    await world.record(customer, { externalId: name(), at: "2024-03-01T00:00:00Z" });
    await world.record(customer, { externalId: name(), amount: 2_000n, at: "2025-02-01T00:00:00Z" });
    await world.record(customer, { externalId: late, at: "2024-01-01T00:00:00Z" });
    const shown = await preview();
    expect(shown).toMatchObject({
      corrections: [{ kind: "reversed", rule: "recurring.adjustment", amount: -200n }],
      totals: [{ currency: "USD", amount: -200n }],
    });
    expect((await world.rows(partner.partnerId)).length).toBe(4);
    expect(await reassess(shown.fingerprint)).toEqual(shown);
    expect(await world.balances(partner.partnerId)).toMatchObject({ pending: 5_200n });
    expect(await audits()).toEqual([{ action: "commissions.reassessed", reason: "late" }]);
    await world.record(customer, { externalId: name(), kind: "refund", originalExternalId: late, amount: 1_000n });
    expect((await preview()).corrections).toEqual([]);
    expect(await proven()).toEqual(PROVEN);
  });

  it("under other terms re-rates the past, whatever has become of it; refunds follow the corrected amounts", async () => {
    const sale = name();
    await world.record(customer, { externalId: sale, amount: 10_000n });
    await world.commissions.approveCommission(world.operator(), {
      commissionId: (await world.rows(partner.partnerId)).find((row) => row.rule === "recurring")?.id ?? "",
    });
    const better = await world.newTerms(partner.partnerId, "tier1", { recurringRate: 0.15 });
    await reassess((await preview(better)).fingerprint, better);
    expect(await world.balances(partner.partnerId)).toMatchObject({ available: 1_000n, pending: 5_500n });
    await world.record(customer, { externalId: name(), kind: "refund", originalExternalId: sale, amount: 5_000n });
    expect(await world.balances(partner.partnerId)).toMatchObject({ available: 500n, pending: 5_250n });
    const original = await preview(partner.termsId);
    expect(original.totals).toEqual([{ currency: "USD", amount: -250n }]);
    await reassess(original.fingerprint, partner.termsId);
    expect(await world.balances(partner.partnerId)).toMatchObject({ available: 500n, pending: 5_000n });
    expect(await proven()).toEqual(PROVEN);
  });

  it("may tie a customer to another payment and keep its signup: that falls with the payment that it is tied to now", async () => {
    const early = name();
    await world.record(customer, { externalId: name(), at: "2025-12-20T00:00:00Z" });
    await world.record(customer, { externalId: early, at: "2025-12-10T00:00:00Z" });
    await world.record(customer, { externalId: name(), amount: 5_000n, at: "2026-12-15T00:00:00Z" });
    await reassess((await preview()).fingerprint);
    await world.record(customer, {
      externalId: name(),
      kind: "refund",
      originalExternalId: early,
      amount: 1_000n,
      at: "2025-12-21T00:00:00Z",
    });
    expect((await world.statements(partner.partnerId)).filter((one) => one.startsWith("signup"))).toEqual([
      "signup 5000 cancelled",
    ]);
    expect(await proven()).toEqual(PROVEN);
  });

  it.each([
    ["the payment it was tied to takes nothing of the signup", 0, "signup 5000 pending"],
    ["the payment it is tied to now takes the signup", 1, "signup 5000 cancelled"],
  ])("that only ties a customer to another payment is kept: a refund of %s", async (_, refunded, signup) => {
    const sales = [name(), name()];
    await world.record(customer, { externalId: sales[0] ?? "", at: "2025-12-20T00:00:00Z" });
    await world.record(customer, { externalId: sales[1] ?? "", at: "2025-12-10T00:00:00Z" });
    const shown = await preview();
    expect(shown).toMatchObject({ corrections: [], differs: true });
    await reassess(shown.fingerprint);
    expect(await preview()).toMatchObject({ corrections: [], differs: false });
    await world.record(customer, {
      externalId: name(),
      kind: "refund",
      originalExternalId: sales[refunded] ?? "",
      amount: 1_000n,
      at: "2025-12-21T00:00:00Z",
    });
    const statements = await world.statements(partner.partnerId);
    expect(statements.filter((one) => one.startsWith("signup"))).toEqual([signup]);
    expect(await proven()).toEqual(PROVEN);
  });

  it("books nothing else than was shown, and nothing where nothing differs", async () => {
    await world.record(customer, { externalId: name() });
    await expect(reassess((await preview()).fingerprint)).rejects.toMatchObject({ code: "assessment.nothing_differs" });
    const better = await world.newTerms(partner.partnerId, "tier1", { recurringRate: 0.15 });
    const shown = await preview(better);
    await world.record(customer, { externalId: name() });
    await expect(reassess(shown.fingerprint, better)).rejects.toMatchObject({ code: "assessment.difference_changed" });
    expect(await proven()).toEqual(PROVEN);
  });

  it("knows no terms but the partner's own", async () => {
    const other = await world.newEarner();
    for (const termsId of [other.termsId, name()]) {
      await expect(preview(termsId)).rejects.toMatchObject({ code: "assessment.terms_unknown" });
      await expect(reassess("", termsId)).rejects.toMatchObject({ code: "assessment.terms_unknown" });
    }
  });

  it("is another tenant's 404, and asks for the right to write", async () => {
    const stranger = world.operator(undefined, elsewhere);
    const reader = world.operator(["commissions:read"]);
    await expect(preview(undefined, stranger)).rejects.toMatchObject({ code: "partner.not_found" });
    await expect(reassess("", undefined, stranger)).rejects.toMatchObject({ code: "partner.not_found" });
    await expect(preview(undefined, reader)).rejects.toMatchObject({ code: "access.scope_missing" });
    await expect(reassess("", undefined, reader)).rejects.toMatchObject({ code: "access.scope_missing" });
  });
});

describe("a simulation", () => {
  it("is of the partners whom the plan's publication would move: who has terms of its own is left out", async () => {
    const own = await world.newEarner("tier1", { recurringRate: 0.12 });
    for (const bought of [customer, await world.newCustomer(own)])
      await world.record(bought, { externalId: name(), amount: 10_000n, at: "2022-06-01T00:00:00Z" });
    const tiers = defaultTiers("USD");
    const plan = { tiers: { ...tiers, tier1: { ...tiers.tier1, recurringRate: 0.15 } } };
    const { partners } = await simulatePlan(world.deps)(world.operator(), {
      plan,
      from: new Date("2022-01-01T00:00:00Z"),
      to: new Date("2023-01-01T00:00:00Z"),
    });
    const shown = partners.map(({ partnerId }) => partnerId);
    expect([shown.includes(partner.partnerId), shown.includes(own.partnerId)]).toEqual([true, false]);
  });

  it("says what a draft plan would have cost each partner in a time, beside what was recorded, and writes nothing", async () => {
    await world.record(customer, { externalId: name(), amount: 10_000n, at: "2023-12-31T23:59:59Z" });
    await world.record(customer, { externalId: name(), amount: 10_000n, at: "2024-01-01T00:00:00Z" });
    const [sale] = [name()];
    await world.record(customer, { externalId: sale, amount: 10_000n, at: "2024-02-01T00:00:00Z" });
    await world.record(customer, {
      externalId: name(),
      kind: "refund",
      originalExternalId: sale,
      amount: 5_000n,
      at: "2024-02-02T00:00:00Z",
    });
    const tiers = defaultTiers("USD");
    const plan = { tiers: { ...tiers, tier1: { ...tiers.tier1, recurringRate: 0.15 } } };
    const { partners, totals } = await simulatePlan(world.deps)(world.operator(), {
      plan,
      from: new Date("2024-01-01T00:00:00Z"),
      to: new Date("2025-01-01T00:00:00Z"),
    });
    expect(partners.filter((one) => one.partnerId === partner.partnerId)).toEqual([
      { partnerId: partner.partnerId, currency: "USD", recorded: 1_500n, simulated: 2_250n, difference: 750n },
    ]);
    const sum = (of: "recorded" | "simulated" | "difference") => partners.reduce((all, one) => all + one[of], 0n);
    expect(totals).toEqual([
      {
        currency: "USD",
        recorded: sum("recorded"),
        simulated: sum("simulated"),
        difference: sum("difference"),
        winners: partners.filter(({ difference }) => difference > 0n).length,
        losers: 0,
      },
    ]);
    expect(totals.length).toBeGreaterThan(0);
    expect(await world.rows(partner.partnerId)).toHaveLength(5);
    expect(
      await asOwner(world.clone, "select 1 from partner_events where partner_id = $1 and kind = 'reassessment'", [
        partner.partnerId,
      ]),
    ).toEqual([]);
    await expect(
      simulatePlan(world.deps)(world.operator(["program:read"]), { plan, from: new Date(0), to: new Date(0) }),
    ).rejects.toMatchObject({
      code: "access.scope_missing",
    });
  });
});
