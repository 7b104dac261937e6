import type { Message, Ticket } from "./ticket-repository.ts";

/** As a partner sees it: who of the team has it, and who wrote, stays with the team. */
export type PartnerTicket = Omit<Ticket, "assignedTo">;
export type PartnerMessage = Omit<Message, "authorId" | "isInternal">;

export const partnerView = ({ assignedTo: _, ...ticket }: Ticket): PartnerTicket => ticket;

export const partnerMessageView = ({ authorId: _, isInternal: __, ...message }: Message): PartnerMessage => message;
