import { answerTicket, answerTicketFor } from "./answer-ticket.ts";
import { changeTicket, solveTicket } from "./change-ticket.ts";
import { findTickets, getTicket, getTicketFile, getTicketFileFor, getTicketFor, getTickets } from "./find-tickets.ts";
import { openTicket, openTicketFor } from "./open-ticket.ts";
import type { TicketDeps } from "./ticket-deps.ts";
import { sendMessageMail } from "./ticket-mails.ts";

/** Questions and answers between partners and the operator's team. */
export const createSupportService = (deps: TicketDeps) => ({
  openTicket: openTicket(deps),
  openTicketFor: openTicketFor(deps),
  answerTicket: answerTicket(deps),
  answerTicketFor: answerTicketFor(deps),
  solveTicket: solveTicket(deps),
  changeTicket: changeTicket(deps),
  getTickets: getTickets(deps),
  findTickets: findTickets(deps),
  getTicket: getTicket(deps),
  getTicketFor: getTicketFor(deps),
  getTicketFile: getTicketFile(deps),
  getTicketFileFor: getTicketFileFor(deps),
  sendMessageMail: sendMessageMail(deps),
});

export type SupportService = ReturnType<typeof createSupportService>;
