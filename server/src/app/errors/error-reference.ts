import { knownProblems } from "../../platform/http/index.ts";
import { REMEDIES, REMEDY_BY_STATUS } from "./remedies.ts";

export type DescribedError = {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly remedy: string;
};

/** Every error of the API with what to do about it, by code. */
export const describedErrors = (): DescribedError[] =>
  knownProblems().map((problem) => ({
    ...problem,
    remedy: REMEDIES[problem.code] ?? REMEDY_BY_STATUS[problem.status] ?? "",
  }));

const HEAD = `# Errors

<!-- Made from the modules' catalogues by \`npm run errors\`. -->

Errors are problem documents (RFC 9457, \`application/problem+json\`). \`code\` never changes and is what a program branches on; \`title\` is for people and
may change. \`type\` leads to this page as the server shows it (\`/docs/errors\`), \`facts\` holds the figures behind the error, \`errors\` each field that is
wrong, and \`requestId\` is what to look for in the log.
`;

/** docs/reference/errors.md. */
export function errorReference(): string {
  const errors = describedErrors();
  const modules = [...new Set(errors.map(({ code }) => moduleOf(code)))];
  const parts = modules.map((module) =>
    [
      `## ${module}`,
      "",
      "| code | status | title | what to do |",
      "|---|---|---|---|",
      ...errors
        .filter(({ code }) => moduleOf(code) === module)
        .map(({ code, status, title, remedy }) => `| \`${code}\` | ${status} | ${title} | ${remedy} |`),
    ].join("\n"),
  );
  return `${[HEAD.trimEnd(), ...parts].join("\n\n")}\n`;
}

const moduleOf = (code: string): string => code.split(".")[0] ?? code;
