import { readFile, writeFile } from "node:fs/promises";
import openapiTypeScript, { astToString } from "openapi-typescript";
// Loads every module, and with it every catalogue of errors.
import "../server/src/app/compose.ts";
import { describedErrors } from "../server/src/app/errors/error-reference.ts";

// `npm run sdk`: writes what the SDK takes from the API's document; with --check only says whether it is as it is.

type Document = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };
type Operation = {
  readonly operationId: string;
  readonly parameters?: readonly { readonly $ref?: string }[];
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
};

const HEAD = "// Written by `npm run sdk` from openapi.json. Not edited by hand.\n\n";
/** Read as a stream, by `events`. */
const STREAMED = "streamWebhookEvents";
const document = JSON.parse(await readFile(new URL("../openapi.json", import.meta.url), "utf8")) as Document;

function routeOf(path: string, method: string, { parameters = [], responses }: Operation): string {
  const success = Object.entries(responses).find(([status]) => status.startsWith("2"))?.[1];
  const kinds = Object.keys(success?.content ?? {});
  const takesKey = parameters.some(({ $ref }) => $ref?.endsWith("IdempotencyKey"));
  const isFile = kinds.length > 0 && kinds.join() !== "application/json";
  const facts = [...(takesKey ? ["takesKey: true"] : []), ...(isFile ? ["isFile: true"] : [])];
  return `{ method: "${method.toUpperCase()}", path: "${path}"${facts.map((fact) => `, ${fact}`).join("")} }`;
}

const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods)
    .filter(([, operation]) => operation.operationId !== STREAMED)
    .map(([method, operation]) => `  ${operation.operationId}: ${routeOf(path, method, operation)},`),
);
const codes = describedErrors().map(({ code }) => `  | "${code}"`);

const files = {
  "openapi.ts": HEAD + astToString(await openapiTypeScript(JSON.stringify(document))),
  "routes.ts": `${HEAD}export const ROUTES = {\n${routes.join("\n")}\n} as const;\n`,
  "error-codes.ts": `${HEAD}/** Every error of the API: \`<module>.<name>\`. */\nexport type ErrorCode =\n${codes.join("\n")};\n`,
};

for (const [name, text] of Object.entries(files)) {
  const file = new URL(`src/generated/${name}`, import.meta.url);
  if ((await readFile(file, "utf8").catch(() => "")) === text) continue;
  if (process.argv.includes("--check")) {
    console.error(
      `sdk/src/generated/${name} does not fit openapi.json: run \`npm run sdk\` and commit what it writes.`,
    );
    process.exitCode = 1;
  } else {
    await writeFile(file, text);
    console.log(`wrote sdk/src/generated/${name}`);
  }
}
