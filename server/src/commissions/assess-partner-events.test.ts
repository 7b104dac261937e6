import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type AssessmentWorld, assessmentWorld, PROVEN } from "../../test/kit/assessment.ts";
import { asOwner } from "../../test/kit/postgres.ts";
import { DAY_MS } from "../kernel/clock.ts";
import { newId } from "../kernel/id.ts";
import { replay } from "./replay.ts";

let world: AssessmentWorld;
let partner: { partnerId: string; termsId: string };
let customer: { partnerId: string; referralId: string; externalId: string };

beforeAll(async () => {
  world = await assessmentWorld();
});
afterAll(() => world[Symbol.asyncDispose]());
beforeEach(async () => {
  partner = await world.newEarner();
  customer = await world.newCustomer(partner);
});

const name = () => newId();
const endHold = async () => {
  world.clock.advance(31 * DAY_MS);
  await world.commissions.approveDue(world.system());
};
const balances = () => world.balances(partner.partnerId);
const proven = () => world.prove(partner.partnerId);
const reject = (takesBackApproved: boolean) =>
  world.act({
    partnerId: partner.partnerId,
    kind: "rejection",
    referralId: customer.referralId,
    data: { reason: "fraud", takesBackApproved },
  });
const ofPartner = (kind: "suspension" | "reinstatement" | "termination") =>
  world.act({ partnerId: partner.partnerId, kind, data: {} });
const disputeOf = async (rule: string) => {
  const row = (await world.rows(partner.partnerId)).find((one) => one.rule === rule);
  await world.commissions.disputeCommission(world.partner(partner.partnerId), {
    commissionId: row?.id ?? "",
    reason: "wrong",
  });
  return row?.id ?? "";
};
const openDisputes = () =>
  asOwner(world.clone, "select id from commission_disputes where partner_id = $1 and status = 'open'", [
    partner.partnerId,
  ]);

describe("a verification", () => {
  it("books the signup that waited, and the count", async () => {
    const waiting = await world.newCustomer(partner, { verificationRequired: true });
    await world.record(waiting, { externalId: name() });
    expect(await world.statements(partner.partnerId)).toEqual(["recurring 100 pending"]);
    await world.act({ partnerId: partner.partnerId, kind: "verification", referralId: waiting.referralId, data: {} });
    expect(await world.statements(partner.partnerId)).toEqual(["recurring 100 pending", "signup 5000 pending"]);
    expect((await balances()).pending).toBe(5_100n);
    expect(await proven()).toEqual(PROVEN);
  });
});

describe("a rejection", () => {
  it("cancels what is in hold with its reversals, and the books follow", async () => {
    const sale = name();
    await world.record(
      customer,
      { externalId: sale },
      { externalId: name(), kind: "refund", originalExternalId: sale, amount: 400n },
    );
    await reject(false);
    expect(await world.statements(partner.partnerId)).toEqual([
      "recurring 100 cancelled",
      "signup 5000 cancelled",
      "recurring.reversal -40 cancelled",
    ]);
    expect(await balances()).toMatchObject({ pending: 0n, commission_expense: 0n });
    for (const { id } of await world.rows(partner.partnerId)) {
      expect((await world.events(id)).at(-1)).toBe("commission.cancelled");
    }
    expect(await proven()).toEqual(PROVEN);
  });

  it("lets what was approved stand, unless the admin takes it back: as debt where it was paid out", async () => {
    await world.record(customer, { externalId: name() });
    await endHold();
    await world.record(customer, { externalId: name() });
    await world.payouts.requestPayoutFor(world.operator(), {
      partnerId: partner.partnerId,
      currency: "USD",
      amount: 5_000,
    });
    await reject(true);
    expect(await balances()).toMatchObject({ pending: 0n, available: 0n, clawback_receivable: 5_000n });
    expect(await world.statements(partner.partnerId)).toEqual([
      "recurring 100 approved",
      "signup 5000 approved",
      "recurring 100 cancelled",
      "recurring.rejection -100 approved",
      "signup.rejection -5000 approved",
    ]);
    expect(await proven()).toEqual(PROVEN);
  });

  it("takes nothing approved back by itself, and a refund that comes later still falls on it", async () => {
    const sale = name();
    await world.record(customer, { externalId: sale });
    await endHold();
    await reject(false);
    await world.record(customer, { externalId: name(), kind: "refund", originalExternalId: sale, amount: 500n });
    expect(await balances()).toMatchObject({ available: 5_050n });
    expect(await proven()).toEqual(PROVEN);
  });

  it("closes a dispute whose commission was in hold", async () => {
    await world.record(customer, { externalId: name() });
    await disputeOf("recurring");
    expect(await balances()).toMatchObject({ pending: 5_000n, disputed: 100n });
    await reject(false);
    expect(await balances()).toMatchObject({ pending: 0n, disputed: 0n, commission_expense: 0n });
    expect(await openDisputes()).toEqual([]);
    expect(await proven()).toEqual(PROVEN);
  });
});

describe("a disputed commission", () => {
  it("that was in hold gives what is refunded out of the dispute, and gets back what a won chargeback restores", async () => {
    const [sale, chargeback] = [name(), name()];
    await world.record(customer, { externalId: sale });
    await disputeOf("recurring");
    await world.record(customer, {
      externalId: chargeback,
      kind: "chargeback",
      originalExternalId: sale,
      amount: 400n,
    });
    expect(await balances()).toMatchObject({ pending: 5_000n, disputed: 60n });
    await world.record(customer, {
      externalId: name(),
      kind: "chargeback_won",
      originalExternalId: chargeback,
      amount: 300n,
    });
    expect(await balances()).toMatchObject({ pending: 5_000n, disputed: 90n, clawback_receivable: 0n });
    expect(await proven()).toEqual(PROVEN);
  });

  it("that had been approved gives first what the dispute holds, then what is available, then debt", async () => {
    const sale = name();
    await world.record(customer, { externalId: sale, amount: 100_000n });
    await endHold();
    await world.payouts.requestPayoutFor(world.operator(), {
      partnerId: partner.partnerId,
      currency: "USD",
      // Less than the commission alone: whichever of the two rows it draws first, something of this one is left to hold.
      amount: 8_000,
    });
    const id = await disputeOf("recurring");
    const held = (await balances()).disputed;
    expect(held > 0n && held < 10_000n).toBe(true);
    await world.record(customer, { externalId: name(), kind: "refund", originalExternalId: sale, amount: 100_000n });
    expect(await balances()).toMatchObject({ available: 0n, disputed: 0n, clawback_receivable: 3_000n });
    expect(
      (await world.rows(partner.partnerId)).filter((row) => row.reverses_id === id).map((row) => row.status),
    ).toEqual(["disputed"]);
    expect(await proven()).toEqual(PROVEN);
  });
});

describe("suspension", () => {
  it("holds what is earned meanwhile, and termination cancels it", async () => {
    await world.record(customer, { externalId: name() });
    await ofPartner("suspension");
    await world.setStatus(partner.partnerId, "suspended");
    await world.record(customer, { externalId: name(), amount: 2_000n });
    await endHold();
    expect(await balances()).toMatchObject({ pending: 5_300n, available: 0n });
    await ofPartner("termination");
    await world.setStatus(partner.partnerId, "terminated");
    expect(await balances()).toMatchObject({ pending: 5_100n, available: 0n });
    await world.record(customer, { externalId: name(), at: new Date(world.clock.now().getTime() + 1).toISOString() });
    expect(await balances()).toMatchObject({ pending: 5_100n });
    await endHold();
    expect(await balances()).toMatchObject({ pending: 0n, available: 5_100n });
    expect(await proven()).toEqual(PROVEN);
  });
});

describe("what an operator ends by hand", () => {
  it("is not touched by refunds that come later, and a replay knows the place", async () => {
    const [sale, other] = [name(), name()];
    await world.record(customer, { externalId: sale });
    await world.record(customer, { externalId: name(), kind: "refund", originalExternalId: sale, amount: 300n });
    await endHold();
    await world.record(customer, { externalId: other });
    const rows = (await world.rows(partner.partnerId)).filter((row) => row.rule === "recurring");
    for (const { id } of rows) {
      await world.commissions.cancelCommission(world.operator(), { commissionId: id, reason: "by hand" });
    }
    await world.record(
      customer,
      ...[sale, other].map((original) => ({
        externalId: name(),
        kind: "refund" as const,
        originalExternalId: original,
        amount: 700n,
      })),
    );
    expect(await balances()).toMatchObject({ pending: 0n, available: 5_000n, commission_expense: 5_000n });
    expect(await proven()).toEqual(PROVEN);
  });
});

describe("replay", () => {
  it("finds nothing while sales are being recorded: it looks again where something moved", async () => {
    const reports = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        index % 3 === 0
          ? world.db.read(world.system(), (tx) => replay(world.deps)(tx, [partner.partnerId]))
          : world.record(customer, { externalId: name() }),
      ),
    );
    expect(reports.flatMap((one) => ("differences" in one ? one.differences : []))).toEqual([]);
    expect(await proven()).toEqual(PROVEN);
  });

  it.each([
    ["transaction_id", "(select min(t.id::text)::uuid from transactions t where t.id <> transaction_id)"],
    ["rate_ppm", "rate_ppm + 1"],
    ["occurred_at", "occurred_at + interval '1 second'"],
    ["hold_until", "hold_until - interval '1 second'"],
  ])("names a row, and what reverses it, whose %s is another", async (column, planted) => {
    const paid = name();
    await world.record(
      customer,
      { externalId: paid },
      { externalId: name(), kind: "refund", originalExternalId: paid, amount: 300n },
    );
    const changed = await asOwner<{ id: string }>(
      world.clone,
      `update commissions set ${column} = ${planted} where partner_id = $1 and rule in ('recurring', 'recurring.reversal') returning id`,
      [partner.partnerId],
    );
    expect(changed).toHaveLength(2);
    const { differences } = await proven();
    expect(differences.map(({ kind, objectId }) => `${kind} ${objectId}`).toSorted()).toEqual(
      changed.map(({ id }) => `different ${id}`).toSorted(),
    );
  });

  it("knows that a dispute has stopped the clock of a hold, of its commission and of what reverses it later", async () => {
    const paid = name();
    await world.record(customer, { externalId: paid });
    const [recurring] = (await world.rows(partner.partnerId)).filter(({ rule }) => rule === "recurring");
    const refund = (amount: bigint) =>
      world.record(customer, { externalId: name(), kind: "refund", originalExternalId: paid, amount });
    await refund(100n);
    const { id: disputeId } = await world.commissions.disputeCommission(world.partner(partner.partnerId), {
      commissionId: recurring?.id ?? "",
      reason: "test",
    });
    world.clock.advance(3 * DAY_MS);
    await world.commissions.resolveDispute(world.operator(), { disputeId, outcome: "uphold", resolution: "test" });
    await refund(200n);
    expect(await proven()).toEqual(PROVEN);
    await asOwner(world.clone, "update commissions set hold_until = hold_until + interval '1 day' where id = $1", [
      recurring?.id,
    ]);
    expect((await proven()).differences).toMatchObject([{ kind: "different", objectId: recurring?.id }]);
  });

  it("names a row that nothing earned, one that was not booked, and a standing that is not true", async () => {
    await world.record(customer, { externalId: name() });
    const [first] = await world.rows(partner.partnerId);
    const forged = newId();
    await asOwner(
      world.clone,
      `insert into commissions (tenant_id, id, partner_id, event_id, rule, commission_type, amount, currency, occurred_at, hold_until, calculated_at, created_at)
       select tenant_id, $2, partner_id, $2, 'recurring', 'recurring', 7, 'USD', occurred_at, hold_until, calculated_at, created_at from commissions where id = $1`,
      [first?.id, forged],
    );
    await asOwner(world.clone, "update partner_standings set clients = 7 where partner_id = $1", [partner.partnerId]);
    await asOwner(world.clone, "update commissions set status = 'cancelled' where id = $1", [first?.id]);
    const { differences } = await proven();
    expect(differences.map(({ kind, objectId }) => `${kind} ${objectId}`).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(
      [`not_earned ${forged}`, `standing ${partner.partnerId}`, `status ${first?.id}`],
    );
  });
});
