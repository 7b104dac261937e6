import { Type } from "typebox";
import { type App, Id, Instant, Nullable, pageOf, pageQuery, Text } from "../platform/http/index.ts";
import { NOTE_SORTS } from "./partner-note-repository.ts";
import { PartnerParams } from "./partner-schema.ts";
import type { PartnerService } from "./partner-service.ts";

const tags = ["Operator"];
const reading = { audience: "operator", scope: "partners:read" } as const;
const noting = { audience: "operator", scope: "partners:note" } as const;

const PartnerNote = Type.Object(
  {
    id: Id("The note"),
    partnerId: Id("Whom it is about"),
    authorId: Nullable(Id("The person or API key that wrote it")),
    body: Type.String({ examples: ["Called on 2 March: moves to the reseller plan in spring."] }),
    writtenAt: Instant("When it was written"),
  },
  { $id: "PartnerNote", description: "What the team wrote down about a partner, which no partner sees" },
);
const WriteNoteBody = Type.Object(
  { body: Text({ minLength: 1, maxLength: 10_000 }) },
  { additionalProperties: false, examples: [{ body: "Called on 2 March: moves to the reseller plan in spring." }] },
);
const NoteQuery = Type.Object(pageQuery(NOTE_SORTS), { additionalProperties: false });
const NoteParams = Type.Object({ id: Id("The partner"), noteId: Id("The note") });
const LookBody = Type.Object(
  { reason: Text({ minLength: 1, maxLength: 1_000, description: "Kept in the audit trail" }) },
  { additionalProperties: false, examples: [{ reason: "Ticket: the partner cannot find its statement" }] },
);
const LookView = Type.Object({
  accessToken: Type.String({ description: "Reads what the partner may read; every change is refused" }),
  expiresAt: Instant("When it ends; there is no refresh"),
});

/** What the team keeps of a partner beside the programme's own record, and its look through the partner's eyes. */
export function deskRoutes(app: App, partners: PartnerService): void {
  app.get(
    "/api/v1/admin/partners/:id/notes",
    {
      config: { access: reading },
      schema: {
        operationId: "listPartnerNotes",
        tags,
        summary: "List the team's notes about a partner",
        params: PartnerParams,
        querystring: NoteQuery,
        response: { 200: pageOf(PartnerNote) },
      },
    },
    (request) => partners.findNotes(request.ctx, { ...request.query, partnerId: request.params.id }),
  );
  app.post(
    "/api/v1/admin/partners/:id/notes",
    {
      config: { access: noting, successStatus: 201 },
      schema: {
        operationId: "writePartnerNote",
        tags,
        summary: "Write a note about a partner",
        params: PartnerParams,
        body: WriteNoteBody,
        response: { 201: PartnerNote },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await partners.writeNote(request.ctx, { ...request.body, partnerId: request.params.id })),
  );
  app.delete(
    "/api/v1/admin/partners/:id/notes/:noteId",
    {
      config: { access: noting },
      schema: {
        operationId: "removePartnerNote",
        tags,
        summary: "Take a note away",
        params: NoteParams,
        response: { 204: Type.Null({ description: "Gone" }) },
      },
    },
    async (request, reply) => {
      const { id: partnerId, noteId } = request.params;
      await partners.removeNote(request.ctx, { partnerId, noteId });
      return reply.code(204).send(null);
    },
  );
  app.post(
    "/api/v1/admin/partners/:id/look",
    {
      config: {
        access: { audience: "operator", scope: "partners:look" },
        idempotency: "secret",
        successStatus: 201,
      },
      schema: {
        operationId: "lookAsPartner",
        tags,
        summary: "See what a partner sees",
        description:
          "A token for a quarter of an hour that reads as the partner and changes nothing. It is in the audit trail with its reason, and ends with the session that asked for it.",
        params: PartnerParams,
        body: LookBody,
        response: { 201: LookView },
      },
    },
    async (request, reply) =>
      reply
        .code(201)
        .header("cache-control", "no-store")
        .send(await partners.lookAsPartner(request.ctx, { ...request.body, partnerId: request.params.id })),
  );
}
