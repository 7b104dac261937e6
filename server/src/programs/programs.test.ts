import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openPartners, type PartnerBench } from "../../test/kit/partners.ts";
import { asOwner, cloneDatabase } from "../../test/kit/postgres.ts";
import { seedTenant } from "../../test/kit/seed.ts";
import { DAY_MS } from "../kernel/clock.ts";
import type { Ctx } from "../platform/context.ts";
import type { ReadTx, Tx } from "../platform/database/index.ts";
import { findOwnTenant } from "../tenants/index.ts";
import { DEFAULT_TIERS } from "./default-tiers.ts";
import { publishDraft } from "./plan-repository.ts";
import { planInForce } from "./version-rules.ts";

let bench: PartnerBench;
/** Another tenant, without partners, for the programme's own verbs. */
let ctx: Ctx;
let tenantId: string;

beforeAll(async () => {
  bench = await openPartners(await cloneDatabase());
});
afterAll(() => bench[Symbol.asyncDispose]());

beforeEach(async () => {
  bench.outside.hasEntries = false;
  tenantId = await seedTenant(bench.database, { at: bench.clock.now(), isOperator: false });
  ctx = bench.ctx(tenantId);
  await create(ctx);
});

const create = (at: Ctx, fields: object = {}) =>
  bench.db.transaction(at, (tx) => bench.programs.createProgram(tx, { name: "Shop", currency: "USD", ...fields }));
const tiersWith = (signupBonus: number) => ({ ...DEFAULT_TIERS, tier1: { ...DEFAULT_TIERS.tier1, signupBonus } });
const code = (value: string) => expect.objectContaining({ code: value });
const versions = async () => (await bench.programs.findPlans(ctx, { status: "published" })).data;

describe("a programme", () => {
  it("begins with the default plan as its first version, in force from the beginning of time", async () => {
    expect(await bench.programs.showProgram(ctx)).toMatchObject({
      name: "Shop",
      currency: "USD",
      timeZone: "UTC",
      attributionModel: "last",
      requiresVerifiedEmail: false,
      autoApprovedTiers: ["tier1"],
    });
    const [first] = await versions();
    expect(first).toMatchObject({ version: 1, state: "in_force", effectiveFrom: null, tiers: DEFAULT_TIERS });
  });

  it("is one of its tenant, and cannot begin with settings that are none", async () => {
    await expect(create(ctx)).rejects.toEqual(code("program.exists"));
    const empty = bench.ctx(await seedTenant(bench.database, { at: bench.clock.now(), isOperator: false }));
    await expect(bench.programs.showProgram(empty)).rejects.toEqual(code("program.not_found"));
    await expect(create(empty, { currency: "QQQ" })).rejects.toEqual(code("program.currency_unknown"));
    await expect(create(empty, { timeZone: "Mars/Base" })).rejects.toEqual(code("program.time_zone_unknown"));
    await expect(create(empty, { defaultDestination: "https://a.example" })).rejects.toEqual(
      code("program.destination_refused"),
    );
  });

  it("is called in mails as it is called in its settings", async () => {
    const nameInMails = async () => (await bench.db.read(ctx, (tx) => findOwnTenant(tx, "https://partners.test"))).name;
    await bench.programs.updateProgram(ctx, { name: "Acme partners" });
    expect(await nameInMails()).toBe("Acme partners");
    await bench.programs.updateProgram(ctx, { attributionModel: "first" });
    expect(await nameInMails()).toBe("Acme partners");
  });

  it("takes new settings, what is not given stays, and the change is audited", async () => {
    const after = await bench.programs.updateProgram(ctx, {
      destinationHosts: ["Shop.Example", "shop.example"],
      defaultDestination: "https://shop.example/start",
      attributionModel: "first",
      requiresVerifiedEmail: true,
      autoApprovedTiers: [],
    });
    expect(after).toMatchObject({ name: "Shop", destinationHosts: ["shop.example"], attributionModel: "first" });
    expect(await bench.programs.showProgram(ctx)).toEqual(after);
    expect(await bench.acts(after.id)).toEqual(["program.created", "program.updated"]);
    await expect(bench.programs.updateProgram(ctx, { destinationHosts: [] })).rejects.toEqual(
      code("program.destination_refused"),
    );
    expect(await versions()).toHaveLength(1);
  });

  it("in another time zone or currency has a new plan version, in force at once, with the same figures", async () => {
    await bench.programs.updateProgram(ctx, { timeZone: "Europe/Berlin" });
    await bench.programs.updateProgram(ctx, { currency: "JPY" });
    const [third, second, first] = await versions();
    expect([first?.state, second?.state, third?.state]).toEqual(["superseded", "superseded", "in_force"]);
    expect(second).toMatchObject({ version: 2, timeZone: "Europe/Berlin", currency: "USD", tiers: DEFAULT_TIERS });
    expect(third).toMatchObject({ version: 3, timeZone: "Europe/Berlin", currency: "JPY" });
    expect(third?.tiers.tier1).toMatchObject({ signupBonus: 50, minimumPayout: { JPY: 50 } });
  });

  it("in another currency is in it from the beginning while nothing is booked", async () => {
    await bench.programs.updateProgram(ctx, { currency: "EUR" });
    await bench.programs.updateProgram(ctx, { timeZone: "Europe/Berlin" });
    const past = planInForce(await bench.db.transaction(ctx, bench.programs.findPublishedHeads), new Date(0));
    const [current] = await versions();
    expect(past?.id).toBe(current?.id);
    expect(current).toMatchObject({ currency: "EUR", timeZone: "Europe/Berlin", effectiveFrom: null });
  });

  it("in another time zone is in it from then on once money has been booked", async () => {
    bench.outside.hasEntries = true;
    await bench.programs.updateProgram(ctx, { timeZone: "Europe/Berlin" });
    expect((await versions())[0]).toMatchObject({ timeZone: "Europe/Berlin", effectiveFrom: ctx.now });
  });

  it("keeps its currency once money has been booked", async () => {
    bench.outside.hasEntries = true;
    await expect(bench.programs.updateProgram(ctx, { currency: "EUR" })).rejects.toEqual(
      code("program.currency_fixed"),
    );
    await bench.programs.updateProgram(ctx, { currency: "USD", name: "Other" });
  });

  it("keeps its time zone while a version waits that has it", async () => {
    const draft = await bench.programs.draftPlan(ctx, {});
    const effectiveFrom = new Date(ctx.now.getTime() + DAY_MS).toISOString();
    await bench.programs.publishPlan(ctx, { planId: draft.id, effectiveFrom });
    await expect(bench.programs.updateProgram(ctx, { timeZone: "Asia/Tokyo" })).rejects.toEqual(
      code("program.version_waiting"),
    );
  });
});

describe("a plan version", () => {
  it("is drafted from the one in force, edited, and published under the next number", async () => {
    const draft = await bench.programs.draftPlan(ctx, {});
    expect(draft).toMatchObject({ version: null, state: "draft", tiers: DEFAULT_TIERS });
    await bench.programs.editPlan(ctx, { planId: draft.id, tiers: tiersWith(7_000) });
    const published = await bench.programs.publishPlan(ctx, { planId: draft.id });
    expect(published).toMatchObject({ version: 2, state: "in_force", effectiveFrom: ctx.now, isRetroactive: false });
    expect(await bench.programs.getPlan(ctx, { planId: draft.id })).toEqual(published);
    expect(published.tiers.tier1.signupBonus).toBe(7_000);
    expect(await bench.acts(draft.id)).toEqual(["plan.drafted", "plan.edited", "plan.published"]);
    expect(await bench.news(draft.id)).toEqual(["plan.published"]);
  });

  it("is never edited once it is published: not by a verb, and not by the database's owner", async () => {
    const { id: planId } = await bench.programs.draftPlan(ctx, {});
    await bench.programs.publishPlan(ctx, { planId });
    await expect(bench.programs.publishPlan(ctx, { planId })).rejects.toEqual(code("plan.already_published"));
    await expect(bench.programs.editPlan(ctx, { planId, tiers: DEFAULT_TIERS })).rejects.toEqual(
      code("plan.already_published"),
    );
    await expect(
      asOwner(bench.database, "update commission_plans set tiers = '{}' where id = $1", [planId]),
    ).rejects.toThrow(/never edited/);
  });

  it("is kept in memory once it is read, by whatever clock, and never from a publication that rolls back", async () => {
    const { id } = await bench.programs.draftPlan(ctx, {});
    const publish = (tx: Tx) =>
      publishDraft(tx, id, { version: 2, timeZone: "UTC", effectiveFrom: ctx.now, isRetroactive: false });
    const read = async (tx: ReadTx) => (await bench.programs.publishedPlans(tx, [id])).get(id);
    const failing = bench.db.transaction(ctx, async (tx) => {
      await publish(tx);
      expect((await read(tx))?.version).toBe(2);
      throw new Error("rolled back");
    });
    await expect(failing).rejects.toThrow("rolled back");

    await bench.programs.editPlan(ctx, { planId: id, tiers: tiersWith(7_700) });
    await bench.db.transaction(ctx, publish);
    const longBefore = { ...ctx, now: new Date(0) };
    const plan = await bench.db.read(longBefore, read);
    expect(plan?.tiers.tier1.signupBonus).toBe(7_700n);
    expect(await bench.db.read(longBefore, read)).toBe(plan);
  });

  it("is refused outside the tier's range, with its field, as draft and as edit", async () => {
    const tiers = { ...DEFAULT_TIERS, tier1: { ...DEFAULT_TIERS.tier1, recurringRate: 0.2 } };
    const refusal = expect.objectContaining({
      code: "plan.rate_out_of_range",
      facts: expect.objectContaining({ field: "tiers.tier1.recurringRate" }),
    });
    await expect(bench.programs.draftPlan(ctx, { tiers })).rejects.toEqual(refusal);
    const { id: planId } = await bench.programs.draftPlan(ctx, {});
    await expect(bench.programs.editPlan(ctx, { planId, tiers })).rejects.toEqual(refusal);
  });

  it("comes into force at its publication or later, and holds for existing customers from its publication alone", async () => {
    const { id: planId } = await bench.programs.draftPlan(ctx, {});
    const at = (days: number) => new Date(ctx.now.getTime() + days * DAY_MS).toISOString();
    await expect(bench.programs.publishPlan(ctx, { planId, effectiveFrom: at(-1) })).rejects.toEqual(
      code("plan.effective_in_past"),
    );
    await expect(
      bench.programs.publishPlan(ctx, { planId, effectiveFrom: at(1), isRetroactive: true }),
    ).rejects.toEqual(code("plan.retroactive_is_immediate"));
    expect(await bench.programs.publishPlan(ctx, { planId, effectiveFrom: at(1) })).toMatchObject({
      state: "scheduled",
    });
    const [second, first] = (await bench.programs.findPlans({ ...ctx, now: new Date(at(2)) }, { status: "published" }))
      .data;
    expect([first?.state, second?.state]).toEqual(["superseded", "in_force"]);
  });

  it("whose amounts mean another currency is published after it has been edited", async () => {
    const { id: planId } = await bench.programs.draftPlan(ctx, {});
    await bench.programs.updateProgram(ctx, { currency: "EUR" });
    await expect(bench.programs.publishPlan(ctx, { planId })).rejects.toEqual(code("plan.currency_mismatch"));
    await bench.programs.editPlan(ctx, { planId, tiers: DEFAULT_TIERS });
    expect(await bench.programs.publishPlan(ctx, { planId })).toMatchObject({ currency: "EUR", version: 3 });
  });

  it("is published once by two who do it at once, and two drafts get two numbers", async () => {
    const drafts = await Promise.all([1, 2].map(() => bench.programs.draftPlan(ctx, {})));
    const outcomes = await Promise.allSettled(
      [...drafts, ...drafts].map(({ id: planId }) => bench.programs.publishPlan(ctx, { planId })),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    expect(new Set((await versions()).map(({ version }) => version))).toEqual(new Set([1, 2, 3]));
  });

  it("and its programme are not there for another tenant", async () => {
    const { id: planId } = await bench.programs.draftPlan(ctx, {});
    const stranger = bench.ctx();
    const absent = code("plan.not_found");
    await expect(bench.programs.getPlan(stranger, { planId })).rejects.toEqual(absent);
    await expect(bench.programs.editPlan(stranger, { planId, tiers: DEFAULT_TIERS })).rejects.toEqual(absent);
    await expect(bench.programs.publishPlan(stranger, { planId })).rejects.toEqual(absent);
    expect((await bench.programs.findPlans(stranger, {})).data.map(({ id }) => id)).not.toContain(planId);
  });

  it("is written with the scope for it, and read with the scope for that", async () => {
    const reader = bench.operator("program:read");
    const missing = code("access.scope_missing");
    const { data } = await bench.programs.findPlans(reader, {});
    const planId = data[0]?.id ?? "";
    await bench.programs.getPlan(reader, { planId });
    await expect(bench.programs.draftPlan(reader, {})).rejects.toEqual(missing);
    await expect(bench.programs.editPlan(reader, { planId, tiers: DEFAULT_TIERS })).rejects.toEqual(missing);
    await expect(bench.programs.publishPlan(reader, { planId })).rejects.toEqual(missing);
    await expect(bench.programs.updateProgram(reader, { name: "x" })).rejects.toEqual(missing);
    expect(() => bench.programs.findPlans(bench.operator("partners:read"), {})).toThrow(missing);
  });
});
