import type { FastifyReply } from "fastify";
import type { ExportFile } from "./export-subject.ts";

/** Sends a file to be kept, and nowhere else. */
export const sendExport = (reply: FastifyReply, { name, contentType, content }: ExportFile): FastifyReply =>
  reply
    .type(contentType)
    .header("content-disposition", `attachment; filename="${name}"`)
    .header("cache-control", "no-store")
    .send(content);
