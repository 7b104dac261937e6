import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import type { Page, PageRequest } from "../platform/database/index.ts";
import { returnsOf } from "./export-returns.ts";
import { type FilingFilters, type FilingKind, type FilingRow, findFiling, pageOfFilings } from "./filing-repository.ts";
import { recipientPdf } from "./recipient-pdf.ts";
import { findTaxSettings } from "./settings-repository.ts";
import type { TaxDeps } from "./tax-deps.ts";
import { taxErrors } from "./tax-errors.ts";
import { openPayer } from "./tax-settings.ts";

export type TaxDocument = {
  readonly id: string;
  readonly year: number;
  readonly partnerId: string;
  readonly form: "1099-NEC";
  /** Of the partner's returns for the year, from 1. */
  readonly number: number;
  readonly kind: FilingKind;
  readonly run: number;
  readonly correctsId: string | null;
  /** US cents. */
  readonly amount: bigint;
  readonly withheld: bigint;
  readonly madeAt: Date;
};

const documentView = (row: FilingRow): TaxDocument => ({
  id: row.id,
  year: row.year,
  partnerId: row.partner_id,
  form: "1099-NEC",
  number: row.number,
  kind: row.kind,
  run: row.run,
  correctsId: row.corrects_id,
  amount: row.amount,
  withheld: row.withheld,
  madeAt: row.made_at,
});

/** The acting partner's documents. */
export const getTaxDocuments =
  (deps: TaxDeps) =>
  (ctx: Ctx, page: PageRequest): Promise<Page<TaxDocument>> => {
    requireScope(ctx, "own:tax:read");
    const partnerId = requirePartner(ctx);
    return list(deps, ctx, { ...page, partnerId, withoutVoid: true });
  };

/** Returns of every partner, corrections included. */
export const findTaxDocuments =
  (deps: TaxDeps) =>
  (ctx: Ctx, filters: PageRequest & FilingFilters): Promise<Page<TaxDocument>> => {
    requireScope(ctx, "tax:read");
    return list(deps, ctx, filters);
  };

const list = (deps: TaxDeps, ctx: Ctx, filters: PageRequest & FilingFilters): Promise<Page<TaxDocument>> =>
  deps.db.read(ctx, async (tx) => {
    const page = await pageOfFilings(tx, filters);
    return { nextCursor: page.nextCursor, data: page.data.map(documentView) };
  });

export type TaxDocumentFile = { readonly name: string; readonly content: Buffer };
type Asked = { readonly documentId: string };

/** A document of the acting partner as PDF. Another's is not found. */
export const getTaxDocumentFile =
  (deps: TaxDeps) =>
  async (ctx: Ctx, { documentId }: Asked): Promise<TaxDocumentFile> => {
    requireScope(ctx, "own:tax:read");
    return print(deps, ctx, documentId, requirePartner(ctx));
  };

/** The same for the team, to be sent on paper. */
export const getTaxDocumentFileFor =
  (deps: TaxDeps) =>
  async (ctx: Ctx, { documentId }: Asked): Promise<TaxDocumentFile> => {
    requireScope(ctx, "tax:read");
    return print(deps, ctx, documentId);
  };

async function print(deps: TaxDeps, ctx: Ctx, documentId: string, ownerId?: string): Promise<TaxDocumentFile> {
  const copy = await deps.db.read(ctx, async (tx) => {
    const filing = await findFiling(tx, documentId);
    if (filing === undefined || (ownerId ?? filing.partner_id) !== filing.partner_id)
      throw taxErrors.document_not_found();
    const [one] = await returnsOf(deps, tx, [filing]);
    const payer = openPayer(deps, tx, await findTaxSettings(tx));
    if (one === undefined || payer === undefined) throw taxErrors.payer_missing();
    return { ...one, payer };
  });
  return { name: `1099-nec-${copy.filing.year}-${copy.filing.number}.pdf`, content: await recipientPdf(copy) };
}
