import { type Setting, settings } from "./settings.ts";

const NOTICE = "Made from server/src/app/config/settings.ts by `npm run configuration`; edit it there.";

/** The reference of the settings, in Markdown. */
export function configurationReference(): string {
  return [
    "# Configuration",
    "",
    `<!-- ${NOTICE} -->`,
    "",
    "Settings are environment variables. `npm start` also reads them from a file `.env` in the checkout; the environment wins. An empty value",
    "counts as not given. A value that cannot be used stops the start, with all such values named at once.",
    ...groups().flatMap(([group, members]) => [
      "",
      `## ${group}`,
      "",
      "| setting | meaning | value | default |",
      "|---|---|---|---|",
      ...members.map(
        (setting) =>
          `| \`${setting.name}\`${setting.isSecret ? " (secret)" : ""} | ${setting.description} | ${valueOf(setting)} | ${defaultOf(setting)} |`,
      ),
    ]),
    "",
  ].join("\n");
}

/** A file to copy to `.env`: every setting, with its default, commented out. */
export function environmentExample(): string {
  return [
    `# ${NOTICE}`,
    "# Copy it to .env and take the # away from what you set.",
    ...groups().flatMap(([group, members]) => [
      "",
      `# == ${group}`,
      ...members.flatMap((setting) => [
        "",
        `# ${setting.description}`,
        ...(setting.howTo ? [`# Make one: ${setting.howTo}`] : []),
        `#${setting.name}=${setting.default ?? setting.examples?.[0] ?? ""}`,
      ]),
    ]),
    "",
  ].join("\n");
}

const groups = (): [string, Setting[]][] =>
  [...new Set(settings.map(({ group }) => group))].map((group) => [
    group,
    settings.filter((setting) => setting.group === group),
  ]);

function valueOf(setting: Setting): string {
  if (setting.choices) return setting.choices.map((choice) => `\`${choice}\``).join(", ");
  if (setting.schemes) return setting.schemes.map((scheme) => `\`${scheme}://…\``).join(" or ");
  if (setting.howTo) return `\`${setting.howTo}\``;
  if (setting.type === "integer") return `${setting.minimum} to ${setting.maximum}`;
  if (setting.type === "boolean") return "`true` or `false`";
  return setting.examples ? `such as \`${setting.examples[0]}\`` : "text";
}

const defaultOf = (setting: Setting): string =>
  setting.default === undefined ? (setting.defaultText ?? "none") : `\`${String(setting.default)}\``;
