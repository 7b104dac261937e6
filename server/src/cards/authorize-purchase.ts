import { setTimeout } from "node:timers/promises";
import { isCurrency } from "../kernel/currency.ts";
import { isId } from "../kernel/id.ts";
import { parseMajor } from "../kernel/money.ts";
import { partnerStatusOf } from "../partners/index.ts";
import type { Ctx } from "../platform/context.ts";
import type { Tx } from "../platform/database/index.ts";
import { insertDecision, lockCardFacts, sumCounting } from "./authorization-repository.ts";
import type { CardDeps } from "./card-deps.ts";
import { issuerErrors } from "./card-errors.ts";
import type { AuthorizationAsk } from "./card-issuer.ts";
import { declineOf, effectiveLimits, windowsAt } from "./card-rules.ts";
import type { KnownPrograms } from "./known-programs.ts";
import { boundsOf, limitsOf } from "./program-repository.ts";
import { isCaller } from "./program-secrets.ts";

/** The issuer declines by itself after three seconds: there is nothing to gain from a later answer. */
export const ANSWER_WITHIN_MS = 2_000;

export type Verdict =
  | { readonly isApproved: true; readonly ask: AuthorizationAsk; readonly reason: null }
  | { readonly isApproved: false; readonly ask: AuthorizationAsk; readonly reason: string };

class Late extends Error {
  override name = "Late";
}

type Options = { readonly onError: (error: unknown) => void; readonly withinMs?: number };

/**
 * Answers the issuer's question whether a purchase is funded, in one short transaction that writes one row. On any doubt (a card that is
 * unknown, a database that is slow or gone) the answer is no, and what could not be answered in time is not written either.
 */
export const authorizePurchase =
  (deps: CardDeps, programs: KnownPrograms, { onError, withinMs = ANSWER_WITHIN_MS }: Options) =>
  async (
    ctx: Ctx,
    input: { readonly programId: string; readonly authorization: string | undefined; readonly message: unknown },
  ): Promise<Verdict> => {
    const { programId, authorization, message } = input;
    const program = isId(programId) ? await programs.find(ctx, programId) : undefined;
    if (program === undefined || !isCaller(program.secrets.caller, authorization)) throw issuerErrors.caller_unknown();
    const ask = deps.wire.readAuthorization(message);
    if (ask === undefined) throw issuerErrors.message_invalid();
    if (ask.wants !== "funds") {
      const isTold = ask.wants === "acknowledgement";
      return isTold ? { isApproved: true, ask, reason: null } : { isApproved: false, ask, reason: "method_refused" };
    }

    const deadline = new AbortController();
    const late = setTimeout(withinMs, "too_late", { signal: deadline.signal }).catch(() => "too_late");
    let isLate = false;
    const decided = deps.db
      .transaction(ctx, (tx) => decidePurchase(tx, { programId, ask, isLate: () => isLate }))
      .catch((error: unknown) => {
        if (!(error instanceof Late)) onError(error);
        return "not_decided";
      });
    const reason = await Promise.race([decided, late]);
    isLate = true;
    deadline.abort();
    return reason === null ? { isApproved: true, ask, reason } : { isApproved: false, ask, reason };
  };

/** Joins a transaction: decides whether a purchase is funded, and writes the answer. Null is a yes. */
export async function decidePurchase(
  tx: Tx,
  {
    programId,
    ask,
    isLate,
  }: { readonly programId: string; readonly ask: AuthorizationAsk; readonly isLate: () => boolean },
): Promise<string | null> {
  const amount = amountOf(ask);
  if (amount === undefined) return "amount_unreadable";
  const facts = isId(ask.cardToken)
    ? await lockCardFacts(tx, { programId, cardToken: ask.cardToken }, partnerStatusOf)
    : undefined;
  if (facts === undefined || facts.user_id !== ask.userToken) return "card_unknown";
  const limits = effectiveLimits(limitsOf(facts), boundsOf(facts), {
    perAuthorization: facts.card_per_authorization,
    daily: facts.card_daily,
    monthly: facts.card_monthly,
  });
  const isSummed = limits.daily !== null || limits.monthly !== null;
  const spent = isSummed ? await sumCounting(tx, ask.cardToken, windowsAt(tx.ctx.now)) : { day: 0n, month: 0n };
  const decline = declineOf(
    { amount, currency: ask.currency },
    {
      cardState: facts.card_state,
      userStatus: facts.user_status,
      productStatus: facts.product_status,
      programStatus: facts.program_status,
      partnerStatus: facts.partner_status,
      currency: facts.currency,
      limits,
      spent,
    },
  );
  if (isLate()) throw new Late();
  const { reason } = await insertDecision(tx, { programId, ask, amount, decline });
  // Nothing is awaited between here and the commit: what was answered as too late rolls back.
  if (isLate()) throw new Late();
  return reason;
}

/** Undefined for what no purchase asks for. */
function amountOf({ amount, currency }: AuthorizationAsk): bigint | undefined {
  if (!isCurrency(currency)) return undefined;
  try {
    const minor = parseMajor(amount, currency);
    return minor < 0n ? undefined : minor;
  } catch {
    return undefined;
  }
}
