import type { FastifyInstance, FastifyReply } from "fastify";
import { sendPage } from "../pages/page.ts";
import type { MailStore } from "./mail-store.ts";
import { type MailView, mailboxPage, type OpenedMail } from "./mailbox-page.ts";

type WithId = { Params: { id: string } };
type WithView = { Querystring: { view?: string; q?: string } };

/** How often a list that is left open looks for new mail. */
const LOOK_AGAIN_S = 10;
const WAIT_MS_MAX = 30_000;
const LIMIT_MAX = 1000;

/**
 * What a message's own HTML may do: be seen, and be clicked. It runs nothing, loads nothing (a picture from elsewhere would tell its sender that it
 * was opened), and has an origin of its own.
 */
const MESSAGE_POLICY = [
  "sandbox allow-popups allow-popups-to-escape-sandbox",
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "img-src data:",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join("; ");

export function addMailboxPages(server: FastifyInstance, store: MailStore, now: () => Date): void {
  const send = (reply: FastifyReply, search: string, opened: OpenedMail | undefined, status = 200): FastifyReply =>
    sendPage(reply, mailboxPage({ messages: store.list({ search }), search, opened, now: now() }), { status });

  server.get<{ Querystring: { q?: string } }>("/", (request, reply) =>
    send(reply.header("refresh", String(LOOK_AGAIN_S)), request.query.q?.trim() ?? "", undefined),
  );

  server.get<WithId & WithView>("/messages/:id", async (request, reply) => {
    const search = request.query.q?.trim() ?? "";
    const { id } = request.params;
    if (store.find(id) === undefined) return send(reply, search, undefined, 404);
    store.markRead(id);
    const summary = store.find(id);
    if (summary === undefined) return send(reply, search, undefined, 404);
    const content = await store.open(id);
    const asked = request.query.view;
    const view: MailView =
      asked === "source" || asked === "text" ? asked : content.html === undefined ? "text" : "html";
    const source = view === "source" ? (await store.source(id)).toString("utf8") : "";
    return send(reply, search, { summary, content, view, source });
  });

  server.get<WithId>("/messages/:id/html", async (request, reply) => {
    const content = store.find(request.params.id) && (await store.open(request.params.id));
    if (content?.html === undefined) return reply.callNotFound();
    return reply
      .header("content-security-policy", MESSAGE_POLICY)
      .header("x-content-type-options", "nosniff")
      .header("referrer-policy", "no-referrer")
      .header("cache-control", "no-store")
      .type("text/html; charset=utf-8")
      .send(`<base target="_blank">${content.html}`);
  });
}

/** The same as JSON, for tests. */
export function addMailboxApi(server: FastifyInstance, store: MailStore): void {
  const opened = async (id: string) => ({ ...store.find(id), ...(await store.open(id)) });

  server.get<{ Querystring: { to?: string; q?: string; limit?: string } }>("/api/messages", (request) => {
    const { to, q: search, limit } = request.query;
    const count = Math.min(Math.max(Number(limit ?? LIMIT_MAX) || LIMIT_MAX, 1), LIMIT_MAX);
    const messages = store.list({ to, search });
    return { total: messages.length, messages: messages.slice(0, count) };
  });

  server.get<{ Querystring: { to?: string; q?: string; waitMs?: string } }>(
    "/api/messages/latest",
    async (request, reply) => {
      const { to, q: search, waitMs } = request.query;
      const milliseconds = Math.min(Math.max(Number(waitMs ?? 0) || 0, 0), WAIT_MS_MAX);
      const [there] = store.list({ to, search });
      if (there !== undefined) return opened(there.id);
      const found = await store.waitFor({ to, search }, AbortSignal.timeout(milliseconds)).catch(() => undefined);
      return found === undefined ? reply.code(404).send({ message: "No message matches" }) : opened(found.id);
    },
  );

  server.get<WithId>("/api/messages/:id", async (request, reply) => {
    const { id } = request.params;
    if (store.find(id) === undefined) return reply.code(404).send({ message: "There is no such message" });
    return opened(id);
  });

  server.delete("/api/messages", async (_request, reply) => {
    await store.clear();
    return reply.code(204).send();
  });
}
