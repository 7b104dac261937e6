import { createHash, randomBytes } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Home, isRoot } from "../runtime/home.ts";
import { readPrivateFile, writePrivateFile } from "../runtime/private-file.ts";
import { StartError } from "../runtime/start-error.ts";
import { canEnter, findUnprivilegedUser, type UnprivilegedUser } from "./unprivileged-user.ts";

/** Where an embedded Postgres lies and how it is entered; kept in `postgres.json` of the folder of the installation. */
export type Cluster = {
  /** Belongs to the database's user; holds the data, and the socket where there is one. */
  readonly folder: string;
  readonly passwords: { readonly superuser: string; readonly owner: string; readonly server: string };
  /** Set once roles and database are there. */
  readonly isPrepared: boolean;
  /** The port, on the loopback address, where the path of the socket would be too long; 0 where the socket is used. */
  readonly tcpPort: number;
};

export type ClusterPlace = {
  readonly cluster: Cluster;
  readonly user: UnprivilegedUser | undefined;
  /** For what the database's user must be able to enter and the folder of the installation does not allow. */
  readonly outside: string;
  /** A database of an earlier installation in the same folder, which is gone; this one leaves it alone. */
  readonly leftBehind?: string;
};

const OUTSIDE = "/var/lib";

/** Finds the cluster of an installation, or decides where a new one lies. */
export function placeCluster(home: Home): ClusterPlace {
  const outside = join(OUTSIDE, `tributary-${createHash("sha256").update(home.folder).digest("hex").slice(0, 8)}`);
  const kept = readPrivateFile(home.postgres) as Cluster | undefined;
  if (kept !== undefined) {
    const user = findUnprivilegedUser(kept.folder);
    if (existsSync(kept.folder) && !canEnter(user, kept.folder)) {
      throw new StartError(
        `The database of this installation lies in ${kept.folder}, and the user ${user?.name} may not enter it.`,
        "Give back the permission to pass through every folder on the way (chmod o+x), or start as the user that made it.",
      );
    }
    return { cluster: kept, user, outside };
  }

  const user = findUnprivilegedUser(undefined);
  const usual = join(canEnter(user, home.folder) ? home.folder : outside, "postgres");
  // A database whose installation's folder is gone is never taken over (its passwords went with it), and never deleted.
  const isTaken = existsSync(usual);
  const folder = isTaken ? `${usual}-${randomBytes(4).toString("hex")}` : usual;
  const cluster: Cluster = {
    folder,
    passwords: { superuser: newPassword(), owner: newPassword(), server: newPassword() },
    isPrepared: false,
    tcpPort: 0,
  };
  makeFolder(cluster.folder, user);
  writePrivateFile(home.postgres, cluster);
  return { cluster, user, outside, ...(isTaken ? { leftBehind: usual } : {}) };
}

function makeFolder(folder: string, user: UnprivilegedUser | undefined): void {
  try {
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o700);
    if (user && isRoot()) chownSync(folder, user.uid, user.gid);
  } catch (error) {
    throw new StartError(
      `The database needs a folder that the user ${user?.name ?? "of this process"} can enter, and ${folder} cannot be made.`,
      "Give such a folder (TRIBUTARY_HOME=/srv/tributary npm start), start as an ordinary user, or use a Postgres of your own (DATABASE_URL).",
      error,
    );
  }
}

const newPassword = (): string => randomBytes(24).toString("base64url");
