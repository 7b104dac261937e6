import type { Kysely } from "kysely";
import type { Ctx } from "../context.ts";
import type { DB } from "./tables.ts";

/** A transaction that may only read. It carries the context that it was opened for. */
export type ReadTx = Kysely<DB> & { readonly ctx: Ctx };

/** A transaction that may write. A function that takes one joins its caller's; it never opens, commits or rolls back. */
export type Tx = ReadTx & { readonly mode: "write" };
