import { readPrivateFile, writePrivateFile } from "./private-file.ts";
import { StartError } from "./start-error.ts";

/** What kind of installation a folder holds. It is decided at the first start and never changes. */
export type Installation = {
  readonly kind: "demo" | "empty";
  readonly createdAt: string;
  /** Set when the whole demo has been built; until then a start goes on building. */
  readonly demoBuiltAt?: string;
};

/** Reads or decides the kind of an installation. A folder with the demo is no place for real partners. */
export function openInstallation(path: string, wantsEmpty: boolean, now: Date): Installation {
  const kept = readPrivateFile(path) as Installation | undefined;
  if (kept?.kind === "demo" && wantsEmpty) {
    throw new StartError(
      "This folder holds the demo, and --empty asks for a programme without it.",
      "Start with a folder of its own: TRIBUTARY_HOME=$HOME/tributary npm start -- --empty",
    );
  }
  if (kept !== undefined) return kept;
  const made: Installation = { kind: wantsEmpty ? "empty" : "demo", createdAt: now.toISOString() };
  writePrivateFile(path, made);
  return made;
}

export const markDemoBuilt = (path: string, installation: Installation, now: Date): void =>
  writePrivateFile(path, { ...installation, demoBuiltAt: now.toISOString() });
