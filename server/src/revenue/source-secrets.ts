import { isId } from "../kernel/id.ts";
import { createStripeClient } from "../payouts/index.ts";
import type { Ctx } from "../platform/context.ts";
import type { Sealer } from "../platform/crypto/index.ts";
import type { Database } from "../platform/database/index.ts";
import { revenueErrors } from "./revenue-errors.ts";
import { TOLERANCE_SECONDS } from "./signature.ts";
import { findSource, type SourceKind, type SourceRow } from "./source-repository.ts";
import type { StripeMessage } from "./stripe-news.ts";

/** What a sealed secret belongs to: it opens in no other row. */
export const sealContext = (sourceId: string): string => `revenue_sources:${sourceId}`;

/** The secrets that a source's messages may be signed with now: the current one, and after a rotation the one before for a while. */
export function secretsOf(source: SourceRow, sealer: Sealer, now: Date): string[] {
  const { id, secret_sealed: current, previous_secret_sealed: previous, previous_until: until } = source;
  const isOverlap = previous !== null && until !== null && now < until;
  return [current, isOverlap ? previous : null].flatMap((sealed) =>
    sealed === null ? [] : [sealer.open(sealed, sealContext(id))],
  );
}

/** The source that a message is addressed to; refused where it is another tenant's, of another kind, or turned off. */
export async function requireListening(db: Database, ctx: Ctx, id: string, kind: SourceKind): Promise<SourceRow> {
  // The intake asks before its path is held against the schema.
  if (!isId(id)) throw revenueErrors.source_not_found();
  const source = await db.read(ctx, (tx) => findSource(tx, id));
  if (source === undefined) throw revenueErrors.source_not_found();
  if (source.kind !== kind) throw revenueErrors.source_kind({ kind: source.kind });
  if (!source.is_enabled) throw revenueErrors.source_disabled();
  return source;
}

/** Signatures are verified here without asking Stripe anything: no key is needed. */
const { webhooks } = createStripeClient({ secretKey: "unused" });

/** A message that Stripe signed (`Stripe-Signature`), as an event. Stripe's signatures age by the machine's clock, `now`. */
export function verifyStripe(
  body: Buffer,
  signature: string | undefined,
  { secrets, now }: { readonly secrets: readonly string[]; readonly now: Date },
): StripeMessage {
  if (signature === undefined) throw revenueErrors.signature_missing();
  let refused: unknown;
  for (const secret of secrets) {
    try {
      const event = webhooks.constructEvent(body, signature, secret, TOLERANCE_SECONDS, undefined, now.getTime());
      return readable(event as unknown);
    } catch (error) {
      // That it is stale or unreadable is known only where this secret has signed it: no other secret's refusal hides that.
      if (refused === undefined || isStale(error) || isCatalogued(error)) refused = error;
    }
  }
  if (isStale(refused)) throw revenueErrors.timestamp_outside({ toleranceSeconds: TOLERANCE_SECONDS }, refused);
  throw isCatalogued(refused) ? refused : revenueErrors.signature_invalid({}, refused);
}

const isCatalogued = (error: unknown): boolean => error instanceof Error && error.name === "CatalogueError";

const isStale = (error: unknown): boolean => error instanceof Error && /tolerance zone/.test(error.message);

function readable(event: unknown): StripeMessage {
  const { id, type, created, data } = event as Partial<StripeMessage>;
  const isEvent =
    typeof id === "string" &&
    typeof type === "string" &&
    typeof created === "number" &&
    typeof data?.object === "object";
  if (!isEvent) throw revenueErrors.message_invalid();
  return event as StripeMessage;
}
