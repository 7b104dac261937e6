import type { Stripe } from "stripe";
import { DAY_MS } from "../clock.ts";
import { invalidParameter, notFound, refusal } from "./api-error.ts";
import { scheduleAutomaticPayout } from "./automatic-payouts.ts";
import { PLATFORM } from "./balances.ts";
import { isCurrency } from "./countries.ts";
import type { Call, Endpoint } from "./endpoint.ts";
import { newId, toSeconds } from "./ids.ts";
import { readPage } from "./lists.ts";
import { changedMetadata, type Metadata, type Parameters } from "./parameters.ts";
import { capabilityStatus } from "./standings.ts";
import type { StripeWorld } from "./stripe-world.ts";

/** Transfers to accounts under the recipient agreement take a day longer: https://docs.stripe.com/connect/service-agreement-types. */
const RECIPIENT_DELAY_MS = DAY_MS;

type TransferInput = {
  readonly amount: number;
  readonly currency: string;
  readonly destination: string;
  readonly description: string | null;
  readonly transferGroup: string | null;
  readonly sourceType: string;
  readonly metadata: Metadata;
};

/** https://docs.stripe.com/api/transfers: from the platform's balance to a connected account's, at once. */
export const transferEndpoints = (world: StripeWorld): readonly Endpoint[] => [
  {
    method: "POST",
    url: "/v1/transfers",
    prepare: ({ parameters }) => {
      const input = readTransfer(parameters);
      const charge = parameters.text("source_transaction");
      return () => {
        if (charge !== undefined) {
          throw refusal("resource_missing", { message: `No such charge: '${charge}'`, param: "source_transaction" });
        }
        return createTransfer(world, input);
      };
    },
  },
  {
    method: "GET",
    url: "/v1/transfers",
    prepare: ({ parameters }) => {
      const page = readPage(parameters);
      const created = parameters.range("created");
      const group = parameters.text("transfer_group");
      const destination = parameters.text("destination");
      return () => {
        const matching = world.records.transfers
          .all()
          .filter((transfer) => group === undefined || transfer.transfer_group === group)
          .filter((transfer) => destination === undefined || transfer.destination === destination)
          .filter((transfer) => created(transfer.created));
        return page(matching, "/v1/transfers");
      };
    },
  },
  { method: "GET", url: "/v1/transfers/:id", prepare: (call) => () => getTransfer(world, idOf(call)) },
  {
    method: "POST",
    url: "/v1/transfers/:id",
    prepare: (call) => {
      const metadata = call.parameters.metadata();
      const description = call.parameters.text("description");
      return () => {
        const before = getTransfer(world, idOf(call));
        const after = world.records.transfers.put({
          ...before,
          description: description ?? before.description,
          metadata: changedMetadata(before.metadata, metadata),
        });
        world.emit({ type: "transfer.updated", object: after, previous: { metadata: before.metadata } });
        return after;
      };
    },
  },
];

export function getTransfer(world: StripeWorld, id: string): Stripe.Transfer {
  const transfer = world.records.transfers.get(id);
  if (transfer === undefined) throw notFound("transfer", id);
  return transfer;
}

const idOf = (call: Call): string => call.ids["id"] ?? "";

function readTransfer(parameters: Parameters): TransferInput {
  const amount = parameters.amount("amount");
  const currency = readCurrency(parameters);
  const destination = parameters.requiredText("destination");
  if (amount === undefined) throw invalidParameter("amount", "Missing required param: amount.", "parameter_missing");
  return {
    amount,
    currency,
    destination,
    description: parameters.text("description") ?? null,
    transferGroup: parameters.text("transfer_group") ?? null,
    sourceType: parameters.oneOf("source_type", ["card", "bank_account", "fpx"]) ?? "card",
    metadata: changedMetadata({}, parameters.metadata()),
  };
}

/** A currency of the world, in lower case. */
export function readCurrency(parameters: Parameters): string {
  const currency = parameters.requiredText("currency").toLowerCase();
  if (!isCurrency(currency)) throw invalidParameter("currency", `Invalid currency: ${currency}.`);
  return currency;
}

function createTransfer(world: StripeWorld, input: TransferInput): Stripe.Transfer {
  const { amount, currency, destination } = input;
  const record = world.records.accounts.get(destination);
  if (record === undefined || record.isDisconnected) {
    throw refusal("resource_missing", { message: `No such destination: '${destination}'`, param: "destination" });
  }
  if (record.standing === "rejected") throw refusal("transfers_not_allowed", { param: "destination" });
  if (capabilityStatus(record.account, "transfers") !== "active") {
    throw refusal("insufficient_capabilities_for_transfer", { param: "destination" });
  }
  const now = world.now();
  if (world.balances.of(PLATFORM, currency, now.getTime()).available < amount) {
    const message = `You have insufficient available funds in your Stripe account (${currency}). Add funds with a top-up before you transfer.`;
    throw refusal("balance_insufficient", { message });
  }

  const isRecipient = record.account.tos_acceptance?.service_agreement === "recipient";
  const availableMs = now.getTime() + (isRecipient ? RECIPIENT_DELAY_MS : 0);
  const debit = world.balances.post({ accountId: PLATFORM, currency, amount: -amount, availableMs: now.getTime() });
  world.balances.post({ accountId: destination, currency, amount, availableMs });
  const id = newId("tr");
  const transfer = world.records.transfers.put({
    id,
    object: "transfer",
    amount,
    amount_reversed: 0,
    balance_transaction: debit,
    created: toSeconds(now),
    currency,
    description: input.description,
    destination,
    destination_payment: newId("py"),
    livemode: false,
    metadata: input.metadata,
    reversals: { object: "list", data: [], has_more: false, url: `/v1/transfers/${id}/reversals` },
    reversed: false,
    source_transaction: null,
    source_type: input.sourceType,
    transfer_group: input.transferGroup,
  });
  scheduleAutomaticPayout(world, record, availableMs);
  world.emit({ type: "transfer.created", object: transfer });
  return transfer;
}
