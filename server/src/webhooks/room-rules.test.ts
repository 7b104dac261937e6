import { describe, expect, it } from "vitest";
import { shareRoom } from "./room-rules.ts";

const endpoint = (name: string, { owner = "operator", failureCount = 0, atHand = 0 } = {}) => ({
  name,
  owner,
  failureCount,
  atHand,
});
const roomsOf = (...of: Parameters<typeof shareRoom<ReturnType<typeof endpoint>>>) =>
  shareRoom(...of).map(({ endpoint: { name }, room }) => [name, room]);

describe("room", () => {
  it("is given first to the owner, and then to the endpoint, that has least at hand", () => {
    const endpoints = [
      endpoint("full", { atHand: 30 }),
      endpoint("fuller", { atHand: 40 }),
      endpoint("another's", { owner: "partner", atHand: 60 }),
      endpoint("idle", { atHand: 0 }),
    ];
    expect(roomsOf(endpoints).map(([name]) => name)).toEqual(["another's", "idle", "full", "fuller"]);
  });

  it("of an owner is shared by all its endpoints, rounded up, and does not shrink that of others", () => {
    const own = ["one", "two", "three"].map((name) => endpoint(name, { atHand: name === "one" ? 3 : 0 }));
    expect(roomsOf([...own, endpoint("theirs", { owner: "partner" })], 7)).toEqual([
      ["theirs", 7],
      ["two", 2],
      ["three", 2],
      ["one", 2],
    ]);
  });

  it("of an endpoint that has failed three times in a row is one", () => {
    const failing = (atHand: number) => endpoint("failing", { failureCount: 3, atHand });
    expect(roomsOf([failing(0)])).toEqual([["failing", 1]]);
    expect(roomsOf([failing(1)])).toEqual([]);
    expect(roomsOf([endpoint("stumbling", { failureCount: 2 })])).toEqual([["stumbling", 500]]);
  });

  it("is nothing where an owner has all that it may have", () => {
    expect(roomsOf([endpoint("one", { atHand: 2_000 }), endpoint("two")])).toEqual([]);
  });
});
