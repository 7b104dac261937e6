import type { ReadTx } from "../platform/database/index.ts";
import { type CleanFile, checkFile, findFileFacts, type SentFile } from "../platform/files/index.ts";
import { cleanSvg, looksLikeSvg } from "./clean-svg.ts";
import { brandingErrors } from "./whitelabel-errors.ts";

const IMAGE_BYTES_MAX = 262_144;
const SVG = "image/svg+xml";

/** A mark as it may be shown, by its content: a raster picture, or what only draws of an SVG. Throws `branding.*` and `file.*` with the field that is wrong. */
export async function checkImage(sent: SentFile, field: string): Promise<CleanFile> {
  const file = cleanIfSvg(sent, field) ?? (await checkFile(sent, field));
  if (!file.mediaType.startsWith("image/")) throw brandingErrors.not_an_image({ field, mediaType: file.mediaType });
  if (file.content.length > IMAGE_BYTES_MAX) throw brandingErrors.image_too_large({ field, maximum: IMAGE_BYTES_MAX });
  return file;
}

/** An SVG mark as it may be shown; undefined for what is no SVG. Elsewhere no SVG is taken. */
function cleanIfSvg({ content }: SentFile, field: string): CleanFile | undefined {
  const bytes = Buffer.from(content, "base64");
  if (!looksLikeSvg(bytes)) return undefined;
  if (bytes.length > IMAGE_BYTES_MAX) throw brandingErrors.image_too_large({ field, maximum: IMAGE_BYTES_MAX });
  const clean = cleanSvg(bytes.toString("utf8"));
  if (clean === undefined) throw brandingErrors.svg_empty({ field });
  return { name: `${field}.svg`, mediaType: SVG, content: Buffer.from(clean) };
}

/** Mail programs show no SVG: words stand in its place. */
export async function canBeMailed(tx: ReadTx, fileId: string): Promise<boolean> {
  return (await findFileFacts(tx, [fileId])).get(fileId)?.mediaType !== SVG;
}
