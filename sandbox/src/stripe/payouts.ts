import { getAccount } from "./accounts.ts";
import { notFound, refusal } from "./api-error.ts";
import type { Call, Endpoint } from "./endpoint.ts";
import { bankAccountOf } from "./external-accounts.ts";
import { readPage } from "./lists.ts";
import { changedMetadata } from "./parameters.ts";
import { cancelPayout, sendPayout } from "./payout-lifecycle.ts";
import type { AccountRecord, PayoutRecord } from "./stripe-records.ts";
import type { StripeWorld } from "./stripe-world.ts";
import { readCurrency } from "./transfers.ts";

/** https://docs.stripe.com/api/payouts, of connected accounts: from the account's balance to its bank. */
export const payoutEndpoints = (world: StripeWorld): readonly Endpoint[] => [
  {
    method: "POST",
    url: "/v1/payouts",
    prepare: (call) => {
      const { parameters } = call;
      parameters.requiredText("amount");
      const amount = parameters.amount("amount") ?? 0;
      const currency = readCurrency(parameters);
      const method = parameters.oneOf("method", ["standard", "instant"]) ?? "standard";
      const description = parameters.text("description") ?? null;
      const metadata = changedMetadata({}, parameters.metadata());
      parameters.ignore("statement_descriptor", "source_type");
      return () => {
        const record = accountOf(world, call);
        requirePayable(record);
        if (method === "instant") throw refusal("instant_payouts_unsupported", { param: "method" });
        if (world.balances.of(record.id, currency, world.now().getTime()).available < amount) {
          throw refusal("balance_insufficient", { param: "amount" });
        }
        return sendPayout(world, record, { amount, currency, description, metadata, isAutomatic: false });
      };
    },
  },
  {
    method: "GET",
    url: "/v1/payouts",
    prepare: (call) => {
      const { parameters } = call;
      const page = readPage(parameters);
      const [created, arrives] = [parameters.range("created"), parameters.range("arrival_date")];
      const status = parameters.text("status");
      return () => {
        const { id } = accountOf(world, call);
        const matching = world.records.payouts
          .all()
          .filter((record) => record.accountId === id)
          .map(({ payout }) => payout)
          .filter((payout) => status === undefined || payout.status === status)
          .filter((payout) => created(payout.created) && arrives(payout.arrival_date));
        return page(matching, "/v1/payouts");
      };
    },
  },
  { method: "GET", url: "/v1/payouts/:id", prepare: (call) => () => getPayout(world, call).payout },
  {
    method: "POST",
    url: "/v1/payouts/:id",
    prepare: (call) => {
      const metadata = call.parameters.metadata();
      return () => {
        const record = getPayout(world, call);
        const payout = { ...record.payout, metadata: changedMetadata(record.payout.metadata ?? {}, metadata) };
        world.records.payouts.put({ ...record, payout });
        world.emit({ type: "payout.updated", account: record.accountId, object: payout });
        return payout;
      };
    },
  },
  {
    method: "POST",
    url: "/v1/payouts/:id/cancel",
    prepare: (call) => () => cancelPayout(world, getPayout(world, call)),
  },
];

function requirePayable(record: AccountRecord): void {
  if (!record.account.payouts_enabled || bankAccountOf(record.account) === undefined) {
    throw refusal("payouts_not_allowed", { message: "Payouts have been disabled on this account." });
  }
}

/** The platform has no bank here: payouts are those of connected accounts. */
function accountOf(world: StripeWorld, call: Call): AccountRecord {
  if (call.account === null)
    throw refusal("payouts_not_allowed", { message: "This platform has no external account." });
  return getAccount(world, call.account);
}

function getPayout(world: StripeWorld, call: Call): PayoutRecord {
  const id = call.ids["id"] ?? "";
  const record = world.records.payouts.get(id);
  if (record === undefined || record.accountId !== call.account) throw notFound("payout", id);
  return record;
}
