import type { FastifyReply } from "fastify";
import { Type } from "typebox";

/** How a route that answers with leads as CSV says so. */
export const LEADS_FILE = {
  200: { description: "The leads", content: { "text/csv": { schema: Type.String({ format: "binary" }) } } },
};

export const sendLeads = (reply: FastifyReply, content: Buffer): FastifyReply =>
  reply
    .type("text/csv; charset=utf-8; header=present")
    .header("content-disposition", 'attachment; filename="leads.csv"')
    .header("cache-control", "no-store")
    .send(content);
