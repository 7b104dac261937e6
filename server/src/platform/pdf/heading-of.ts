import type { ReadTx } from "../database/index.ts";
import type { PdfBrand } from "./draw-brand.ts";

type Sources = {
  readonly programs: { getProgram(tx: ReadTx): Promise<{ readonly name: string }> };
  readonly brandOf?: (tx: ReadTx) => Promise<PdfBrand>;
};

/** Who makes out a document: the brand, where there is one, and what people know the programme by: the brand's name before its own. */
export async function headingOf(
  { programs, brandOf }: Sources,
  tx: ReadTx,
): Promise<{ readonly programme: string; readonly brand: PdfBrand | undefined }> {
  const brand = await brandOf?.(tx);
  return { programme: brand?.name ?? (await programs.getProgram(tx)).name, brand };
}
