import type { Tx } from "../platform/database/index.ts";
import { type CleanFile, checkFile, insertFiles, type SentFile } from "../platform/files/index.ts";
import { type ImageSize, imageSize } from "./image-size.ts";
import { materialErrors } from "./material-errors.ts";
import type { Material, MaterialVersion } from "./material-repository.ts";
import { insertVersion } from "./material-repository.ts";
import { checkText, type MaterialKind } from "./material-rules.ts";

/** What a material or a version of it is made of, as it is sent. */
export type SentContent = {
  readonly file?: SentFile | undefined;
  readonly text?: string | undefined;
  readonly alt?: string | undefined;
};
/** The same, seen to be what it should. */
export type CheckedContent =
  | { readonly file: CleanFile; readonly size: ImageSize | null; readonly alt: string | null; readonly text: null }
  | { readonly file: null; readonly size: null; readonly alt: null; readonly text: string };

const isPicture = ({ mediaType }: CleanFile): boolean => mediaType.startsWith("image/");

/** Outside the transaction: what a file is, by its bytes. Throws `file.*`. */
export const readFile = async ({ file }: SentContent): Promise<CleanFile | undefined> =>
  file === undefined ? undefined : checkFile(file, "file");

/** Whether the content is what a material of this kind is made of. Throws `material.*`. */
export function judgeContent(
  kind: MaterialKind,
  { text, alt }: Pick<SentContent, "text" | "alt">,
  file: CleanFile | undefined,
): CheckedContent {
  if (kind === "text") {
    if (text === undefined || file !== undefined) throw materialErrors.content_missing({ field: "text" });
    requireText(text);
    return { file: null, size: null, alt: null, text };
  }
  if (file === undefined || text !== undefined) throw materialErrors.content_missing({ field: "file" });
  if (kind === "file") return { file, size: null, alt: null, text: null };
  if (!isPicture(file)) throw materialErrors.not_an_image({ field: "file" });
  const size = imageSize(file.mediaType, file.content);
  if (size === undefined) throw materialErrors.image_unreadable({ field: "file" });
  if (alt === undefined) throw materialErrors.alt_missing({ field: "alt" });
  return { file, size, alt, text: null };
}

function requireText(text: string): void {
  const checked = checkText(text);
  if (checked.ok) return;
  const { reason, place } = checked;
  throw materialErrors[reason]({ field: "text", ...(place === undefined ? {} : { place }) });
}

/** Joins a transaction: keeps the content as the version that the material names. */
export async function keepVersion(
  tx: Tx,
  { id, version }: Pick<Material, "id" | "version">,
  content: CheckedContent,
): Promise<MaterialVersion> {
  const { actor, now } = tx.ctx;
  const [file] = await insertFiles(tx, content.file === null ? [] : [content.file]);
  const kept: MaterialVersion = {
    materialId: id,
    number: version,
    fileId: file?.id ?? null,
    body: content.text,
    alt: content.alt,
    width: content.size?.width ?? null,
    height: content.size?.height ?? null,
    createdBy: actor.type === "user" ? actor.userId : actor.type === "key" ? actor.keyId : null,
    createdAt: now,
  };
  await insertVersion(tx, kept);
  return kept;
}
