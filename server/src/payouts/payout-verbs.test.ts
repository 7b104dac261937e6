import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PayoutWorld, payoutWorld } from "../../test/kit/payouts.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { seedTenant } from "../../test/kit/seed.ts";
import type { Ctx } from "../platform/context.ts";
import { OPERATOR_SCOPES, PARTNER_SCOPES, type Scope } from "../platform/scopes.ts";

let world: PayoutWorld;
let elsewhere: string;
beforeAll(async () => {
  world = await payoutWorld();
  elsewhere = await seedTenant(world.clone, { at: world.clock.now(), isOperator: false });
});
afterAll(() => world[Symbol.asyncDispose]());

type Subject = { readonly partnerId: string; readonly payoutId: string };
type Verb = {
  readonly verb: string;
  readonly side: "operator" | "partner";
  readonly scope: Scope;
  /** Makes something that the verb can be done to. */
  readonly ready: () => Promise<Subject>;
  readonly act: (ctx: Ctx, subject: Subject) => Promise<unknown>;
  /** What is audited, and of what. */
  readonly audited: string;
  readonly target: (subject: Subject, result: unknown) => string;
  /** Brings about a state in which the verb is refused, and how. */
  readonly spoil?: { readonly how: (subject: Subject) => Promise<unknown>; readonly code: string };
  /** Undefined where the verb names nothing that another tenant could have. */
  readonly strange?: string;
};

const earned = async (): Promise<Subject> => {
  const partnerId = await world.newPartner();
  await world.earn(partnerId, 10_000n);
  return { partnerId, payoutId: "" };
};
const waiting = async (): Promise<Subject> => {
  const { partnerId } = await earned();
  return { partnerId, payoutId: await world.request(partnerId) };
};
const releasedByHand = async (): Promise<Subject> => {
  const partnerId = await world.newBankPartner();
  await world.earn(partnerId, 10_000n);
  const payoutId = await world.request(partnerId);
  await world.payouts.processPayout(world.operator(), { payoutId });
  return { partnerId, payoutId };
};
const paidByHand = async (): Promise<Subject> => {
  const subject = await releasedByHand();
  await world.send(subject.payoutId);
  return subject;
};
const idOf = (_: Subject, result: unknown): string => (result as { id: string }).id;

const VERBS: readonly Verb[] = [
  {
    verb: "requestPayout",
    side: "partner",
    scope: "own:payouts:write",
    ready: earned,
    act: (ctx) => world.payouts.requestPayout(ctx, { currency: "USD" }),
    audited: "payout.requested",
    target: idOf,
    spoil: { how: ({ partnerId }) => world.setStatus(partnerId, "suspended"), code: "payout.partner_suspended" },
    strange: "partner.not_found",
  },
  {
    verb: "requestPayoutFor",
    side: "operator",
    scope: "payouts:process",
    ready: earned,
    act: (ctx, { partnerId }) => world.payouts.requestPayoutFor(ctx, { partnerId, currency: "USD" }),
    audited: "payout.requested",
    target: idOf,
    spoil: { how: ({ partnerId }) => world.request(partnerId), code: "payout.nothing_available" },
    strange: "partner.not_found",
  },
  {
    verb: "processPayout",
    side: "operator",
    scope: "payouts:process",
    ready: waiting,
    act: (ctx, { payoutId }) => world.payouts.processPayout(ctx, { payoutId }),
    audited: "payout.processed",
    target: idOf,
    spoil: {
      how: ({ payoutId }) => world.payouts.processPayout(world.operator(), { payoutId }),
      code: "payout.wrong_state",
    },
    strange: "payout.not_found",
  },
  {
    verb: "processPayouts of one",
    side: "operator",
    scope: "payouts:process",
    ready: waiting,
    act: (ctx, { payoutId }) => world.payouts.processPayouts(ctx, { payoutId }),
    audited: "payout.processed",
    target: ({ payoutId }) => payoutId,
    spoil: { how: ({ partnerId }) => world.setStatus(partnerId, "suspended"), code: "payout.partner_suspended" },
    strange: "payout.not_found",
  },
  {
    verb: "cancelPayout",
    side: "partner",
    scope: "own:payouts:write",
    ready: waiting,
    act: (ctx, { payoutId }) => world.payouts.cancelPayout(ctx, { payoutId }),
    audited: "payout.cancelled",
    target: idOf,
    spoil: {
      how: ({ payoutId }) => world.payouts.processPayout(world.operator(), { payoutId }),
      code: "payout.wrong_state",
    },
    strange: "payout.not_found",
  },
  {
    verb: "cancelPayoutFor",
    side: "operator",
    scope: "payouts:process",
    ready: waiting,
    act: (ctx, { payoutId }) => world.payouts.cancelPayoutFor(ctx, { payoutId }),
    audited: "payout.cancelled",
    target: idOf,
    spoil: {
      how: ({ payoutId }) => world.payouts.cancelPayoutFor(world.operator(), { payoutId }),
      code: "payout.wrong_state",
    },
    strange: "payout.not_found",
  },
  {
    verb: "recordReturn",
    side: "operator",
    scope: "payouts:process",
    ready: paidByHand,
    act: (ctx, { payoutId }) => world.payouts.recordReturn(ctx, { payoutId, reason: "account closed" }),
    audited: "payout.returned",
    target: idOf,
    spoil: {
      how: ({ payoutId }) => world.payouts.recordReturn(world.operator(), { payoutId, reason: "closed" }),
      code: "payout.wrong_state",
    },
    strange: "payout.not_found",
  },
  {
    verb: "settlePayout",
    side: "operator",
    scope: "payouts:process",
    ready: releasedByHand,
    act: (ctx, { payoutId }) =>
      world.payouts.settlePayout(ctx, { payoutId, outcome: "not_paid", reason: "the bank is closed" }),
    audited: "payout.failed",
    target: idOf,
    spoil: { how: ({ payoutId }) => world.send(payoutId), code: "payout.wrong_state" },
    strange: "payout.not_found",
  },
  {
    verb: "updatePaymentMethod",
    side: "partner",
    scope: "own:payout-method:write",
    ready: earned,
    act: (ctx) =>
      world.payouts.updatePaymentMethod(ctx, { kind: "bank_file", holder: "Ada", iban: "DE89370400440532013000" }),
    audited: "payout_method.changed",
    target: ({ partnerId }) => partnerId,
  },
  {
    verb: "scheduleAutoPayout",
    side: "partner",
    scope: "own:payouts:write",
    ready: earned,
    act: (ctx) => world.payouts.scheduleAutoPayout(ctx, { currency: "USD", every: "month", isEnabled: true }),
    audited: "payout_schedule.changed",
    target: ({ partnerId }) => partnerId,
  },
];

const actor = (
  { side }: Verb,
  { partnerId }: Subject,
  scopes: readonly Scope[] = side === "partner" ? PARTNER_SCOPES : OPERATOR_SCOPES,
  tenant?: string,
): Ctx => (side === "partner" ? world.partner(partnerId, scopes, tenant) : world.operator(scopes, tenant));

describe.each(VERBS)("$verb", (verb) => {
  it("works, is audited, and leaves books that hold", async () => {
    const subject = await verb.ready();
    const result = await verb.act(actor(verb, subject), subject);
    const audits = await world.audits(verb.target(subject, result));
    expect(audits.at(-1)).toMatchObject({ action: verb.audited });
    await world.expectProven(subject.partnerId);
  });

  it("refuses a credential without its scope", async () => {
    const subject = await verb.ready();
    const others = (verb.side === "partner" ? PARTNER_SCOPES : OPERATOR_SCOPES).filter((each) => each !== verb.scope);
    await expect(verb.act(actor(verb, subject, others), subject)).rejects.toMatchObject({
      code: "access.scope_missing",
    });
  });
});

describe.each(VERBS.filter(({ spoil }) => spoil))("$verb in the wrong state", (verb) => {
  it("is refused and leaves no trace", async () => {
    const subject = await verb.ready();
    await verb.spoil?.how(subject);
    const before = await world.balances(subject.partnerId);
    await expect(verb.act(actor(verb, subject), subject)).rejects.toMatchObject({ code: verb.spoil?.code });
    expect(await world.balances(subject.partnerId)).toEqual(before);
    await world.expectProven(subject.partnerId);
  });
});

describe.each(VERBS.filter(({ strange }) => strange))("$verb from another tenant", (verb) => {
  it("finds nothing", async () => {
    const subject = await verb.ready();
    const act = verb.act(actor(verb, subject, undefined, elsewhere), subject);
    await expect(act).rejects.toMatchObject({ code: verb.strange, kind: "not_found" });
  });
});

describe("a partner", () => {
  it("neither sees nor cancels another's payout", async () => {
    const [{ payoutId }, other] = [await waiting(), await world.newPartner()];
    for (const act of [world.payouts.getPayout, world.payouts.cancelPayout])
      await expect(act(world.partner(other), { payoutId })).rejects.toMatchObject({ code: "payout.not_found" });
    expect((await world.payouts.getPayoutHistory(world.partner(other), {})).data).toEqual([]);
  });

  it("that chooses its method twice at once has one account at Stripe", async () => {
    const partnerId = await world.newPartnerWithoutMethod();
    const before = world.stripe.accounts().length;
    const choose = () =>
      world.payouts.updatePaymentMethod(world.partner(partnerId), { kind: "stripe_connect", country: "US" });
    const chosen = await Promise.all([choose(), choose(), choose(), choose()]);
    expect(new Set(chosen.map(({ id }) => id)).size).toBe(1);
    expect(world.stripe.accounts()).toHaveLength(before + 1);
  });

  it("that moves to another country gets another account; asked for the same it keeps its own", async () => {
    const partnerId = await world.newUnfinishedPartner();
    const first = await world.accountOf(partnerId);
    await world.payouts.updatePaymentMethod(world.partner(partnerId), { kind: "stripe_connect", country: "US" });
    expect(await world.accountOf(partnerId)).toBe(first);
    await world.payouts.updatePaymentMethod(world.partner(partnerId), { kind: "stripe_connect", country: "DE" });
    expect(await world.accountOf(partnerId)).not.toBe(first);
  });

  it("that goes on with its account need not say where it lives; whoever has none is asked", async () => {
    const partnerId = await world.newUnfinishedPartner();
    const first = await world.accountOf(partnerId);
    const goOn = (of: string) => world.payouts.updatePaymentMethod(world.partner(of), { kind: "stripe_connect" });
    expect(await goOn(partnerId)).toMatchObject({ status: "incomplete", onboardingUrl: expect.any(String) as string });
    expect(await world.accountOf(partnerId)).toBe(first);
    const another = await world.newPartnerWithoutMethod();
    await expect(goOn(another)).rejects.toMatchObject({ code: "payout.no_method" });
    expect(await world.payouts.getPaymentMethod(world.partner(another))).toBeNull();
  });

  it("is told with what it replaces, by no more of either than its end", async () => {
    const partnerId = await world.newPartnerWithoutMethod();
    const choose = (iban: string) =>
      world.payouts.updatePaymentMethod(world.partner(partnerId), { kind: "bank_file", holder: "Ada", iban });
    const before = await choose("DE89370400440532013000");
    const after = await choose("GB29NWBK60161331926819");
    const told = await asOwner<{ data: object }>(
      world.clone,
      `select data from outbox_events
        where type = 'payout_method.changed' and data ->> 'partnerId' = $1 order by position`,
      [partnerId],
    );
    const [first, second] = [
      { id: before.id, kind: "bank_file", summary: "Bank account ending 3000" },
      { id: after.id, kind: "bank_file", summary: "Bank account ending 6819" },
    ];
    expect(told.map(({ data }) => data)).toMatchObject([
      { ...first, replaced: null },
      { ...second, replaced: first },
    ]);
    expect(JSON.stringify(told)).not.toMatch(/370400440532013000|NWBK60161331926819|Ada/);
  });

  it.each<[string, object]>([
    ["an IBAN whose check digits are wrong", { holder: "Ada", iban: "DE00370400440532013000" }],
    ["an account without its bank", { holder: "Ada", accountNumber: "123456" }],
    ["no account at all", { holder: "Ada" }],
    ["a holder of spaces", { holder: "   ", iban: "DE89370400440532013000" }],
    ["a holder of two lines", { holder: "Ada\nEve", iban: "DE89370400440532013000" }],
    ["an account that a spreadsheet would run", { holder: "Ada", accountNumber: "=1+1", bankCode: "021000021" }],
  ])("cannot be paid to %s", async (_what, details) => {
    const partnerId = await world.newPartnerWithoutMethod();
    const choose = world.payouts.updatePaymentMethod(world.partner(partnerId), {
      kind: "bank_file",
      ...(details as { holder: string }),
    });
    await expect(choose).rejects.toMatchObject({ code: "payout.bank_details_invalid" });
  });
});

describe("releasing what waits", () => {
  it("names what is held and releases the rest, each once, whatever stands before it", async () => {
    const [suspended, free] = [await waiting(), await waiting()];
    await world.setStatus(suspended.partnerId, "suspended");
    const answer = await world.payouts.processPayouts(world.operator(), { limit: 500 });
    expect(answer.held).toContainEqual({
      payoutId: suspended.payoutId,
      partnerId: suspended.partnerId,
      code: "payout.partner_suspended",
      reason: null,
      about: "partner",
      isLasting: false,
    });
    expect(await world.story(free.payoutId)).toMatchObject({ status: "processing", attempts: ["created"] });
    expect(await world.story(suspended.payoutId)).toMatchObject({ status: "pending", attempts: [] });
    await world.setStatus(suspended.partnerId, "terminated");
    // What is held does not use up the number that may be released.
    expect(await world.payouts.processPayouts(world.operator(), { limit: 1 })).toMatchObject({ processed: 1 });
    expect(await world.story(suspended.payoutId)).toMatchObject({ status: "processing" });
  });

  it("eight times at once releases each payout once", async () => {
    const subjects = await Promise.all(Array.from({ length: 6 }, waiting));
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => world.payouts.processPayouts(world.operator(), {})),
    );
    expect(answers.reduce((sum, { processed }) => sum + processed, 0)).toBe(6);
    const attempts = await asOwner(world.clone, "select from transfer_attempts where payout_id = any ($1)", [
      subjects.map(({ payoutId }) => payoutId),
    ]);
    expect(attempts).toHaveLength(6);
  });

  it("and cancelling at once do one of the two", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { partnerId, payoutId } = await waiting();
      const outcomes = await Promise.allSettled([
        world.payouts.processPayout(world.operator(), { payoutId }),
        world.payouts.cancelPayout(world.partner(partnerId), { payoutId }),
        world.payouts.processPayouts(world.operator(), {}),
      ]);
      const { status } = await world.story(payoutId);
      expect(["processing", "cancelled"]).toContain(status);
      expect(outcomes[1]?.status).toBe(status === "cancelled" ? "fulfilled" : "rejected");
      await world.expectProven(partnerId);
    }
  });
});
