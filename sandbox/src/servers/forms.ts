import formbody from "@fastify/formbody";
import type { FastifyInstance, FastifyRequest } from "fastify";

/** A posted form: the last value of each field, trimmed. */
export type Form = { text(name: string): string };

/**
 * Lets the server take forms, from its own pages alone. A browser says where a POST comes from: by `Sec-Fetch-Site`, which no page can set,
 * and where it does not send that, by `Origin`, which is `null` when the page forbade the referrer.
 */
export async function takeForms(server: FastifyInstance): Promise<void> {
  await server.register(formbody, { bodyLimit: 64 * 1024 });
  server.addHook("onRequest", async (request, reply) => {
    const { origin, host, "sec-fetch-site": site } = request.headers;
    const isForeign =
      site === undefined
        ? origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host)
        : site !== "same-origin" && site !== "none";
    if (request.method !== "GET" && request.method !== "HEAD" && isForeign) {
      await reply.code(403).type("text/plain; charset=utf-8").send("Forms are taken from this server's own pages.\n");
    }
  });
}

/** The fields of a posted form. */
export function formOf(request: FastifyRequest): Form {
  const body = (request.body ?? {}) as Record<string, unknown>;
  return {
    text(name) {
      const value = body[name];
      const last: unknown = Array.isArray(value) ? value.at(-1) : value;
      return typeof last === "string" ? last.trim() : "";
    },
  };
}
