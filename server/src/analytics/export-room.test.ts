import { describe, expect, it } from "vitest";
import { asNoRoom, hasRoom, whileRoom } from "./export-room.ts";

const GIBIBYTE = 1_024 ** 3;
const folder = (free: number, size: number) => ({ bavail: free / 4_096, blocks: size / 4_096, bsize: 4_096 });

describe("a folder has room for an export", () => {
  it.each([
    ["a large disk with more than half a gibibyte free", GIBIBYTE, 1_000 * GIBIBYTE, true],
    ["a large disk with half a gibibyte free", GIBIBYTE / 2, 1_000 * GIBIBYTE, false],
    ["a small one of which most is free", GIBIBYTE / 32, GIBIBYTE / 16, true],
    ["a small one of which a twentieth is free", GIBIBYTE / 16 / 20, GIBIBYTE / 16, false],
    ["one that is full", 0, GIBIBYTE, false],
  ])("%s: %i of %i is %s", (_, free, size, expected) => {
    expect(hasRoom(folder(free, size))).toBe(expected);
  });
});

describe("an export of any number of rows", () => {
  const rows = async function* () {
    for (let row = 0; ; row += 1) yield row;
  };
  const taken = async (roomFor: number): Promise<[number, unknown]> => {
    let [looks, count] = [0, 0];
    const look = async () => {
      looks += 1;
      return folder(looks > roomFor ? 0 : GIBIBYTE, GIBIBYTE);
    };
    try {
      for await (const _ of whileRoom(rows(), "anywhere", look)) count += 1;
    } catch (error) {
      return [count, (error as { code?: string }).code];
    }
    return [count, undefined];
  };

  it("ends with a refusal before the disk is full, not with a full disk", async () => {
    expect(await taken(3)).toEqual([6_000, "analytics.no_room"]);
  });

  it("does not begin where there is no room at all", async () => {
    expect(await taken(0)).toEqual([0, "analytics.no_room"]);
  });

  it("says the same where somebody else filled the disk between two looks, and nothing else is taken for that", () => {
    const full = Object.assign(new Error("write"), { code: "ENOSPC" });
    expect(asNoRoom(full)).toMatchObject({ code: "analytics.no_room", kind: "unavailable" });
    const other = new Error("something else");
    expect(asNoRoom(other)).toBe(other);
  });
});
