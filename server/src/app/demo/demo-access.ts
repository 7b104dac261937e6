import { join } from "node:path";
import type { Home } from "../runtime/home.ts";
import { readPrivateFile, writePrivateFile } from "../runtime/private-file.ts";

export type DemoLogin = { readonly role: string; readonly email: string; readonly password: string };

/** How people and the shop get into the demo, and how far it is built: kept in the folder of the installation, shown at every start. */
export type DemoAccess = {
  readonly logins: readonly DemoLogin[];
  /** The operator's key that the shop reports with; null until the logins can be used. */
  readonly shopKey: { readonly id: string; readonly secret: string } | null;
  /** The day on which the story ends. */
  readonly storyEnd: string;
  /** How many of its months have been told. */
  readonly monthsBuilt: number;
};

const fileOf = (home: Home): string => join(home.folder, "demo.json");

/** What is kept of the demo; undefined until it has any logins. */
export const readDemoAccess = (home: Home): DemoAccess | undefined =>
  readPrivateFile(fileOf(home)) as DemoAccess | undefined;

export const keepDemoAccess = (home: Home, access: DemoAccess): void => writePrivateFile(fileOf(home), access);
