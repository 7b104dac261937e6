import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { commandLine } from "../../src/app/cli/program.ts";
import { settings } from "../../src/app/config/settings.ts";
import { ROOT } from "./source-tree.ts";

export type Document = { readonly path: string; readonly text: string };

const FOLDERS = ["docs", "sandbox"];
const isRead = (path: string): boolean => path.endsWith(".md") && !path.includes("node_modules");

/** Every document that people read. */
export function documents(): Document[] {
  const nested = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
  );
  return [...readdirSync(ROOT), ...nested]
    .filter(isRead)
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));
}

type OpenApi = { readonly paths: Record<string, Record<string, unknown>> };

const openapi = JSON.parse(readFileSync(join(ROOT, "openapi.json"), "utf8")) as OpenApi;
const scripts = new Set(
  Object.keys((JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: object }).scripts),
);
const settingNames: ReadonlySet<string> = new Set(settings.map(({ name }) => name));
const commands = new Set(
  commandLine({} as Parameters<typeof commandLine>[0]).commands.map((command) => command.name()),
);

/** `GET /api/v1/x/{}`, for every route. */
export const routes: ReadonlySet<string> = new Set(
  Object.entries(openapi.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${shapeOf(path)}`),
  ),
);
const paths = new Set([...routes].map((route) => route.slice(route.indexOf(" ") + 1)));

/** A path with its parameters left out, however they are written. */
export function shapeOf(path: string): string {
  return path
    .replace(/\?.*$/, "")
    .replaceAll(/\{[^}]*\}|:[a-zA-Z]+|\$\w+|<[^>]*>/g, "{}")
    .replace(/\/$/, "");
}

export const hasRoute = (route: string): boolean => {
  const [method = "", path = ""] = route.split(" ");
  return routes.has(`${method} ${shapeOf(path)}`);
};

/** Settings of tools and tests, which are no settings of the server. */
const OTHER_SETTINGS = new Set([
  "TEST_DATABASE_URL",
  "STRIPE_TEST_KEY",
  "MARQETA_BASE_URL",
  "MARQETA_APPLICATION_TOKEN",
  "MARQETA_ADMIN_TOKEN",
  "TRIBUTARY_TEST_NO_SKIPS",
  "TRIBUTARY_TEST_SEED",
]);

type Reference = {
  readonly kind: string;
  readonly pattern: RegExp;
  readonly exists: (name: string, from: string) => boolean;
};

const REFERENCES: readonly Reference[] = [
  {
    kind: "link",
    pattern: /\]\((?!https?:|mailto:|#)([^)\s#]+)(?:#[^)]*)?\)/g,
    exists: (name, from) => existsSync(join(ROOT, dirname(from), name)),
  },
  { kind: "script", pattern: /\bnpm run (?!tributary)([\w:-]+)(?!\*|[\w:-]*\*)/g, exists: (name) => scripts.has(name) },
  { kind: "command", pattern: /\bnpm run tributary -- (?!-)([a-z]+)/g, exists: (name) => commands.has(name) },
  {
    kind: "route",
    pattern: /\b((?:GET|POST|PUT|PATCH|DELETE) \/(?:api\/v1|r|health|metrics|\.well-known)[^\s`),;…]*)/g,
    exists: hasRoute,
  },
  {
    kind: "path",
    pattern: /\$API(\/[^\s"'`]+)/g,
    exists: (name) => paths.has(shapeOf(name).replace(/^\/r\/[\w-]+$/, "/r/{}")),
  },
  {
    kind: "setting",
    pattern: /`((?:[A-Z][A-Z0-9]*_)+[A-Z0-9]+)(?:=[^`]*)?`/g,
    // Decisions name constants of the code too.
    exists: (name, from) => settingNames.has(name) || OTHER_SETTINGS.has(name) || from.startsWith("docs/adr/"),
  },
  {
    kind: "file",
    pattern: /`((?:server|sandbox|scripts|docs|bench)\/[\w./*-]*\w)`/g,
    exists: (name) => name.includes("*") || existsSync(join(ROOT, name)),
  },
];

/** What a document names that is not there. */
export function broken({ path, text }: Document): string[] {
  // The map of the plan names what is not built too, and has a check of its own.
  const references =
    path === "docs/plan.md" ? REFERENCES.filter(({ kind }) => kind !== "route" && kind !== "script") : REFERENCES;
  return references.flatMap(({ kind, pattern, exists }) =>
    [...text.matchAll(pattern)]
      .map((match) => match[1] ?? "")
      .filter((name) => !exists(name, path))
      .map((name) => `${path}: no ${kind} ${name}`),
  );
}
