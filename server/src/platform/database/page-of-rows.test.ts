import { describe, expect, it } from "vitest";
import { type PageRequest, pageOfRows } from "./page.ts";

type Row = { readonly name: string; readonly color: string };
const rows: readonly Row[] = ["elm", "ash", "oak", "fir", "yew"].map((name) => ({ name, color: `${name}-green` }));
const options = {
  sorts: { name: ({ name }: Row) => name, color: ({ color }: Row) => color },
  defaultSort: "name",
};
const page = (request: PageRequest, of = rows) => pageOfRows(of, request, options);

function walk(request: PageRequest): string[][] {
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const { data, nextCursor } = page({ ...request, ...(cursor === undefined ? {} : { cursor }) });
    pages.push(data.map(({ name }) => name));
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
  return pages;
}

describe("a page of rows that are at hand", () => {
  it("follows the one before, in either direction, until none is left", () => {
    expect(walk({ limit: 2 })).toEqual([["ash", "elm"], ["fir", "oak"], ["yew"]]);
    expect(walk({ limit: 3, sort: "-name" })).toEqual([
      ["yew", "oak", "fir"],
      ["elm", "ash"],
    ]);
    expect(walk({ limit: 5 })).toEqual([["ash", "elm", "fir", "oak", "yew"]]);
  });

  it("goes on where it was although the row that it ended with is gone and another came before it", () => {
    const { nextCursor } = page({ limit: 2 });
    const others = [...rows.filter(({ name }) => name !== "elm"), { name: "alder", color: "red" }];
    expect(page({ cursor: nextCursor ?? "" }, others).data.map(({ name }) => name)).toEqual(["fir", "oak", "yew"]);
  });

  it("takes the cursor of no other order, and none that was changed", () => {
    const { nextCursor } = page({ limit: 2 });
    const refused = expect.objectContaining({ code: "page.cursor_invalid" });
    expect(() => page({ cursor: nextCursor ?? "", sort: "color" })).toThrow(refused);
    const [sort, , id] = JSON.parse(Buffer.from(nextCursor ?? "", "base64url").toString()) as string[];
    const changed = Buffer.from(JSON.stringify([sort, "fir", id])).toString("base64url");
    expect(() => page({ cursor: changed })).toThrow(refused);
  });
});
