import type { FastifyReply } from "fastify";
import { Type } from "typebox";
import type { StoredFile } from "./file-store.ts";

/** How a route that answers with a file says so. */
export const FILE_RESPONSE = {
  200: {
    description: "The file, to be kept and not shown",
    content: { "application/octet-stream": { schema: Type.String({ format: "binary" }) } },
  },
};

/** Sends a file as an attachment of no type: no browser shows or runs it, whatever it holds. `nosniff` is on every answer. */
export const sendFile = (reply: FastifyReply, { name, content }: StoredFile): FastifyReply =>
  reply
    .type("application/octet-stream")
    .header("content-disposition", `attachment; filename="${asciiOf(name)}"; filename*=UTF-8''${encoded(name)}`)
    .header("content-security-policy", "default-src 'none'; sandbox")
    .send(content);

/** How a route that answers with a picture for everybody says so. */
export const IMAGE_RESPONSE = {
  200: { description: "The picture", content: { "image/*": { schema: Type.String({ format: "binary" }) } } },
};

/**
 * Sends a picture for everybody, to be shown: in mails too, from wherever they are read. What it is was found out by its content, and a
 * picture under its address never changes.
 */
export const sendImage = (reply: FastifyReply, { mediaType, content }: StoredFile): FastifyReply =>
  reply
    .type(mediaType)
    .header("cache-control", "public, max-age=31536000, immutable")
    .header("cross-origin-resource-policy", "cross-origin")
    .header("content-security-policy", "default-src 'none'; sandbox")
    .send(content);

/** For clients that read no `filename*` (RFC 6266). */
const asciiOf = (name: string): string => name.replaceAll(/[^ -~]|["\\%]/g, "_");
/** RFC 8187 admits fewer signs than a URL does. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
