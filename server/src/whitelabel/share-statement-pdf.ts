import type { Readable } from "node:stream";
import { formatMajor } from "../kernel/money.ts";
import { clipped, linedPdf } from "../platform/pdf/index.ts";
import type { ListedMovement } from "./share-statement-repository.ts";
import { ofMonth, type ShareStatement, setOffOf, totalsOf } from "./share-statement-rules.ts";

const COLUMNS = { booked: 42, kind: 95, "transaction, or reference": 180, contract: 365, base: 415 } as const;

/** A statement as PDF; all of its lines are in the CSV. The same month gives the same bytes as long as nobody in it is renamed or looks otherwise. */
export function shareStatementPdf(statement: ShareStatement, lines: AsyncIterable<ListedMovement>): Readable {
  const { currency, month, programme, subOperator, to } = statement;
  const money = (amount: bigint): string => formatMajor(amount, currency);
  const share = ofMonth(statement);
  return linedPdf(
    {
      title: `Share of ${month}, ${subOperator}`,
      what: `share of ${month}`,
      author: programme,
      brand: statement.brand,
      at: to,
      currency,
      facts: [
        ["Sub-operator", subOperator],
        ["Month", `${month}, by when it was booked`],
        ["Currency", currency],
        ["Share", `${money(share.amount)} of sales of ${money(share.base)} without tax`],
        ["Set off", `${money(setOffOf(statement))} against the opening balance`],
      ],
      totals: totalsOf(statement),
      columns: COLUMNS,
      cellsOf: (line) => ({
        booked: line.bookedAt.toISOString().slice(0, 10),
        kind: line.section === "settlement" ? (SETTLED[line.kind] ?? line.kind) : line.kind.replace("_", " "),
        "transaction, or reference": clipped(line.reference ?? line.id, 38),
        contract: line.contract === null ? "" : String(line.contract),
        base: line.section === "settlement" ? "" : money(line.base),
      }),
      amountOf: ({ amount }) => amount,
      sum: statement.closing - statement.opening,
    },
    lines,
  );
}

const SETTLED: Readonly<Record<string, string>> = { payment: "paid", repayment: "paid back" };
