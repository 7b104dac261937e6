import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { MODULE_ORDER } from "../../../module-order.mjs";
import { ROOT } from "../config/config.ts";

const FOLDER = join(ROOT, "server/migrations");

/** Who owns a table: the module that its migration is named after (`<time>_<module>[_what].sql`). */
export function tableOwners(): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const name of readdirSync(FOLDER).sort()) {
    const owner = MODULE_ORDER.find((module) => new RegExp(`^\\d+_${module}(_|\\.)`).test(name));
    const up = readFileSync(join(FOLDER, name), "utf8").split("-- Down Migration")[0] ?? "";
    for (const [, table] of up.matchAll(/create (?:unlogged )?table (\w+)/g)) {
      if (table !== undefined && owner !== undefined) owners.set(table, owner);
    }
  }
  return owners;
}
