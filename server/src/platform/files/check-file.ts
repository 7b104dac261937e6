import { fileTypeFromBuffer } from "file-type";
import { defineErrors } from "../../kernel/errors.ts";

/** A file as its sender sent it: `content` is base64. */
export type SentFile = { readonly name: string; readonly content: string };

/** A file that may be kept. */
export type CleanFile = { readonly name: string; readonly mediaType: string; readonly content: Buffer };

export const FILE_BYTES_MAX = 2_097_152;
/** Bodies with files: several of them, but together little more than one of the largest. */
export const FILE_BODY_BYTES = 3_145_728;

export const fileErrors = defineErrors("file", {
  not_found: { kind: "not_found", title: "There is no such file" },
  empty: { kind: "invalid", title: "The file is empty" },
  too_large: { kind: "too_large", title: "The file is larger than 2 MiB" },
  not_base64: { kind: "invalid", title: "The content of the file is not base64" },
  type_refused: { kind: "invalid", title: "Files of this type are not taken, whatever they are called" },
});

/** By content, and the ending that each is given. Nothing that a browser runs: no SVG, no HTML, no archives. */
const ENDINGS: Readonly<Record<string, string>> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/gif": "gif",
  "image/webp": "webp",
  "application/pdf": "pdf",
  "text/plain": "txt",
};
const PLAIN_ENDING = /\.(txt|csv|log|md)$/i;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Decodes a file, and finds out by its content what it is. Throws `file.*` with the field that is wrong. */
export async function checkFile({ name, content }: SentFile, field: string): Promise<CleanFile> {
  if (!BASE64.test(content)) throw fileErrors.not_base64({ field });
  const bytes = Buffer.from(content, "base64");
  if (bytes.length === 0) throw fileErrors.empty({ field });
  if (bytes.length > FILE_BYTES_MAX) throw fileErrors.too_large({ field, maximum: FILE_BYTES_MAX });
  const mediaType = await typeOf(bytes);
  const ending = mediaType === undefined ? undefined : ENDINGS[mediaType];
  if (mediaType === undefined || ending === undefined)
    throw fileErrors.type_refused({ field, taken: Object.keys(ENDINGS) });
  return { name: cleanName(name, ending), mediaType, content: bytes };
}

/** What has no signature of its own is plain text, where all of it is text. */
async function typeOf(bytes: Buffer): Promise<string | undefined> {
  const known = await fileTypeFromBuffer(bytes);
  if (known !== undefined) return known.mime;
  return isText(bytes) ? "text/plain" : undefined;
}

function isText(bytes: Buffer): boolean {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    // Control characters other than tab and line breaks.
    return !/[^\P{Cc}\t\n\r]/u.test(text);
  } catch {
    return false;
  }
}

const NAME_MAX = 100;

/**
 * A name that any system keeps, that says what the file is: without folders, control and direction characters, and signs that mean something
 * to a file system or a browser.
 */
export function cleanName(name: string, ending: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  const plain = last.replaceAll(/[\p{C}<>:"|?*&'`$%;]/gu, "").replaceAll(/\s+/g, " ");
  const kept = ending === "txt" ? (PLAIN_ENDING.exec(plain)?.[0].toLowerCase() ?? ".txt") : `.${ending}`;
  const stem = plain.replace(/\.[^.]*$/, "").replaceAll(/^[. ]+|[. ]+$/g, "");
  return `${Array.from(stem).slice(0, NAME_MAX).join("").trim() || "file"}${kept}`;
}
