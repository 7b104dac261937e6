import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

export type SourceFile = { readonly path: string; readonly text: string };

/** Every TypeScript file under the given folders, tests included, planted examples not. */
export function sourceFiles(...folders: string[]): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.includes("node_modules") && !path.includes("/planted/"))
      .map((path) => ({ path: relative(ROOT, path), text: readFileSync(path, "utf8") })),
  );
}

/** The module that a path of the server belongs to. */
export const moduleOf = (path: string): string => /^server\/src\/([^/]+)\//.exec(path)?.[1] ?? "";

export { tableOwners } from "../../src/app/database/table-owners.ts";
