import { Type } from "typebox";
import { FileInput, fileFields } from "../platform/files/index.ts";
import { Id, Instant, Line, Nullable, pageOf, pageQuery, Text } from "../platform/http/index.ts";
import { TICKET_MOVES } from "./change-ticket.ts";
import { TICKET_SORTS } from "./find-tickets.ts";
import { TICKET_OBJECTS, TICKET_STATUSES } from "./ticket-rules.ts";

const COMMISSION_EXAMPLE = "0190f1a2-9b10-7e21-8d33-1a2b3c4d5e6f";
const PARTNER_EXAMPLE = "0190f1a2-7c3d-7b1e-8a55-3f1f0b6f2c11";
const FILES_MAX = 3;
const MESSAGE_MAX = 10_000;

const Status = Type.Enum([...TICKET_STATUSES], {
  description:
    "`open`: the team is to answer; `waiting`: the partner is; `solved`: a message opens it again; `closed`: for good",
});
const About = Type.Object(
  { type: Type.Enum([...TICKET_OBJECTS]), id: Id("The commission, payout or referral") },
  { additionalProperties: false, description: "What it is about" },
);

const ticketFields = {
  id: Id("The ticket"),
  partnerId: Id("Whose it is"),
  subject: Type.String({ description: "What it is about, in a line", examples: ["A commission is missing"] }),
  status: Status,
  object: Nullable(About),
  openedAt: Instant("When it was opened"),
  updatedAt: Instant("When something of it last changed that the partner sees"),
  solvedAt: Nullable(Instant("When it was last solved")),
  closedAt: Nullable(Instant("When it was closed")),
};
const assignedTo = Nullable(Id("Who of the team has it"));

const messageFields = {
  id: Id("The message"),
  author: Type.Enum(["partner", "operator"], { description: "Which side wrote it" }),
  body: Type.String({
    description: "What was written, as plain text",
    examples: ["The sale of 3 March is not listed."],
  }),
  sentAt: Instant("When it was written"),
  files: Type.Array(Type.Object(fileFields), { description: "What came with it" }),
};
const operatorMessageFields = {
  ...messageFields,
  authorId: Nullable(Id("The person or API key that wrote it")),
  isInternal: Type.Boolean({ description: "A note of the team, which no partner sees" }),
};

export const Ticket = Type.Object(ticketFields, { $id: "Ticket", description: "A question and its answers" });
export const OperatorTicket = Type.Object({ ...ticketFields, assignedTo }, { $id: "OperatorTicket" });
export const TicketPage = pageOf(Ticket);
export const OperatorTicketPage = pageOf(OperatorTicket);
export const TicketMessage = Type.Object(messageFields, { $id: "TicketMessage" });
export const OperatorTicketMessage = Type.Object(operatorMessageFields, { $id: "OperatorTicketMessage" });

const messagesOf = <Fields extends Record<string, import("typebox").TSchema>>(fields: Fields) =>
  Type.Array(Type.Object(fields), { description: "The latest 500, oldest first" });
export const TicketDetail = Type.Object(
  { ...ticketFields, messages: messagesOf(messageFields) },
  { $id: "TicketDetail" },
);
export const OperatorTicketDetail = Type.Object(
  { ...ticketFields, assignedTo, messages: messagesOf(operatorMessageFields) },
  { $id: "OperatorTicketDetail" },
);

const ownFilters = {
  ...pageQuery(TICKET_SORTS),
  status: Type.Optional(Status),
  objectId: Type.Optional(Id("About this commission, payout or referral")),
};
export const TicketQuery = Type.Object(ownFilters, { additionalProperties: false });
export const OperatorTicketQuery = Type.Object(
  {
    ...ownFilters,
    partnerId: Type.Optional(Id("One partner's")),
    assignedTo: Type.Optional(Id("Those that this member of the team has")),
  },
  { additionalProperties: false },
);

export const TicketParams = Type.Object({ id: Id("The ticket") });
export const TicketFileParams = Type.Object({ id: Id("The file") });

const words = {
  message: Text({ minLength: 1, maxLength: MESSAGE_MAX, description: "Plain text" }),
  files: Type.Optional(Type.Array(FileInput, { maxItems: FILES_MAX, description: "Up to three files" })),
};
const opening = {
  subject: Line({ minLength: 1, maxLength: 200, description: "What it is about, in a line" }),
  ...words,
  object: Type.Optional(About),
};
const example = {
  subject: "A commission is missing",
  message: "The sale of 3 March is not listed.",
  object: { type: "commission", id: COMMISSION_EXAMPLE },
};
export const OpenTicketBody = Type.Object(opening, { additionalProperties: false, examples: [example] });
export const OpenTicketForBody = Type.Object(
  { partnerId: Id("Who is asked"), ...opening },
  { additionalProperties: false, examples: [{ partnerId: PARTNER_EXAMPLE, ...example }] },
);
export const MessageBody = Type.Object(words, {
  additionalProperties: false,
  examples: [{ message: "It is listed now. Thank you." }],
});
export const OperatorMessageBody = Type.Object(
  {
    ...words,
    isInternal: Type.Optional(
      Type.Boolean({ description: "A note of the team: the partner never sees it, nor is told" }),
    ),
  },
  { additionalProperties: false, examples: [{ message: "It came in late; it is listed now." }] },
);
export const ChangeTicketBody = Type.Object(
  {
    status: Type.Optional(
      Type.Enum([...TICKET_MOVES], { description: "Where to move it; `waiting` follows from an answer" }),
    ),
    assignedTo: Type.Optional(Nullable(Id("A member of the team; null takes it from whoever has it"))),
  },
  { additionalProperties: false, examples: [{ status: "solved" }] },
);
