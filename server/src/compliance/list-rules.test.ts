import { describe, expect, it } from "vitest";
import { compareLists, decideList, filesHash, staleFrom } from "./list-rules.ts";
import { entryHash, type SanctionsEntry } from "./ofac-entry.ts";

const day = (text: string): Date => new Date(`2026-02-${text}T00:00:00Z`);
const after = (instant: Date, ms: number): Date => new Date(instant.getTime() + ms);

describe("a new version", () => {
  const newest = { version: 2n, contentHash: "b", asOf: day("10"), entries: 1_000 };
  const asked = { newest, same: undefined, asOf: day("11"), entries: 1_000, isMeant: false, now: day("12") };

  it.each([
    ["is taken", {}],
    ["of the same day is taken", { asOf: day("10") }],
    ["that is the first is taken, however small", { newest: undefined, entries: 1 }],
    ["dated a day ahead is taken: clocks and zones differ", { asOf: day("13") }],
    ["that has lost a tenth is taken", { entries: 900 }],
    ["that has grown is taken", { entries: 1_200 }],
    ["that is meant to shrink is taken", { entries: 10, isMeant: true }],
    ["that is meant to be as one before is taken", { same: 1n, isMeant: true }],
  ])("%s", (_what, change) => {
    expect(decideList({ ...asked, ...change })).toEqual({ kind: "new" });
  });

  it("that is the one in force confirms it, even where it is meant", () => {
    expect(decideList({ ...asked, same: 2n })).toEqual({ kind: "unchanged" });
    expect(decideList({ ...asked, same: 2n, isMeant: true })).toEqual({ kind: "unchanged" });
  });

  const before = after(day("10"), -1);
  const ahead = after(day("13"), 1);
  it.each<[string, object, string, object]>([
    ["is older", { asOf: before }, "list_older", { asOf: before, inForce: day("10") }],
    ["is older, whatever is meant", { asOf: before, isMeant: true }, "list_older", { asOf: before }],
    ["is an older one that was in force", { asOf: before, same: 1n }, "list_older", { asOf: before }],
    ["is more than a day ahead", { asOf: ahead }, "date_future", { asOf: ahead }],
    ["is the first and more than a day ahead", { asOf: ahead, newest: undefined }, "date_future", { asOf: ahead }],
    [
      "was in force before the newest, whatever its date",
      { same: 1n },
      "list_older",
      { reason: "it is version 1 again", inForce: day("10") },
    ],
    ["has lost more than a tenth", { entries: 899 }, "list_shrunk", { entries: 899, inForce: 1_000 }],
  ])("that %s is refused, and why", (_what, change, name, facts) => {
    expect(decideList({ ...asked, ...change })).toEqual({
      kind: "refused",
      refusal: { name, facts: expect.objectContaining(facts) },
    });
  });

  const entry = (number: number, name: string): SanctionsEntry => ({
    id: `ofac_sdn:${number}`,
    kind: "person",
    name,
    aliases: ["One", "Other"],
    programs: ["SDGT"],
    countries: [],
    addresses: [],
    birthDates: [],
    remarks: null,
  });

  it("says what is added, changed and removed, by the content of entries and not by their order", () => {
    const list = [entry(1, "STAYS"), entry(2, "MÜLLER, Jürgen"), entry(3, "GONE")];
    const kept = list.map((one) => ({ id: one.id, hash: entryHash(one) }));
    const [added, changed] = [entry(4, "NEW"), entry(2, "MÜLLER, Hans")];
    expect(compareLists(kept, [added, changed, entry(1, "STAYS")])).toEqual({
      added: [{ entry: added, hash: entryHash(added) }],
      changed: [{ entry: changed, hash: entryHash(changed) }],
      removed: ["ofac_sdn:3"],
    });
    const turned = list.map((one) => ({ ...one, aliases: one.aliases.toReversed() })).toReversed();
    expect(compareLists(kept, turned)).toEqual({ added: [], changed: [], removed: [] });
  });

  const [sdn, alt] = [
    { name: "sdn.csv", content: Buffer.from("one") },
    { name: "alt.csv", content: Buffer.from("two") },
  ];

  it("is known by its files whatever their order and the case of their names, and in every release by the same hash", () => {
    const hash = "56d975e4228b703f29d501100c5f7cdd86a70194e12a2897d4d38ed6d61e6990";
    expect(filesHash([sdn, alt])).toBe(hash);
    expect(filesHash([alt, { ...sdn, name: "SDN.CSV" }])).toBe(hash);
  });

  it("is another with another content or another name of a file", () => {
    const hashes = [
      [sdn, alt],
      [sdn, { ...alt, content: Buffer.from("three") }],
      [sdn, { ...alt, name: "add.csv" }],
      [sdn],
    ].map(filesHash);
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

describe("a list", () => {
  it("clears nobody from as many days of 24 hours after it was confirmed", () => {
    expect(staleFrom(day("10"), 7)).toEqual(day("17"));
    expect(staleFrom(day("10"), 0)).toEqual(day("10"));
  });
});
