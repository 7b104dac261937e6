import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { asOwner, type ClonedDatabase } from "./postgres.ts";

const FOLDER = new URL("../../migrations/", import.meta.url);

/** Does what a migration does at an upgrade, again: for one that leaves the schema as it is and mends rows, on rows as an earlier release left them. */
export async function mendAgain(database: Pick<ClonedDatabase, "ownerUrl">, name: string): Promise<void> {
  const text = await readFile(fileURLToPath(new URL(`${name}.sql`, FOLDER)), "utf8");
  const [up = ""] = text.split("-- Down Migration");
  await asOwner(database, `begin; ${up}; commit`);
}

/** Takes a migration back and does it again, as putting a release back and forward does. */
export async function undoAndRedo(database: Pick<ClonedDatabase, "ownerUrl">, name: string): Promise<void> {
  const text = await readFile(fileURLToPath(new URL(`${name}.sql`, FOLDER)), "utf8");
  const [up = "", down = ""] = text.split("-- Down Migration");
  await asOwner(database, `begin; ${down}; ${up}; commit`);
}
