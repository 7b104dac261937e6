import { expect, it } from "vitest";
import type { ImportedPayout } from "../../../payouts/index.ts";
import { payoutErrors } from "../../../payouts/payout-errors.ts";
import { systemContext } from "../../../platform/context.ts";
import { importPayouts } from "./import-payouts.ts";

async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

it("rows of a file of payouts are read in major units, and what cannot be taken is told with line and column", async () => {
  const asked: ImportedPayout[] = [];
  const rejected: unknown[] = [];
  const counts = await importPayouts({
    ctx: systemContext({ tenantId: "t", job: "test", now: new Date() }),
    chunks: chunksOf(
      [
        "external_id,partner_external_id,amount,currency,paid_at",
        "'=po_1,'@p-1,120.50,USD,2025-11-30T09:00:00Z",
        "po_2,p-1,7,JPY,2025-12-01T09:00:00+09:00",
        "po_3,p-1,7.5,JPY,2025-12-01T09:00:00Z",
        "po_4,p-1,1,USD,1 December",
      ].join("\n"),
    ),
    rejects: {
      path: "rejects.csv",
      get count() {
        return rejected.length;
      },
      add: async ({
        line,
        problem: { column, reason },
      }: {
        line: number;
        problem: { column: string; reason: string };
      }) => {
        rejected.push([line, column, reason]);
      },
    } as never,
    onProgress: () => {},
    findPayouts: async () => new Set(["'=po_1"]),
    findPartners: async () => new Set(["@p-1", "'@p-1"]),
    payouts: {
      importPayouts: async (_ctx, rows) => {
        asked.push(...rows);
        return [
          { status: "imported", payoutId: "1" },
          { status: "rejected", error: payoutErrors.above_balance({ field: "amount", available: 5n }) },
        ];
      },
    },
  });
  expect(
    asked.map(({ externalId, partnerExternalId, amount, paidAt }) => [
      externalId,
      partnerExternalId,
      amount,
      paidAt.toISOString(),
    ]),
  ).toEqual([
    ["'=po_1", "@p-1", 12_050n, "2025-11-30T09:00:00.000Z"],
    ["po_2", "p-1", 7n, "2025-12-01T00:00:00.000Z"],
  ]);
  expect(rejected).toEqual([
    [4, "amount", expect.stringContaining("7.5")],
    [5, "paid_at", expect.stringContaining("1 December")],
    [3, "amount", "The amount is more than what is available: 5 (payout.above_balance)"],
  ]);
  expect(counts).toEqual({ imported: 1, duplicate: 0, rejected: 3 });
});
