import type { Stripe } from "stripe";
import { invalidParameter, notFound, refusal } from "./api-error.ts";
import { PLATFORM } from "./balances.ts";
import type { Call, Endpoint } from "./endpoint.ts";
import { newId, toSeconds } from "./ids.ts";
import { readPage } from "./lists.ts";
import { changedMetadata, type Metadata } from "./parameters.ts";
import type { StripeWorld } from "./stripe-world.ts";
import { getTransfer } from "./transfers.ts";

/** How many reversals a transfer carries in itself: the newest ten (https://docs.stripe.com/api/transfer_reversals/list). */
const REVERSALS_SHOWN = 10;

/** https://docs.stripe.com/api/transfer_reversals: in parts until nothing is left, and only out of what the destination still has available. */
export const transferReversalEndpoints = (world: StripeWorld): readonly Endpoint[] => [
  {
    method: "POST",
    url: "/v1/transfers/:id/reversals",
    prepare: (call) => {
      const amount = call.parameters.amount("amount");
      const metadata = changedMetadata({}, call.parameters.metadata());
      call.parameters.ignore("description", "refund_application_fee");
      return () => reverseTransfer(world, { transferId: transferIdOf(call), amount, metadata });
    },
  },
  {
    method: "GET",
    url: "/v1/transfers/:id/reversals",
    prepare: (call) => {
      const page = readPage(call.parameters);
      return () => {
        const { id } = getTransfer(world, transferIdOf(call));
        return page(reversalsOf(world, id), `/v1/transfers/${id}/reversals`);
      };
    },
  },
  {
    method: "GET",
    url: "/v1/transfers/:id/reversals/:reversalId",
    prepare: (call) => () => {
      const reversalId = call.ids["reversalId"] ?? "";
      const reversal = world.records.reversals.get(reversalId);
      if (reversal?.transfer !== transferIdOf(call)) throw notFound("transfer reversal", reversalId);
      return reversal;
    },
  },
];

const transferIdOf = (call: Call): string => call.ids["id"] ?? "";

const reversalsOf = (world: StripeWorld, transferId: string): Stripe.TransferReversal[] =>
  world.records.reversals.all().filter((reversal) => reversal.transfer === transferId);

function reverseTransfer(
  world: StripeWorld,
  input: { readonly transferId: string; readonly amount: number | undefined; readonly metadata: Metadata },
): Stripe.TransferReversal {
  const transfer = getTransfer(world, input.transferId);
  const { currency } = transfer;
  const destination = transfer.destination as string;
  const left = transfer.amount - transfer.amount_reversed;
  const amount = input.amount ?? left;
  if (left === 0) throw invalidParameter("amount", `Transfer ${transfer.id} has already been fully reversed.`);
  if (amount > left) {
    throw invalidParameter(
      "amount",
      `Reversal amount (${amount}) is greater than what is left of the transfer (${left}).`,
    );
  }
  const now = world.now();
  const availableMs = now.getTime();
  if (world.balances.of(destination, currency, availableMs).available < amount) {
    const message = "The connected account does not have enough available funds to reverse this amount.";
    throw refusal("balance_insufficient", { message });
  }

  world.balances.post({ accountId: destination, currency, amount: -amount, availableMs });
  const reversal = world.records.reversals.put({
    id: newId("trr"),
    object: "transfer_reversal",
    amount,
    balance_transaction: world.balances.post({ accountId: PLATFORM, currency, amount, availableMs }),
    created: toSeconds(now),
    currency,
    destination_payment_refund: newId("pyr"),
    metadata: input.metadata,
    source_refund: null,
    transfer: transfer.id,
  });
  const all = [reversal, ...transfer.reversals.data];
  const after = world.records.transfers.put({
    ...transfer,
    amount_reversed: transfer.amount_reversed + amount,
    reversed: amount === left,
    reversals: {
      ...transfer.reversals,
      data: all.slice(0, REVERSALS_SHOWN),
      has_more: transfer.reversals.has_more || all.length > REVERSALS_SHOWN,
    },
  });
  world.emit({
    type: "transfer.reversed",
    object: after,
    previous: { amount_reversed: transfer.amount_reversed, reversed: transfer.reversed },
  });
  return reversal;
}
