import type { Readable } from "node:stream";
import { clipped, type LinedDocument, linedPdf } from "../platform/pdf/index.ts";
import { type Statement, type StatementLine, totalsOf } from "./statement.ts";

const COLUMNS = { line: 42, date: 90, kind: 150, rule: 215, customer: 320 } as const;

/**
 * A statement as PDF; all of its lines are in the CSV. The same payout gives the same bytes as long as nobody in it is renamed or looks otherwise: dates
 * and ids in it are the payout's.
 */
export const statementPdf = (statement: Statement, lines: AsyncIterable<StatementLine>, linesMax?: number): Readable =>
  linedPdf(documentOf(statement), lines, linesMax);

const documentOf = (statement: Statement): LinedDocument<StatementLine> => ({
  title: `Statement of payout ${statement.payoutId}`,
  what: "payout statement",
  author: statement.programme,
  brand: statement.brand,
  at: statement.paidAt,
  currency: statement.currency,
  facts: [
    ["Partner", statement.partner ?? statement.partnerId],
    ["Payout", statement.payoutId],
    ["Requested", day(statement.requestedAt)],
    [
      statement.isByBankFile ? "Released to the bank" : "Paid",
      `${day(statement.paidAt)}, ${statement.method}, ${statement.transferId}`,
    ],
    ["Currency", statement.currency],
  ],
  totals: totalsOf(statement).map(([label, amount]) => ({
    label,
    amount,
    isMain: /balance|Paid|Net|Gross/.test(label),
  })),
  columns: COLUMNS,
  cellsOf: (row) => ({
    line: String(row.line),
    date: day(row.occurredAt),
    kind: row.kind,
    rule: clipped(row.rule, 20),
    customer: clipped(row.customer ?? "", 36),
  }),
  amountOf: ({ amount }) => amount,
  sum: statement.gross,
});

const day = (instant: Date): string => instant.toISOString().slice(0, 10);
