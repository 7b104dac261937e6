import type { Ctx } from "../platform/context.ts";
import type { ListFiles } from "./list-screening.ts";
import type { ListNews } from "./name-screening.ts";

const END = "\u001a";
const csv = (...rows: readonly string[]): Uint8Array => Buffer.from(`${rows.join("\r\n")}\r\n${END}`);
const NONE = "-0- ";

/** In the columns of OFAC's own files: a person and a company whom nobody is called. */
const FILES: Extract<ListNews, { source: "ofac" }>["files"] = [
  {
    name: "sdn.csv",
    content: csv(
      `1,"SANCTIONED, Test","individual","TEST",${NONE},${NONE},${NONE},${NONE},${NONE},${NONE},${NONE},"Made up."`,
      `2,"TEST SANCTIONED COMPANY",${NONE},"TEST",${NONE},${NONE},${NONE},${NONE},${NONE},${NONE},${NONE},"Made up."`,
    ),
  },
  { name: "add.csv", content: csv(`1,1,${NONE},${NONE},${NONE},${NONE}`) },
  { name: "alt.csv", content: csv(`1,1,"aka","SANCTIONED, Testina",${NONE}`) },
];
const AS_OF = new Date("2026-01-01T00:00:00Z");

/** The list of twins: nobody outside is asked for it, and it is never old. */
export const testListFiles: ListFiles = {
  read: async ({ now }: Ctx) => ({
    source: "ofac",
    files: FILES,
    encoding: "utf-8",
    asOf: AS_OF < now ? AS_OF : now,
    confirmedAt: now,
  }),
};
