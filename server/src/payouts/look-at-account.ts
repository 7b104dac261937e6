import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import type { DomainEvent } from "../platform/outbox/index.ts";
import {
  findUnknownAccounts,
  findWitnesses,
  lockMethodAt,
  type MethodRow,
  setDetails,
  setMethodStatus,
  setSeen,
  takeLook,
} from "./method-repository.ts";
import { openDetails } from "./payout-account.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { type AccountProvider, DISCONNECTED, type ReceivingAccount, type ReceivingBank } from "./transfer-provider.ts";

/** What a provider has said of an account, with the number of the question. */
export type Look = { readonly number: number; readonly account: ReceivingAccount };

/**
 * Asks the provider about an account of the partners'. The number is taken before the question: whatever happened at the provider until then is in the
 * answer, so of two answers the one with the higher number is the one that stays, whichever comes first. Throws what the provider does, and where it
 * says that the account is gone though nothing shows that it was asked as before.
 */
export async function lookAtAccount(
  deps: PayoutDeps,
  ctx: Ctx,
  accounts: AccountProvider,
  accountId: string,
): Promise<Look> {
  const number = await deps.db.transaction(ctx, (tx) => takeLook(tx, accountId));
  const account = await accounts.account(accountId);
  if (account.reason === DISCONNECTED) await proveGone(deps, ctx, accounts, accountId);
  return { number, account };
}

/** Other accounts that are asked for, to see whether the provider knows us still. */
const WITNESSES_MAX = 3;

/**
 * With another platform's key every account is out of reach. So one is gone only where another answers that was there while this one still did: one
 * that is younger may be the other platform's.
 */
async function proveGone(deps: PayoutDeps, ctx: Ctx, accounts: AccountProvider, accountId: string): Promise<void> {
  const { isKnownGone, witnesses } = await deps.db.read(ctx, (tx) => findWitnesses(tx, accountId, WITNESSES_MAX));
  if (isKnownGone) return;
  for (const witness of witnesses) if ((await accounts.account(witness)).reason !== DISCONNECTED) return;
  throw new Error(
    `${accountId} is out of reach for the key, and so is every other account that was asked for: it is taken for what it was. See whether STRIPE_SECRET_KEY is that of the platform to which the accounts are connected`,
  );
}

/** Writes down what the provider has said of an account, unless a later question was answered already; the method where its status is another now. */
export const writeLook = (deps: PayoutDeps, ctx: Ctx, look: Look): Promise<MethodRow | undefined> =>
  deps.db.transaction(ctx, (tx) => write(deps, tx, look));

/** Writes down what is known of an account now, without asking. */
export const recordAccount =
  (deps: PayoutDeps) =>
  (ctx: Ctx, account: ReceivingAccount): Promise<MethodRow | undefined> =>
    deps.db.transaction(ctx, async (tx) => write(deps, tx, { number: await takeLook(tx, account.accountId), account }));

async function write(deps: PayoutDeps, tx: Tx, { number, account }: Look): Promise<MethodRow | undefined> {
  const known = await lockMethodAt(tx, account.accountId);
  if (known === undefined || known.seen >= number) return undefined;
  await setSeen(tx, known.id, number);
  const { banks, reason } = account;
  if (banks !== null) await noteBanks(deps, tx, known, { banks, reason });
  const method = await setMethodStatus(tx, account.accountId, account.status, account.reason);
  if (method === undefined) return undefined;
  await deps.outbox.publish(tx, [methodEvent("payout_method.status_changed", method)]);
  return method;
}

/** Keeps, sealed, all that the provider pays out to, and says inside the program that it is another, and whether only because the account is gone. */
async function noteBanks(
  deps: PayoutDeps,
  tx: Tx,
  method: MethodRow,
  { banks, reason }: { readonly banks: readonly ReceivingBank[]; readonly reason: string | null },
): Promise<void> {
  const known = openDetails(deps, method);
  const before = known !== null && "banks" in known ? known.banks : [];
  if (JSON.stringify(before) === JSON.stringify(banks)) return;
  const { id, partner_id: partnerId } = method;
  const sealed = banks.length === 0 ? null : deps.sealer.seal(JSON.stringify({ banks }), `payout_methods:${id}`);
  await setDetails(tx, id, sealed);
  const type = "payout_method.account_noted";
  await deps.outbox.tell(tx, [
    { type, objectType: "payout_method", objectId: id, data: { id, partnerId, isGone: reason === DISCONNECTED } },
  ]);
}

/** Accounts that one transaction looks for. */
const UNKNOWN_PAGE = 100;

/** Asks the provider about accounts of which it has not said what lies behind them: those that are older than the question, or whose news was lost. */
export const askForAccounts =
  (deps: PayoutDeps) =>
  async (ctx: Ctx): Promise<void> => {
    const { accounts } = deps;
    if (accounts === undefined) return;
    const failures: unknown[] = [];
    let after: string | undefined;
    do {
      const page = await deps.db.read(ctx, (tx) => findUnknownAccounts(tx, { after, limit: UNKNOWN_PAGE }));
      for (const { accountId } of page)
        await lookAtAccount(deps, ctx, accounts, accountId)
          .then((look) => writeLook(deps, ctx, look))
          .catch((error: unknown) => failures.push(error));
      after = page.length === UNKNOWN_PAGE ? page.at(-1)?.id : undefined;
    } while (after !== undefined);
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} accounts could not be asked for`);
  };

const methodEvent = (type: string, method: MethodRow): DomainEvent => ({
  type,
  objectType: "payout_method",
  objectId: method.id,
  data: { id: method.id, partnerId: method.partner_id, kind: method.kind, status: method.status },
});
