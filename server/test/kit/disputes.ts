import { expect } from "vitest";
import { newId } from "../../src/kernel/id.ts";
import { type NewPartnerEvent, recordEvents } from "../../src/partners/index.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { createOutbox } from "../../src/platform/outbox/index.ts";
import { OPERATOR_SCOPES } from "../../src/platform/scopes.ts";
import { type CommissionWorld } from "./commissions.ts";
import { compareBooks } from "./compare-books.ts";
import { asOwner } from "./postgres.ts";

/** The desk of disputes: a partner with customers on one side, the operator's team on the other. */
export function disputeDesk(world: CommissionWorld) {
  const outbox = createOutbox(() => world.said.inside);
  const person = (userId: string): Ctx => ({
    ...world.operator(),
    actor: {
      type: "user",
      userId,
      role: "admin",
      sessionId: newId(),
      partnerId: null,
      scopes: new Set(OPERATOR_SCOPES),
    },
  });

  /** A commission of 25 % on a sale of a new customer, beside a signup. */
  const earn = async (partnerId: string, amount = 10_000n) => {
    const customerExternalId = await world.newCustomer(partnerId);
    const externalId = newId();
    const report = (kind: "payment" | "refund", name: string, of: bigint, originalExternalId: string | null) =>
      world.sales.recordTransactions(world.operator(), [
        {
          externalId: name,
          customerExternalId,
          kind,
          amount: of,
          currency: "USD",
          occurredAt: world.clock.now(),
          originalExternalId,
          tax: 0n,
          revenue: 0n,
          createCustomer: false,
        },
      ]);
    await report("payment", externalId, amount, null);
    const [row] = await asOwner<{ id: string; referral_id: string }>(
      world.clone,
      `select c.id, c.referral_id from commissions c join transactions t on t.id = c.transaction_id
        where t.external_id = $1 and c.rule = 'recurring'`,
      [externalId],
    );
    return {
      commissionId: row?.id ?? "",
      referralId: row?.referral_id ?? "",
      externalId,
      refund: (of: bigint) => report("refund", newId(), of, externalId),
    };
  };

  const dispute = async (partnerId: string, commissionId: string): Promise<string> =>
    (await world.commissions.disputeCommission(world.partner(partnerId), { commissionId, reason: "too little" })).id;
  const resolve = (disputeId: string, input: object, by: Ctx = world.operator()) =>
    world.commissions.resolveDispute(by, { disputeId, outcome: "uphold", resolution: "looked into", ...input });
  const seen = (disputeId: string) => world.commissions.getDisputeFor(world.operator(), { disputeId });

  /** The books are the rows', and a replay of the recorded events gives them. */
  const expectProven = async (partnerId: string): Promise<void> => {
    const { books, rows } = await compareBooks(world, partnerId);
    expect(rows).toEqual(books);
    const report = await world.db.read(world.system(), (tx) => world.commissions.replay(tx, [partnerId]));
    expect(report.differences).toEqual([]);
  };

  const record = (event: NewPartnerEvent) =>
    world.db.transaction(world.system(), (tx) => recordEvents({ outbox })(tx, [event]));
  /** Ends a referral, as the operator's rejection records it. */
  const reject = (partnerId: string, referralId: string) =>
    record({
      partnerId,
      kind: "rejection",
      referralId,
      data: { reason: "fraud", takesBackApproved: false },
      occurredAt: world.clock.now(),
    });
  /** Suspends a partner, or ends it, as its change of status records it. */
  const stand = (partnerId: string, kind: "suspension" | "termination") =>
    record({ partnerId, kind, referralId: null, data: {}, occurredAt: world.clock.now() });

  return { person, earn, dispute, resolve, seen, expectProven, reject, stand };
}
