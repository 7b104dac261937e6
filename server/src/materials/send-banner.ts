import type { FastifyReply, FastifyRequest } from "fastify";
import { Type } from "typebox";
import type { StoredFile } from "../platform/files/index.ts";

/** How the route that answers with a picture says so. */
export const BANNER_RESPONSE = {
  200: {
    description: "The picture",
    content: { "image/*": { schema: Type.String({ format: "binary" }) } },
  },
  304: Type.Null({ description: "Not changed since" }),
};

/** Long enough to spare the database, short enough that what is withdrawn is gone soon. */
const CACHED_SECONDS = 300;

/**
 * Sends a picture into other people's pages. Its type is that of its bytes, one of four that browsers only draw; with `nosniff`, which is on
 * every answer, and a sandbox it can be nothing else, opened by itself neither.
 */
export function sendBanner(request: FastifyRequest, reply: FastifyReply, file: StoredFile): FastifyReply {
  const tag = `"${file.id}"`;
  void reply
    .header("cache-control", `public, max-age=${CACHED_SECONDS}`)
    .header("etag", tag)
    .header("cross-origin-resource-policy", "cross-origin")
    .header("content-security-policy", "default-src 'none'; sandbox");
  if (request.headers["if-none-match"] === tag) return reply.code(304).send();
  return reply.type(file.mediaType).header("content-disposition", "inline").send(file.content);
}
