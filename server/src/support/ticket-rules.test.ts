import { describe, expect, it } from "vitest";
import { afterMessage, canMove, TICKET_STATUSES } from "./ticket-rules.ts";

describe("a ticket", () => {
  it("is the other side's turn after a message, and takes none once it is closed", () => {
    const after = (by: "partner" | "operator") => TICKET_STATUSES.map((status) => afterMessage(status, by));
    expect(after("partner")).toEqual(["open", "open", "open", undefined]);
    expect(after("operator")).toEqual(["waiting", "waiting", "waiting", undefined]);
  });

  it("moves only where its state admits, and never out of closed", () => {
    const moves = TICKET_STATUSES.map((from) => TICKET_STATUSES.filter((to) => canMove(from, to)));
    expect(moves).toEqual([["waiting", "solved", "closed"], ["open", "solved", "closed"], ["open", "closed"], []]);
  });
});
