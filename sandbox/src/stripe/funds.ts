import type { Stripe } from "stripe";
import { getAccount } from "./accounts.ts";
import { notFound } from "./api-error.ts";
import { PLATFORM } from "./balances.ts";
import type { Call, Endpoint } from "./endpoint.ts";
import { newId, toSeconds } from "./ids.ts";
import { readPage } from "./lists.ts";
import { changedMetadata, type Metadata } from "./parameters.ts";
import type { StripeWorld } from "./stripe-world.ts";
import { readCurrency } from "./transfers.ts";

type TopupInput = {
  readonly amount: number;
  readonly currency: string;
  readonly description: string | null;
  readonly transferGroup: string | null;
  readonly metadata: Metadata;
};

/** https://docs.stripe.com/api/balance and https://docs.stripe.com/api/topups. A top-up arrives at once. */
export const fundsEndpoints = (world: StripeWorld): readonly Endpoint[] => [
  {
    method: "GET",
    url: "/v1/balance",
    prepare: (call) => () => {
      const accountId = call.account === null ? PLATFORM : getAccount(world, call.account).id;
      return balanceOf(world, accountId);
    },
  },
  {
    method: "POST",
    url: "/v1/topups",
    prepare: ({ parameters }) => {
      parameters.requiredText("amount");
      const input: TopupInput = {
        amount: parameters.amount("amount") ?? 0,
        currency: readCurrency(parameters),
        description: parameters.text("description") ?? null,
        transferGroup: parameters.text("transfer_group") ?? null,
        metadata: changedMetadata({}, parameters.metadata()),
      };
      parameters.ignore("statement_descriptor");
      return () => topUp(world, input);
    },
  },
  {
    method: "GET",
    url: "/v1/topups",
    prepare: ({ parameters }) => {
      const page = readPage(parameters);
      const created = parameters.range("created");
      return () =>
        page(
          world.records.topups.all().filter((topup) => created(topup.created)),
          "/v1/topups",
        );
    },
  },
  { method: "GET", url: "/v1/topups/:id", prepare: (call) => () => getTopup(world, call) },
];

/** What an account has, by currency. */
export function balanceOf(world: StripeWorld, accountId: string): Stripe.Balance {
  const nowMs = world.now().getTime();
  const currencies = world.balances.currencies(accountId);
  const known = currencies.length > 0 ? currencies : ["usd"];
  const sums = known.map((currency) => ({ currency, ...world.balances.of(accountId, currency, nowMs) }));
  const part = (currency: string, amount: number) => ({ amount, currency, source_types: { card: amount } });
  return {
    object: "balance",
    available: sums.map(({ currency, available }) => part(currency, available)),
    pending: sums.map(({ currency, pending }) => part(currency, pending)),
    livemode: false,
  };
}

/** Adds funds to the platform's balance, as a top-up that has arrived. */
export function topUp(world: StripeWorld, input: TopupInput): Stripe.Topup {
  const now = world.now();
  const { amount, currency } = input;
  const topup = world.records.topups.put({
    id: newId("tu"),
    object: "topup",
    amount,
    balance_transaction: world.balances.post({ accountId: PLATFORM, currency, amount, availableMs: now.getTime() }),
    created: toSeconds(now),
    currency,
    description: input.description,
    expected_availability_date: toSeconds(now),
    failure_code: null,
    failure_message: null,
    initiated_by: null,
    livemode: false,
    metadata: input.metadata,
    source: null,
    statement_descriptor: null,
    status: "succeeded",
    transfer_group: input.transferGroup,
  });
  world.emit({ type: "topup.succeeded", object: topup });
  world.emit({ type: "balance.available", object: balanceOf(world, PLATFORM) });
  return topup;
}

function getTopup(world: StripeWorld, call: Call): Stripe.Topup {
  const id = call.ids["id"] ?? "";
  const topup = world.records.topups.get(id);
  if (topup === undefined) throw notFound("topup", id);
  return topup;
}
