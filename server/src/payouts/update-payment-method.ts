import { requireRecentProof } from "../identity/index.ts";
import { newId } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { findOwnTenant } from "../tenants/index.ts";
import { type BankDetails, bankFileDetails, summariseBank } from "./bank-details.ts";
import { type Look, lookAtAccount, writeLook } from "./look-at-account.ts";
import {
  findCurrentMethod,
  findMethod,
  hasReplaced,
  lockMethods,
  type MethodRow,
  replaceMethod,
  setProviderAccount,
} from "./method-repository.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { payoutErrors } from "./payout-errors.ts";
import { tellReplaced } from "./payout-notices.ts";
import { findSettings } from "./settings-repository.ts";
import { type AccountProvider, DISCONNECTED } from "./transfer-provider.ts";

export type PaymentMethodInput =
  | {
      readonly kind: "stripe_connect";
      /** Left out: goes on with the account that is there. */
      readonly country?: string;
    }
  | ({ readonly kind: "bank_file" } & BankDetails);

export type PaymentMethod = {
  readonly id: string;
  readonly kind: MethodRow["kind"];
  readonly summary: string;
  readonly status: MethodRow["status"];
  readonly statusReason: string | null;
  /** Where the partner completes the account; null where nothing is missing. Single use: ask again for another. */
  readonly onboardingUrl: string | null;
  readonly updatedAt: Date;
  /** Until then payouts to it wait; null where they do not. */
  readonly usableAt: Date | null;
};

/**
 * Chooses how the acting partner is paid. For Stripe it opens a connected account and answers with a link to its forms; asked again while the
 * account is unfinished, it answers with a fresh link to the same account. Throws `auth.step_up_required`, `payout.method_unavailable`, and
 * `payout.no_method` where no country is given and there is no account to go on with.
 */
export const updatePaymentMethod =
  (deps: PayoutDeps) =>
  async (ctx: Ctx, input: PaymentMethodInput): Promise<PaymentMethod> => {
    requireScope(ctx, "own:payout-method:write");
    // Whoever has stolen a session must not lead the money elsewhere by it.
    requireRecentProof(ctx);
    const partnerId = requirePartner(ctx);
    const offered = offeredKinds(deps);
    if (!offered.includes(input.kind))
      throw payoutErrors.method_unavailable({ field: "kind", kind: input.kind, offered });
    return input.kind === "bank_file"
      ? useBankFile(deps, ctx, partnerId, input)
      : useStripe(deps, ctx, partnerId, input.country);
  };

/** What a partner may choose; a twin's are given theirs. */
export type OfferedKind = Exclude<MethodRow["kind"], "test">;

/** The ways in which partners can be paid here, the first one first: by Stripe where it can be reached. */
export function offeredKinds({ accounts, providers }: Pick<PayoutDeps, "accounts" | "providers">): OfferedKind[] {
  return [
    ...(accounts !== undefined && providers.stripe_connect !== undefined ? (["stripe_connect"] as const) : []),
    ...(providers.bank_file === undefined ? [] : (["bank_file"] as const)),
  ];
}

async function useBankFile(deps: PayoutDeps, ctx: Ctx, partnerId: string, input: BankDetails): Promise<PaymentMethod> {
  const details = bankFileDetails(input);
  return deps.db.transaction(ctx, async (tx) => {
    await lockMethods(tx, partnerId);
    const before = await findCurrentMethod(tx, partnerId);
    const id = newId();
    const made = await replaceMethod(
      tx,
      {
        id,
        partner_id: partnerId,
        kind: "bank_file",
        summary: summariseBank(details),
        status: "payable",
        details_encrypted: deps.sealer.seal(JSON.stringify(details), `payout_methods:${id}`),
      },
      await coolingOff(tx),
    );
    // The provider's name for a bank account is our own row.
    await setProviderAccount(tx, id, id);
    await recordChange(deps, tx, made, before);
    const method = await findCurrentMethod(tx, partnerId);
    invariant(method, "a method was just made");
    return view(method, null);
  });
}

async function useStripe(
  deps: PayoutDeps,
  ctx: Ctx,
  partnerId: string,
  country: string | undefined,
): Promise<PaymentMethod> {
  const { accounts } = deps;
  invariant(accounts !== undefined, "Stripe is offered where its accounts can be opened");
  const opened = await openStripe(deps, ctx, { partnerId, accounts, country, replaces: undefined });
  // An account keeps its country, and one that was disconnected cannot be reached any more: another is opened.
  const isOver =
    opened.look === undefined ||
    opened.look.account.reason === DISCONNECTED ||
    (country !== undefined && (opened.look.account.country ?? country) !== country);
  const { method, look } = isOver
    ? await openStripe(deps, ctx, { partnerId, accounts, country, replaces: opened.method.id })
    : opened;
  if (look === undefined) throw payoutErrors.provider_refused();
  const current = (await writeLook(deps, ctx, look)) ?? (await deps.db.read(ctx, (tx) => findMethod(tx, method.id)));
  invariant(current, "a method is never deleted");
  return view(
    current,
    current.status === "payable" ? null : await onboardingUrl(deps, ctx, accounts, look.account.accountId),
  );
}

type StripeOpening = {
  readonly partnerId: string;
  readonly accounts: AccountProvider;
  readonly country: string | undefined;
  /** The method that is not wanted any more. */
  readonly replaces: string | undefined;
};

/** The current Stripe method with what Stripe says of its account, made where there is none. Nothing is asked of one that is disconnected. */
async function openStripe(
  deps: PayoutDeps,
  ctx: Ctx,
  { partnerId, accounts, country, replaces }: StripeOpening,
): Promise<{ readonly method: MethodRow; readonly look: Look | undefined }> {
  const { method, email } = await deps.db.transaction(ctx, async (tx) => {
    await lockMethods(tx, partnerId);
    const current = await findCurrentMethod(tx, partnerId);
    const contact = await deps.partners.contactOf(tx, partnerId);
    if (current?.kind === "stripe_connect" && current.id !== replaces) return { method: current, email: contact.email };
    requireCountry(country);
    const made = await replaceMethod(
      tx,
      {
        id: newId(),
        partner_id: partnerId,
        kind: "stripe_connect",
        summary: "Stripe",
        status: "incomplete",
        details_encrypted: null,
      },
      await coolingOff(tx),
    );
    await recordChange(deps, tx, made, current);
    return { method: made, email: contact.email };
  });
  if (method.status === "restricted" && method.status_reason === DISCONNECTED) return { method, look: undefined };

  const openAccount = (where: string): Promise<string> =>
    asked(() => accounts.createAccount({ methodId: method.id, partnerId, email, country: where }));
  // Between the transactions: the account's key at Stripe is the method's id, so that a crash here opens no second account.
  const accountId = method.provider_account_id ?? (await openAccount(requireCountry(country)));
  if (method.provider_account_id === null)
    await deps.db.transaction(ctx, (tx) => setProviderAccount(tx, method.id, accountId));
  return { method, look: await asked(() => lookAtAccount(deps, ctx, accounts, accountId)) };
}

/** Stripe opens no account without it. */
function requireCountry(country: string | undefined): string {
  if (country === undefined) throw payoutErrors.no_method({ field: "country" });
  return country;
}

const onboardingUrl = async (
  deps: PayoutDeps,
  ctx: Ctx,
  accounts: AccountProvider,
  accountId: string,
): Promise<string> => {
  const { url: origin } = await deps.db.read(ctx, (tx) => findOwnTenant(tx, deps.publicUrl));
  const { url } = await asked(() =>
    accounts.onboardingLink({
      accountId,
      // A link that was used or has expired leads to where another is asked for.
      returnUrl: `${origin}${METHOD_PAGE}`,
      refreshUrl: `${origin}${METHOD_PAGE}`,
    }),
  );
  return url;
};

const HOUR_MS = 3_600_000;

/** The step of the portal's path that is about it, which says what is missing. */
const METHOD_PAGE = "/portal/start?tab=payout";

/** How long a method that replaces another waits. */
const coolingOff = async (tx: Tx) => ({ coolingOffMs: (await findSettings(tx)).coolingOffHours * HOUR_MS });

/** Accounts are told by their masked summary alone. */
async function recordChange(deps: PayoutDeps, tx: Tx, method: MethodRow, before: MethodRow | undefined): Promise<void> {
  const { id: methodId, partner_id: partnerId, kind, summary, usable_at: usableAt } = method;
  const replaced = before === undefined ? null : { id: before.id, kind: before.kind, summary: before.summary };
  if (await hasReplaced(tx, partnerId)) await tellReplaced(deps, tx, method);
  await deps.audit.record(tx, "payout_method.changed", {
    targetType: "partner",
    targetId: partnerId,
    after: { methodId, kind, usableAt },
  });
  await deps.outbox.publish(tx, [
    {
      type: "payout_method.changed",
      objectType: "payout_method",
      objectId: methodId,
      data: { id: methodId, partnerId, kind, summary, usableAt, replaced },
    },
  ]);
}

/** A provider that does not answer, or refuses, is not our bug: its reason goes to the log, a catalogue error to the caller. */
async function asked<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    const status = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 0;
    throw status >= 400 && status < 500 && status !== 429 && status !== 401
      ? payoutErrors.provider_refused({}, error)
      : payoutErrors.provider_unavailable({}, error);
  }
}

export const view = (method: MethodRow, onboarding: string | null): PaymentMethod => ({
  id: method.id,
  kind: method.kind,
  summary: method.summary,
  status: method.status,
  statusReason: method.status_reason,
  onboardingUrl: onboarding,
  updatedAt: method.updated_at,
  usableAt: method.usable_at,
});
