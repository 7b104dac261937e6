import { FONTS, newDocument } from "../platform/pdf/index.ts";
import type { Erasure } from "./erasure-repository.ts";
import type { Certificate } from "./erasure-rules.ts";

const MARGIN = 56;
const WIDTH = 483;

type Certified = Pick<Erasure, "id" | "userId" | "role" | "askedAt"> & {
  readonly erasedAt: Date;
  readonly certificate: Certificate;
  readonly programme: string;
};

/** The certificate of an erasure: what was erased, what is kept and why. It names nobody but by the id that is left of them. */
export async function certificatePdf(of: Certified): Promise<Buffer> {
  const doc = await newDocument({
    size: "A4",
    margin: MARGIN,
    lang: "en",
    info: {
      Title: `Certificate of erasure ${of.id}`,
      Author: of.programme,
      CreationDate: of.erasedAt,
      ModDate: of.erasedAt,
    },
  });
  doc.registerFont("regular", FONTS.regular).registerFont("bold", FONTS.bold);
  const head = (text: string): void => void doc.moveDown().font("bold").fontSize(11).text(text, { width: WIDTH });
  const line = (text: string): void => void doc.font("regular").fontSize(9).text(text, { width: WIDTH });

  doc.font("bold").fontSize(16).text(`${of.programme}: certificate of erasure`, { width: WIDTH });
  doc.moveDown(0.5);
  line(`Number: ${of.id}`);
  line(`Person: ${of.userId} (${of.role})`);
  line(`Asked for: ${of.askedAt.toISOString()}`);
  line(`Carried out: ${of.erasedAt.toISOString()}`);
  head("Ended");
  if (of.certificate.ended.length === 0) line("Nothing was open any more.");
  for (const { what, count } of of.certificate.ended) line(`${what}: ${count}`);
  head("Erased");
  if (of.certificate.erased.length === 0) line("Nothing that could be erased was kept.");
  for (const { source, rows, columns } of of.certificate.erased)
    line(`${source}: ${rows} ${rows === 1 ? "record" : "records"} (${columns.join(", ")})`);
  head("Kept, under a pseudonym");
  if (of.certificate.kept.length === 0) line("Nothing.");
  for (const { what, why, howLong, columns } of of.certificate.kept) {
    doc.moveDown(0.5);
    line(what);
    line(`Why: ${why}.`);
    line(`How long: ${howLong}.`);
    line(`Where: ${columns.join(", ")}`);
  }
  doc.end();
  const chunks: Buffer[] = [];
  for await (const chunk of doc) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
