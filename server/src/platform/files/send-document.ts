import type { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import { Type } from "typebox";

/** A document that is made when it is asked for: an invoice, a statement. */
export type Document = {
  readonly name: string;
  readonly contentType: string;
  readonly content: Buffer | Readable;
};

export const DOCUMENT_FORMATS = ["pdf", "csv"] as const;
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];

export const DOCUMENT_TYPES = {
  pdf: "application/pdf",
  csv: "text/csv; charset=utf-8; header=present",
} as const satisfies Record<DocumentFormat, string>;

/** How a route that answers with a document says so. */
export const documentResponse = (description: string) => ({
  200: {
    description,
    content: {
      "application/pdf": { schema: Type.String({ format: "binary" }) },
      "text/csv": { schema: Type.String({ format: "binary" }) },
    },
  },
});

/** Sends a document to be kept, under its name. */
export const sendDocument = (reply: FastifyReply, { name, contentType, content }: Document): FastifyReply =>
  reply
    .type(contentType)
    .header("content-disposition", `attachment; filename="${name}"`)
    .header("cache-control", "no-store")
    .send(content);
