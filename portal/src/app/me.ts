import { useSuspenseQuery } from "@tanstack/react-query";
import { read } from "./queries.ts";

export const meQuery = () => read("getMe");

/** Who is signed in, and what they may do. */
export function useMe() {
  const { data } = useSuspenseQuery(meQuery());
  const isPartner = data.user.role === "partner" || data.isLooking;
  return { ...data, isPartner, may: (scope: string): boolean => data.scopes.includes(scope) };
}
