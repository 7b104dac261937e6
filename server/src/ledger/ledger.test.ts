import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asOwner, type ClonedDatabase, cloneDatabase } from "../../test/kit/postgres.ts";
import { seedPartner, seedTenant } from "../../test/kit/seed.ts";
import { newId } from "../kernel/id.ts";
import { type Ctx, systemContext } from "../platform/context.ts";
import { type Database, openDatabase } from "../platform/database/index.ts";
import {
  ACCOUNT_KINDS,
  type Booking,
  commissionApproved,
  commissionAssessed,
  commissionReversed,
  createLedger,
  type Entry,
  payoutReleased,
  payoutRequested,
  transferConfirmed,
  transferReturned,
} from "./index.ts";

const at = new Date("2026-01-01T00:00:00Z");
const ledger = createLedger();
let clone: ClonedDatabase;
let db: Database;
let ctx: Ctx;

beforeAll(async () => {
  clone = await cloneDatabase();
  db = openDatabase({ url: clone.serverUrl });
  ctx = systemContext({ tenantId: await seedTenant(clone, { at }), job: "test", now: at });
});
afterAll(async () => {
  await db[Symbol.asyncDispose]();
  await clone.drop();
});

const newPartner = () => seedPartner(clone, { tenantId: ctx.tenantId, at });
const booking = (partnerId: string, amount: bigint, currency = "USD"): Booking => ({
  sourceId: newId(),
  partnerId,
  currency,
  amount,
  at,
});
const post = (partnerId: string, ...entries: Entry[]) =>
  db.transaction(ctx, async (tx) => {
    await ledger.lock(tx, [{ partnerId, currency: "USD" }]);
    await ledger.post(tx, entries);
  });
const balances = (partnerId: string) => db.read(ctx, (tx) => ledger.balances(tx, { partnerId, currency: "USD" }));

describe("the books", () => {
  it("follow a commission from hold to bank", async () => {
    const partner = await newPartner();
    await post(partner, commissionAssessed(booking(partner, 118n)));
    await post(partner, commissionApproved({ ...booking(partner, 118n), debt: 0n }));
    await post(partner, payoutRequested(booking(partner, 118n)));
    await post(partner, transferConfirmed({ ...booking(partner, 118n), fee: 5n, taxWithheld: 3n, operatorFee: 0n }));
    expect(await balances(partner)).toMatchObject({
      commission_expense: 118n,
      pending: 0n,
      available: 0n,
      payout_in_transit: 0n,
      cash: -110n,
      payout_fee: 5n,
      tax_withheld: 3n,
    });
  });

  it("make debt of what a refund takes beyond what is there, and repay it when a failed transfer comes back", async () => {
    const partner = await newPartner();
    await post(
      partner,
      commissionAssessed(booking(partner, 118n)),
      commissionApproved({ ...booking(partner, 118n), debt: 0n }),
    );
    await post(partner, payoutRequested(booking(partner, 118n)));
    await post(partner, commissionReversed({ ...booking(partner, 118n), from: "available", held: 0n }));
    expect(await balances(partner)).toMatchObject({ clawback_receivable: 118n, available: 0n });
    await post(partner, payoutReleased({ ...booking(partner, 118n), debt: 118n }));
    expect(await balances(partner)).toMatchObject({
      clawback_receivable: 0n,
      available: 0n,
      payout_in_transit: 0n,
      commission_expense: 0n,
    });
  });

  it("give back a returned transfer whole, at the operator's cost where the fee is lost", async () => {
    const partner = await newPartner();
    await post(
      partner,
      commissionAssessed(booking(partner, 100n)),
      commissionApproved({ ...booking(partner, 100n), debt: 0n }),
    );
    await post(
      partner,
      payoutRequested(booking(partner, 100n)),
      transferConfirmed({ ...booking(partner, 100n), fee: 2n, taxWithheld: 24n, operatorFee: 0n }),
    );
    await post(
      partner,
      transferReturned({ ...booking(partner, 100n), fee: 2n, taxWithheld: 24n, debt: 0n, isFeeRefunded: false }),
    );
    expect(await balances(partner)).toMatchObject({
      available: 100n,
      cash: 0n,
      tax_withheld: 0n,
      payout_cost: 2n,
      payout_fee: 2n,
    });
  });

  it("refuse what would fall below zero, and book nothing of it", async () => {
    const partner = await newPartner();
    await expect(post(partner, payoutRequested(booking(partner, 1n)))).rejects.toMatchObject({
      code: "ledger.overdrawn",
    });
    expect(await balances(partner)).toMatchObject({ available: 0n, payout_in_transit: 0n });
  });

  it("book one cause once", async () => {
    const partner = await newPartner();
    const cause = booking(partner, 10n);
    await post(partner, commissionAssessed(cause));
    await expect(post(partner, commissionAssessed(cause))).rejects.toMatchObject({ code: "ledger.booked_before" });
    expect((await balances(partner)).pending).toBe(10n);
  });

  it("take as many entries as one act makes, and all of them or none", async () => {
    const partner = await newPartner();
    const many = Array.from({ length: 20_001 }, () => commissionAssessed(booking(partner, 1n)));
    await expect(post(partner, ...many, payoutRequested(booking(partner, 1n)))).rejects.toMatchObject({
      code: "ledger.overdrawn",
    });
    expect((await balances(partner)).pending).toBe(0n);
    await post(partner, ...many);
    expect((await balances(partner)).pending).toBe(20_001n);
  });

  it("keep currencies apart", async () => {
    const partner = await newPartner();
    await db.transaction(ctx, async (tx) => {
      await ledger.lock(tx, [
        { partnerId: partner, currency: "USD" },
        { partnerId: partner, currency: "JPY" },
      ]);
      await ledger.post(tx, [commissionAssessed(booking(partner, 7n, "JPY"))]);
    });
    expect((await balances(partner)).pending).toBe(0n);
  });

  it("stay whole under any sequence of entries: stored balances equal the postings, and all accounts sum to zero", async () => {
    const step = fc.record({
      kind: fc.constantFrom("earn", "approve", "refund", "request", "release", "confirm"),
      amount: fc.bigInt({ min: 1n, max: 10_000n }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12, size: "max" }), async (steps) => {
        const partner = await newPartner();
        for (const { kind, amount } of steps) {
          await db
            .transaction(ctx, async (tx) => {
              await ledger.lock(tx, [{ partnerId: partner, currency: "USD" }]);
              const { available, clawback_receivable: debt } = await ledger.balances(tx, {
                partnerId: partner,
                currency: "USD",
              });
              const entry = {
                earn: () => commissionAssessed(booking(partner, amount)),
                approve: () => commissionApproved({ ...booking(partner, amount), debt }),
                refund: () => commissionReversed({ ...booking(partner, amount), from: "available", held: available }),
                request: () => payoutRequested(booking(partner, amount)),
                release: () => payoutReleased({ ...booking(partner, amount), debt }),
                confirm: () =>
                  transferConfirmed({
                    ...booking(partner, amount),
                    fee: amount / 10n,
                    taxWithheld: amount / 5n,
                    operatorFee: amount / 20n,
                  }),
              }[kind]();
              await ledger.post(tx, [entry]);
            })
            .catch((error: unknown) => expect(error).toMatchObject({ code: "ledger.overdrawn" }));
        }
        const stored = await balances(partner);
        expect(stored.available === 0n || stored.clawback_receivable === 0n).toBe(true);
        const signed = Object.entries(ACCOUNT_KINDS).map(
          ([kind, { side }]) => (side === "debit" ? 1n : -1n) * (stored[kind as "cash"] ?? 0n),
        );
        expect(signed.reduce((sum, balance) => sum + balance, 0n)).toBe(0n);
        const [sums] = await asOwner<{ differences: string }>(
          clone,
          `select count(*) as differences from ledger_accounts a join ledger_account_kinds k using (kind)
            where a.partner_id = $1 and a.balance <> (
              select coalesce(sum(case when (p.debit = a.kind) = (k.normal_side = 'debit') then p.amount else -p.amount end), 0)
                from ledger_postings p where p.partner_id = a.partner_id and p.currency = a.currency and a.kind in (p.debit, p.credit))`,
          [partner],
        );
        expect(Number(sums?.differences)).toBe(0);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it("serve two transactions over the same partners in opposite order", async () => {
    const [one, two] = [await newPartner(), await newPartner()];
    const earn = (order: string[]) =>
      db.transaction(ctx, async (tx) => {
        await ledger.lock(
          tx,
          order.map((partnerId) => ({ partnerId, currency: "USD" })),
        );
        await ledger.post(
          tx,
          order.map((partnerId) => commissionAssessed(booking(partnerId, 1n))),
        );
      });
    await Promise.all(Array.from({ length: 20 }, (_, index) => earn(index % 2 === 0 ? [one, two] : [two, one])));
    expect((await balances(one)).pending).toBe(20n);
    expect((await balances(two)).pending).toBe(20n);
  });
});

describe("nobody changes what is booked", () => {
  const insertPosting = `insert into ledger_postings (tenant_id, kind, source_id, line, partner_id, currency, debit, credit, amount)
                         values ($1, 'commission.assessed', $2, 0, $3, $4, $5, $6, $7)`;

  it("not the owner: postings and transactions are append-only", async () => {
    const partner = await newPartner();
    await post(partner, commissionAssessed(booking(partner, 5n)));
    for (const statement of [
      "update ledger_postings set amount = 1",
      "delete from ledger_postings",
      "truncate ledger_postings",
      "delete from ledger_transactions",
    ]) {
      await expect(asOwner(clone, statement)).rejects.toThrow(/append-only|cannot truncate/);
    }
  });

  it("not the server: it can write neither balances nor the past", async () => {
    const statements = [
      "update ledger_accounts set balance = 1",
      "update ledger_postings set amount = 1",
      "delete from ledger_transactions",
    ];
    for (const statement of statements) {
      await expect(db.pool.query(statement)).rejects.toThrow("permission denied");
    }
    const partnerId = await newPartner();
    const rich = db.transaction(ctx, (tx) =>
      tx
        .insertInto("ledger_accounts")
        .values({ tenant_id: ctx.tenantId, partner_id: partnerId, currency: "USD", kind: "available", balance: 5n })
        .execute(),
    );
    await expect(rich).rejects.toThrow("row-level security");
  });

  it("not even by a posting that is unbalanced: there is no way to write one", async () => {
    const partner = await newPartner();
    const cause = booking(partner, 5n);
    await post(partner, commissionAssessed(cause));
    const other = await newPartner();
    await post(other, commissionAssessed(booking(other, 5n)));
    const attack = (partnerId: string, currency: string, debit: string, credit: string, amount: number) =>
      asOwner(clone, insertPosting.replace("0, $3", "9, $3"), [
        ctx.tenantId,
        cause.sourceId,
        partnerId,
        currency,
        debit,
        credit,
        amount,
      ]);
    await expect(attack(partner, "USD", "pending", "pending", 5)).rejects.toThrow("two_accounts_check");
    await expect(attack(partner, "USD", "pending", "available", 0)).rejects.toThrow("amount_positive_check");
    await expect(attack(partner, "USD", "pending", "available", -5)).rejects.toThrow("amount_positive_check");
    await expect(attack(partner, "EUR", "pending", "available", 5)).rejects.toThrow("foreign key");
    await expect(attack(partner, "USD", "pending", "nowhere", 5)).rejects.toThrow("foreign key");
  });
});

it("the chart of accounts in code is the one in the database", async () => {
  const rows = await asOwner<{ kind: string; normal_side: string; may_be_negative: boolean }>(
    clone,
    "select * from ledger_account_kinds",
  );
  expect(Object.fromEntries(rows.map((row) => [row.kind, [row.normal_side, row.may_be_negative]]))).toEqual(
    Object.fromEntries(
      Object.entries(ACCOUNT_KINDS).map(([kind, { side, mayBeNegative }]) => [kind, [side, mayBeNegative]]),
    ),
  );
});
