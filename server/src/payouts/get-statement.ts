import type { Readable } from "node:stream";
import { invariant } from "../kernel/invariant.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { DOCUMENT_TYPES, type Document, type DocumentFormat } from "../platform/files/index.ts";
import { headingOf } from "../platform/pdf/index.ts";
import { findAttempts } from "./attempt-repository.ts";
import { findMethod } from "./method-repository.ts";
import type { PayoutDeps } from "./payout-deps.ts";
import { payoutErrors } from "./payout-errors.ts";
import { findItemPage, findPayout, sumItems } from "./payout-repository.ts";
import { netAmount } from "./payout-rules.ts";
import { attemptId } from "./settle-transfer.ts";
import type { Statement, StatementLine } from "./statement.ts";
import { statementCsv } from "./statement-csv.ts";
import { statementPdf } from "./statement-pdf.ts";
import { findInequality } from "./statement-rules.ts";

/** Its content is made as it is read. */
type StatementFile = Document & { readonly content: Readable };

type Asked = { readonly payoutId: string; readonly format: DocumentFormat };

/** The statement of one of the acting partner's payouts. Another's is not found. */
export const getStatement =
  (deps: PayoutDeps) =>
  (ctx: Ctx, asked: Asked): Promise<StatementFile> => {
    requireScope(ctx, "own:payouts:read");
    return statementFile(deps, ctx, { ...asked, ownerId: requirePartner(ctx) });
  };

/** The same for an operator. */
export const getStatementFor =
  (deps: PayoutDeps) =>
  (ctx: Ctx, asked: Asked): Promise<StatementFile> => {
    requireScope(ctx, "payouts:read");
    return statementFile(deps, ctx, { ...asked, ownerId: undefined });
  };

const WRITERS = { pdf: statementPdf, csv: statementCsv } as const satisfies Record<DocumentFormat, unknown>;

async function statementFile(
  deps: PayoutDeps,
  ctx: Ctx,
  { payoutId, format, ownerId }: Asked & { readonly ownerId: string | undefined },
): Promise<StatementFile> {
  const statement = await deps.db.read(ctx, (tx) => composeStatement(deps, tx, payoutId, ownerId));
  return {
    name: `payout-${payoutId}.${format}`,
    contentType: DOCUMENT_TYPES[format],
    content: WRITERS[format](statement, statementLines(deps, ctx, statement)),
  };
}

/** Totals are held against the books before anything is handed out. */
async function composeStatement(
  deps: PayoutDeps,
  tx: ReadTx,
  payoutId: string,
  ownerId: string | undefined,
): Promise<Statement> {
  const payout = await findPayout(tx, payoutId);
  if (payout === undefined || (ownerId !== undefined && payout.partner_id !== ownerId)) throw payoutErrors.not_found();
  if (payout.status !== "completed") throw payoutErrors.statement_unavailable({ status: payout.status });
  const attempt = (await findAttempts(tx, payoutId)).find(({ status }) => status === "succeeded");
  const method = await findMethod(tx, payout.method_id);
  invariant(attempt && method && payout.processed_at, "a completed payout has been transferred");
  const { earned, setOff } = await sumItems(tx, payoutId);
  const unequal = findInequality({
    payout,
    earned,
    setOff,
    requested: await deps.ledger.postingsOf(tx, { kind: "payout.requested", sourceId: payoutId }),
    confirmed: await deps.ledger.postingsOf(tx, {
      kind: "transfer.confirmed",
      sourceId: attemptId({ payoutId, attempt: attempt.attempt }),
    }),
  });
  if (unequal !== undefined) throw payoutErrors.statement_unequal({ total: unequal });
  const partner = await deps.partners.getPartner(tx, payout.partner_id);
  const { opening_balance: opening } = payout;
  return {
    payoutId,
    partnerId: payout.partner_id,
    partner: partner.companyName,
    currency: payout.currency,
    opening,
    closing: opening === null ? null : opening - payout.amount,
    earned,
    setOff,
    gross: payout.amount,
    fee: payout.fee,
    taxWithheld: payout.tax_withheld,
    net: netAmount(payout),
    requestedAt: payout.requested_at,
    paidAt: payout.processed_at,
    // Stays as it is once the payout is completed, so the words of a statement do too.
    isByBankFile: payout.bank_file !== null,
    method: method.summary,
    transferId: attempt.provider_transfer_id ?? "",
    ...(await headingOf(deps, tx)),
  };
}

/** Lines that one read of the database brings. */
const LINES_AT_ONCE = 1_000;

/** The lines, page by page: a reader who is slow holds no connection. Where they do not add up the file ends in its middle. */
async function* statementLines(deps: PayoutDeps, ctx: Ctx, statement: Statement): AsyncGenerator<StatementLine> {
  let [after, sum] = [0, 0n];
  while (true) {
    const page = await deps.db.read(ctx, async (tx) => {
      const items = await findItemPage(tx, { payoutId: statement.payoutId, after, limit: LINES_AT_ONCE });
      const ids = items.flatMap(({ commission_id }) => commission_id ?? []);
      const described = await deps.commissions.describeCommissions(tx, ids);
      return items.map((item) => ({ item, commission: described.get(item.commission_id ?? "") }));
    });
    for (const { item, commission } of page) {
      sum += item.amount;
      yield {
        line: item.line,
        kind: item.amount < 0n ? "reversal" : "commission",
        rule: commission?.rule ?? item.kind,
        customer: commission?.customer ?? null,
        occurredAt: commission?.occurredAt ?? statement.requestedAt,
        commissionId: item.commission_id ?? "",
        amount: item.amount,
      };
    }
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.item.line;
  }
  if (sum !== statement.gross) throw payoutErrors.statement_unequal({ total: "lines" });
}
