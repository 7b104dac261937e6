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

/** For clients that read no `filename*` (RFC 6266). */
const asciiOf = (name: string): string => name.replaceAll(/[^ -~]|["\\%]/g, "_");
/** RFC 8187 admits fewer signs than a URL does. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
