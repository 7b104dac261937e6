import { buffer } from "node:stream/consumers";
import { stringify } from "csv-stringify/sync";
import { csvField } from "../kernel/csv-field.ts";
import { type Ctx, requirePartner, requireScope } from "../platform/context.ts";
import { FONTS, newDocument } from "../platform/pdf/index.ts";
import { findAcceptancesOf, getAgreementRow, getVersion, type Version } from "./agreement-repository.ts";
import type { ComplianceDeps } from "./compliance-deps.ts";
import { agreementErrors } from "./compliance-errors.ts";
import { findAcceptances, type NamedAcceptance, named, ownVersions } from "./find-agreements.ts";

export const AGREEMENT_FORMATS = ["pdf", "text"] as const;
export type AgreementFormat = (typeof AGREEMENT_FORMATS)[number];
export type AgreementFile = { readonly name: string; readonly contentType: string; readonly content: Buffer };

type Printed = {
  readonly name: string;
  readonly version: Version;
  /** Undefined of a text that nobody in particular has accepted. */
  readonly acceptance: NamedAcceptance | undefined;
};

/** A version that concerns the acting partner, with its acceptance where there is one. */
export const getOwnAgreementFile =
  (deps: ComplianceDeps) =>
  async (
    ctx: Ctx,
    { versionId, format }: { readonly versionId: string; readonly format: AgreementFormat },
  ): Promise<AgreementFile> => {
    requireScope(ctx, "own:agreements:read");
    const printed = await deps.db.read(ctx, async (tx): Promise<Printed> => {
      const partner = await deps.partners.getPartner(tx, requirePartner(ctx));
      const own = (await ownVersions(tx, partner)).find(({ id }) => id === versionId);
      if (own === undefined) throw agreementErrors.version_not_found();
      const acceptance = (await findAcceptancesOf(tx, [partner.id])).get(partner.id)?.get(versionId);
      const [acceptedBy] = await named(deps, tx, acceptance === undefined ? [] : [acceptance]);
      return { name: own.name, version: await getVersion(tx, versionId), acceptance: acceptedBy };
    });
    return print(printed, format);
  };

/** Any version; with the acceptance of a partner where one is named. */
export const getAgreementFileFor =
  (deps: ComplianceDeps) =>
  async (
    ctx: Ctx,
    {
      versionId,
      partnerId,
      format,
    }: { readonly versionId: string; readonly partnerId?: string; readonly format: AgreementFormat },
  ): Promise<AgreementFile> => {
    requireScope(ctx, "compliance:read");
    const printed = await deps.db.read(ctx, async (tx): Promise<Printed> => {
      const version = await getVersion(tx, versionId);
      const { name } = await getAgreementRow(tx, version.agreementId);
      if (partnerId === undefined) return { name, version, acceptance: undefined };
      await deps.partners.getPartner(tx, partnerId);
      const acceptance = (await findAcceptancesOf(tx, [partnerId])).get(partnerId)?.get(versionId);
      const [acceptedBy] = await named(deps, tx, acceptance === undefined ? [] : [acceptance]);
      return { name, version, acceptance: acceptedBy };
    });
    return print(printed, format);
  };

async function print(printed: Printed, format: AgreementFormat): Promise<AgreementFile> {
  const { number } = printed.version;
  const name = `agreement-${printed.version.agreementId}-${number === null ? "draft" : `v${number}`}`;
  if (format === "text")
    return {
      name: `${name}.txt`,
      contentType: "text/plain; charset=utf-8",
      content: Buffer.from([printed.version.title, "", printed.version.body, "", ...proofOf(printed)].join("\n")),
    };
  return { name: `${name}.pdf`, contentType: "application/pdf", content: await pdfOf(printed) };
}

/** What is known of the text and of who accepted it. */
function proofOf({ name, version, acceptance }: Printed): string[] {
  const at = (date: Date | null): string => date?.toISOString() ?? "not published";
  return [
    "----",
    `Agreement: ${name}, version ${version.number ?? "(draft)"}, in force from ${at(version.effectiveFrom)}`,
    `SHA-256 of title, line break and text: ${version.textHash}`,
    ...(acceptance === undefined
      ? []
      : [
          `Accepted ${at(acceptance.acceptedAt)} by ${acceptance.userName ?? acceptance.userId} for partner ${acceptance.partnerId}`,
          `From the address ${acceptance.ip ?? "unknown"}; SHA-256 of what was accepted: ${acceptance.textHash}`,
        ]),
  ];
}

/** Scripts that the fonts have letters for; others would be printed as boxes, which is no text that anybody accepted. */
const PRINTED =
  /^[\s\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Number}\p{Punctuation}\p{Symbol}\p{Mark}]*$/u;
const MARGIN = 56;
const SIZES = [16, 13, 11];

async function pdfOf(printed: Printed): Promise<Buffer> {
  const { version } = printed;
  const proof = proofOf(printed);
  if (![version.title, version.body, ...proof].every((text) => PRINTED.test(text)))
    throw agreementErrors.script_not_printed();
  const at = printed.acceptance?.acceptedAt ?? version.publishedAt ?? version.updatedAt;
  const doc = await newDocument({
    size: "A4",
    margin: MARGIN,
    info: { Title: version.title, CreationDate: at, ModDate: at },
  } as PDFKit.PDFDocumentOptions);
  doc.registerFont("regular", FONTS.regular);
  doc.registerFont("bold", FONTS.bold);
  const done = buffer(doc);
  doc.font("bold").fontSize(18).text(version.title).moveDown();
  for (const block of blocksOf(version.body)) {
    if (block.level > 0)
      doc
        .moveDown(0.5)
        .font("bold")
        .fontSize(SIZES[block.level - 1] ?? 11)
        .text(block.text)
        .moveDown(0.3);
    else
      doc
        .font("regular")
        .fontSize(10)
        .text(block.text, { indent: block.isItem ? 12 : 0 })
        .moveDown(block.isItem ? 0.2 : 0.6);
  }
  doc.moveDown().font("regular").fontSize(8);
  for (const line of proof.slice(1)) doc.text(line);
  doc.end();
  return done;
}

type Block = { readonly level: number; readonly isItem: boolean; readonly text: string };

/** Markdown as far as contracts have it: headings, items, paragraphs. Everything else stays as it was written: no word is lost. */
export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const close = (): void => {
    if (paragraph.length > 0) blocks.push({ level: 0, isItem: false, text: paragraph.join(" ") });
    paragraph = [];
  };
  for (const line of markdown.split(/\r?\n/)) {
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    const item = /^\s*(?:[-*+]|\d+[.)])\s+\S/.test(line);
    if (line.trim() === "" || heading !== null || item) close();
    if (heading !== null)
      blocks.push({ level: Math.min(3, heading[1]?.length ?? 1), isItem: false, text: heading[2] ?? "" });
    else if (item) blocks.push({ level: 0, isItem: true, text: line.trim().replace(/^[-*+]\s+/, "• ") });
    else if (line.trim() !== "") paragraph.push(line.trim());
  }
  close();
  return blocks;
}

const COLUMNS = ["partner", "company", "person", "e_mail", "accepted_at", "address", "sha256"] as const;
const EXPORTED_AT_ONCE = 200;

/** Who has accepted a version, as CSV. */
export const exportAcceptances =
  (deps: ComplianceDeps) =>
  async (ctx: Ctx, { versionId }: { readonly versionId: string }): Promise<AgreementFile> => {
    const rows: (readonly string[])[] = [COLUMNS];
    let cursor: string | undefined;
    do {
      const page = await findAcceptances(deps)(ctx, {
        versionId,
        limit: EXPORTED_AT_ONCE,
        sort: "acceptedAt",
        ...(cursor === undefined ? {} : { cursor }),
      });
      const partners = await deps.db.read(ctx, (tx) =>
        deps.partners.findPartners(
          tx,
          page.data.map(({ partnerId }) => partnerId),
        ),
      );
      for (const one of page.data)
        rows.push([
          one.partnerId,
          csvField({ text: partners.get(one.partnerId)?.companyName ?? null }),
          csvField({ text: one.userName }),
          csvField({ text: one.email }),
          csvField({ at: one.acceptedAt }),
          csvField({ word: one.ip }),
          one.textHash,
        ]);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return {
      name: `acceptances-${versionId}.csv`,
      contentType: "text/csv; charset=utf-8",
      content: Buffer.from(stringify(rows)),
    };
  };
