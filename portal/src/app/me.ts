import { useSuspenseQuery } from "@tanstack/react-query";
import type { Output } from "@tributary/sdk";
import { read } from "./queries.ts";

export const meQuery = () => read("getMe");

/** Whose pages are shown: those of who looks as a partner are the partner's. */
export const isAsPartner = ({ user, isLooking }: Output<"getMe">): boolean => user.role === "partner" || isLooking;

/** Who is signed in, and what they may do. Who looks as a partner sees every control where its owner has it; the server refuses them all. */
export function useMe() {
  const { data } = useSuspenseQuery(meQuery());
  const may = (scope: string): boolean => data.isLooking || data.scopes.includes(scope);
  return { ...data, isPartner: isAsPartner(data), may };
}
