import { accessErrors, type Ctx } from "../platform/context.ts";

/** The person who has signed in; refuses keys and nobody. */
export function requirePerson({ actor }: Ctx): string {
  if (actor.type === "anonymous") throw accessErrors.unauthenticated();
  if (actor.type !== "user") throw accessErrors.person_required();
  return actor.userId;
}
