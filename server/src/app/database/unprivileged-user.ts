import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { isRoot } from "../runtime/home.ts";
import { StartError } from "../runtime/start-error.ts";

/** Whom Postgres runs as where this process is root: Postgres itself refuses to run as root. */
export type UnprivilegedUser = { readonly name: string; readonly uid: number; readonly gid: number };

const CANDIDATES = ["postgres", "nobody"];

/**
 * A user that exists on this machine: the owner of the data where there are any, else the first candidate. Undefined where this process is
 * not root and needs nobody else. Nothing is changed on the system.
 */
export function findUnprivilegedUser(dataFolder: string | undefined): UnprivilegedUser | undefined {
  if (!isRoot()) return undefined;
  const users = readUsers();
  const owner = dataFolder === undefined ? undefined : statSync(dataFolder, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) {
    return users.find(({ uid }) => uid === owner.uid) ?? { name: String(owner.uid), uid: owner.uid, gid: owner.gid };
  }
  for (const name of CANDIDATES) {
    const user = users.find((candidate) => candidate.name === name && candidate.uid !== 0);
    if (user) return user;
  }
  throw new StartError(
    `Postgres cannot run as root, and this machine has no user ${CANDIDATES.join(" or ")}.`,
    "Make one (useradd --system postgres), or start Tributary as an ordinary user.",
  );
}

function readUsers(): UnprivilegedUser[] {
  return readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .filter((fields) => fields.length >= 4)
    .map(([name = "", , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
}

/** Whether a user can enter a folder: tried as that user, since what the permissions along the way add up to is for the system to say. */
export function canEnter(user: UnprivilegedUser | undefined, folder: string): boolean {
  if (user === undefined) return true;
  const { status } = spawnSync("/bin/sh", ["-c", 'cd "$1" 2>/dev/null', "sh", folder], {
    uid: user.uid,
    gid: user.gid,
    cwd: "/",
    stdio: "ignore",
  });
  return status === 0;
}
