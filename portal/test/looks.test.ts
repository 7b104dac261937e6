import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const SOURCE = fileURLToPath(new URL("../src", import.meta.url));
const LOOKS = join(dirname(fileURLToPath(import.meta.resolve("@mantine/core/styles.css"))), "styles");
/** Loaded with the frame, and by every field. */
const ALWAYS = ["Button", "Group"];

/** Components of Mantine that a file draws and whose rules it does not load: they look right only after another page has. */
function unloaded(file: string): string[] {
  const text = readFileSync(join(SOURCE, file), "utf8");
  const [, names = ""] = /import \{([^}]*)\} from "@mantine\/core"/.exec(text) ?? [];
  return names
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && !ALWAYS.includes(name) && existsSync(join(LOOKS, `${name}.layer.css`)))
    .filter((name) => !text.includes(`styles/${name}.layer.css"`))
    .map((name) => `${file}: ${name}`);
}

it("whatever draws a component of Mantine loads what it looks like", () => {
  const files = globSync("**/*.tsx", { cwd: SOURCE });
  expect(files.length).toBeGreaterThan(200);
  expect(files.flatMap(unloaded)).toEqual([]);
});
