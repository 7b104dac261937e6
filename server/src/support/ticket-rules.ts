export const TICKET_STATUSES = ["open", "waiting", "solved", "closed"] as const;
/** `open`: the team is to answer; `waiting`: the partner is; `solved`: a message opens it again; `closed`: for good. */
export type TicketStatus = (typeof TICKET_STATUSES)[number];

export const TICKET_OBJECTS = ["commission", "payout", "referral"] as const;
/** What a ticket may be about. */
export type TicketObject = (typeof TICKET_OBJECTS)[number];

/** Which side acts. */
export type TicketSide = "partner" | "operator";

/** Where a message that the partner sees leaves a ticket: it is the other side's turn. A closed one takes none. */
export const afterMessage = (status: TicketStatus, by: TicketSide): TicketStatus | undefined => {
  if (status === "closed") return undefined;
  return by === "partner" ? "open" : "waiting";
};

const MOVES: Readonly<Record<TicketStatus, readonly TicketStatus[]>> = {
  open: ["waiting", "solved", "closed"],
  waiting: ["open", "solved", "closed"],
  solved: ["open", "closed"],
  closed: [],
};

/** Whether a person may move a ticket from one state to another. */
export const canMove = (from: TicketStatus, to: TicketStatus): boolean => MOVES[from].includes(to);
