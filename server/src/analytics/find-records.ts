import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import type { Scope } from "../platform/scopes.ts";
import type { AnalyticsDeps } from "./analytics-deps.ts";
import { type FoundRecord, findRecordsOf, RECORD_KINDS, type RecordKind } from "./records-repository.ts";

/** What somebody must be able to read to find it. */
const SCOPES: Readonly<Record<RecordKind, { readonly operator: Scope; readonly partner: Scope | null }>> = {
  partner: { operator: "partners:read", partner: null },
  referral: { operator: "partners:read", partner: "own:referrals:read" },
  // A partner's own have no page: they come by its API.
  transaction: { operator: "transactions:read", partner: null },
  commission: { operator: "commissions:read", partner: "own:commissions:read" },
  dispute: { operator: "commissions:read", partner: "own:commissions:read" },
  payout: { operator: "payouts:read", partner: "own:payouts:read" },
  invoice: { operator: "fees:read", partner: "own:fees:read" },
  ticket: { operator: "support:read", partner: "own:support:read" },
  link: { operator: "partners:read", partner: "own:referrals:read" },
};
const OF_EACH = 5;

type Input = { readonly q: string };

/** Whatever of the programme has this id or is called so, among what the caller may read. */
export const findRecords =
  (deps: AnalyticsDeps) =>
  (ctx: Ctx, { q }: Input): Promise<FoundRecord[]> => {
    requireScope(ctx, "partners:read");
    return deps.db.read(ctx, (tx) => search(tx, q, (kind) => SCOPES[kind].operator, undefined));
  };

/** The same among the acting partner's own. */
export const findOwnRecords =
  (deps: AnalyticsDeps) =>
  (ctx: Ctx, { q }: Input): Promise<FoundRecord[]> => {
    requireScope(ctx, "own:profile:read");
    const partnerId = requirePartner(ctx);
    return deps.db.read(ctx, (tx) => search(tx, q, (kind) => SCOPES[kind].partner, partnerId));
  };

async function search(
  tx: ReadTx,
  q: string,
  scopeOf: (kind: RecordKind) => Scope | null,
  partnerId: string | undefined,
): Promise<FoundRecord[]> {
  const text = q.trim();
  const found: FoundRecord[] = [];
  for (const kind of RECORD_KINDS.filter((each) => mayRead(tx.ctx, scopeOf(each))))
    found.push(...(await findRecordsOf(tx, kind, { text, partnerId, limit: OF_EACH })));
  return found;
}

const mayRead = ({ actor }: Ctx, scope: Scope | null): boolean =>
  scope !== null && (actor.type === "user" || actor.type === "key") && actor.scopes.has(scope);
