import type { Readable } from "node:stream";
import { sql } from "kysely";
import { isCurrency } from "../kernel/currency.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { ReadTx } from "../platform/database/index.ts";
import { DOCUMENT_TYPES, type Document, type DocumentFormat } from "../platform/files/index.ts";
import { pdfBrand } from "./read-branding.ts";
import { shareStatementCsv } from "./share-statement-csv.ts";
import { shareStatementPdf } from "./share-statement-pdf.ts";
import {
  findStatementPage,
  firstOf,
  type ListedMovement,
  type StatementSpan,
  sumStatement,
} from "./share-statement-repository.ts";
import { findInequality, type ShareStatement, spanOf } from "./share-statement-rules.ts";
import { subOperatorErrors } from "./sub-operator-errors.ts";
import { findSubOperator, findSubOperatorsOf } from "./sub-operator-repository.ts";
import type { WhitelabelDeps } from "./whitelabel-deps.ts";

type Asked = {
  /** As `2026-03`. */
  readonly month: string;
  readonly currency: string;
  readonly format: DocumentFormat;
};
type StatementFile = Document & { readonly content: Readable };

/** What the acting partner owed of a month's sales as a sub-operator. Throws `sub_operator.not_found`, `.statement_unavailable`, `.statement_unequal`. */
export const getOwnShareStatement =
  (deps: WhitelabelDeps) =>
  (ctx: Ctx, asked: Asked): Promise<StatementFile> => {
    requireScope(ctx, "own:fees:read");
    const partnerId = requirePartner(ctx);
    return statementFile(deps, ctx, asked, async () => partnerId);
  };

/** The same for its parent. */
export const getShareStatement =
  (deps: WhitelabelDeps) =>
  (ctx: Ctx, { id, ...asked }: Asked & { readonly id: string }): Promise<StatementFile> => {
    requireScope(ctx, "sub_operators:read");
    return statementFile(deps, ctx, asked, async (tx) => (await findSubOperator(tx, id))?.partnerId);
  };

const WRITERS = { pdf: shareStatementPdf, csv: shareStatementCsv } as const satisfies Record<DocumentFormat, unknown>;

async function statementFile(
  deps: WhitelabelDeps,
  ctx: Ctx,
  { month, currency, format }: Asked,
  partnerOf: (tx: ReadTx) => Promise<string | undefined>,
): Promise<StatementFile> {
  if (!isCurrency(currency)) throw subOperatorErrors.currency_unknown({ field: "currency" });
  const { statement, span } = await deps.db.read(ctx, async (tx) => {
    await sql`set transaction isolation level repeatable read`.execute(tx);
    const partnerId = await partnerOf(tx);
    if (partnerId === undefined) throw subOperatorErrors.not_found();
    return composeStatement(deps, tx, { partnerId, month, currency });
  });
  return {
    name: `share-${month}-${currency}.${format}`,
    contentType: DOCUMENT_TYPES[format],
    content: WRITERS[format](statement, statementLines(deps, ctx, statement, span)),
  };
}

/** The sums are held against the books before anything is handed out: of the partner's account, and so of all that it has been. */
async function composeStatement(
  deps: WhitelabelDeps,
  tx: ReadTx,
  { partnerId, month, currency }: { readonly partnerId: string; readonly month: string; readonly currency: string },
): Promise<{ statement: ShareStatement; span: StatementSpan }> {
  const been = await findSubOperatorsOf(tx, partnerId);
  const [latest] = been;
  if (latest === undefined) throw subOperatorErrors.not_found();
  const { name: programme, timeZone } = await deps.programs.getProgram(tx);
  const { from, to, madeFrom } = spanOf(month, timeZone);
  if (tx.ctx.now < madeFrom) throw subOperatorErrors.statement_unavailable({ month, madeFrom: madeFrom.toISOString() });
  const span = { ids: been.map(({ id }) => id), currency, from, to };
  const sums = await sumStatement(tx, span);
  const { opening, moved } = await deps.ledger.movementsOf(tx, {
    partnerId,
    currency,
    account: "share_receivable",
    from,
    to,
  });
  const unequal = findInequality(sums, moved);
  if (unequal !== undefined) throw subOperatorErrors.statement_unequal({ total: unequal });
  const closing = [...moved.values()].reduce((sum, amount) => sum + amount, opening);
  const brand = await pdfBrand(deps)(tx);
  const statement = {
    ...sums,
    subOperator: latest.name,
    partnerId,
    programme,
    month,
    currency,
    from,
    to,
    opening,
    closing,
    brand,
  };
  return { statement, span };
}

/** Lines that one read of the database brings. */
const LINES_AT_ONCE = 1_000;

/** The lines, page by page: a reader who is slow holds no connection. Where they do not add up the file ends in its middle. */
async function* statementLines(
  deps: WhitelabelDeps,
  ctx: Ctx,
  { opening, closing }: ShareStatement,
  span: StatementSpan,
): AsyncGenerator<ListedMovement> {
  let after: Pick<ListedMovement, "bookedAt" | "id"> = firstOf(span);
  let sum = opening;
  while (true) {
    const page = await deps.db.read(ctx, (tx) => findStatementPage(tx, span, { after, limit: LINES_AT_ONCE }));
    for (const line of page) {
      sum += line.amount;
      yield line;
    }
    const last = page.at(-1);
    if (last === undefined) break;
    after = last;
  }
  if (sum !== closing) throw subOperatorErrors.statement_unequal({ total: "lines" });
}
