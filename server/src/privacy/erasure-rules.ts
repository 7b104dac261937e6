import { DAY_MS } from "../kernel/clock.ts";
import type { Balances } from "../ledger/index.ts";
import { type Closed, type PersonalDataSource, RETENTION, type RetentionRule } from "../platform/personal-data.ts";
import { wireInteger } from "../platform/wire.ts";

export const ERASURE_STATUSES = ["asked", "deferred", "refused", "withdrawn", "done"] as const;
export type ErasureStatus = (typeof ERASURE_STATUSES)[number];

/** Within a month of the wish its person must know what became of it (GDPR, Article 12, paragraph 3). */
const ANSWER_WITHIN_MS = 30 * DAY_MS;
export const dueAt = (askedAt: Date): Date => new Date(askedAt.getTime() + ANSWER_WITHIN_MS);

/** Accounts that say that money is open between a partner and the operator, whichever of them owes it. */
const OPEN_ACCOUNTS = [
  "pending",
  "available",
  "disputed",
  "payout_in_transit",
  "clawback_receivable",
  "fee_receivable",
  "share_receivable",
] as const;

/** What keeps somebody from being erased now. */
export type Hindrance =
  | { readonly kind: "account_open" }
  | { readonly kind: "legal_hold" }
  | { readonly kind: "money_open"; readonly account: string; readonly currency: string; readonly amount: number };

/** Money that is open by currency, as hindrances. */
export const moneyHindrances = (balances: ReadonlyMap<string, Balances>): Hindrance[] =>
  [...balances].flatMap(([currency, of]) =>
    OPEN_ACCOUNTS.filter((account) => of[account] !== 0n).map(
      (account) => ({ kind: "money_open", account, currency, amount: wireInteger(of[account]) }) as const,
    ),
  );

/** Payments that stood in no bank file yet, by currency, as hindrances: their bank details are erased with the person, and nobody could make them. */
export const paymentHindrances = (notHandedOut: ReadonlyMap<string, bigint>): Hindrance[] =>
  [...notHandedOut].map(
    ([currency, amount]) =>
      ({ kind: "money_open", account: "bank_file", currency, amount: wireInteger(amount) }) as const,
  );

/**
 * Whether the account of somebody is still in use: a partner who has not been terminated or turned down, a member of the team who has not been
 * disabled. A customer has none here.
 */
export const isAccountOpen = (who: {
  readonly role: string;
  readonly status: string;
  readonly partnerStatus?: string;
}): boolean => {
  if (who.role === "customer") return false;
  if (who.role === "partner") return who.partnerStatus !== undefined && !isOver(who.partnerStatus);
  return who.status === "active";
};

const isOver = (partnerStatus: string): boolean => partnerStatus === "terminated" || partnerStatus === "rejected";

export type Certificate = {
  /** What was closed, revoked and ended with the person. */
  readonly ended: Closed[];
  readonly erased: { readonly source: string; readonly rows: number; readonly columns: string[] }[];
  readonly kept: {
    readonly rule: RetentionRule;
    readonly what: string;
    readonly why: string;
    readonly howLong: string;
    readonly columns: string[];
  }[];
};

/** What ended, what was erased, by source, and what is kept by which rule. Sources that had nothing of the person are not among them. */
export function certify(
  done: readonly { source: PersonalDataSource; rows: number; found: number }[],
  ended: readonly Closed[],
): Certificate {
  const concerned = done.filter(({ rows, found }) => rows > 0 || found > 0);
  const columnsOf = (source: PersonalDataSource, treatment: string): string[] =>
    Object.keys(source.holds).filter((column) => source.holds[column] === treatment);
  const rules = Object.keys(RETENTION) as RetentionRule[];
  return {
    ended: ended.filter(({ count }) => count > 0),
    erased: concerned
      .filter(({ rows }) => rows > 0)
      .map(({ source, rows }) => ({ source: source.name, rows, columns: columnsOf(source, "erased") })),
    kept: rules
      .map((rule) => ({
        rule,
        ...RETENTION[rule],
        columns: concerned.flatMap(({ source }) => columnsOf(source, rule)),
      }))
      .filter(({ columns }) => columns.length > 0),
  };
}
