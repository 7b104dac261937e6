import type { Stripe } from "stripe";
import { invalidParameter } from "./api-error.ts";
import type { Parameters } from "./parameters.ts";

const LIMIT_DEFAULT = 10;
const LIMIT_MAX = 100;

/** Reads the parameters that every list takes and returns how it cuts its page out of all that match, which come in order of creation. */
export function readPage(
  parameters: Parameters,
): <T extends { readonly id: string }>(matching: T[], url: string) => Stripe.ApiList<T> {
  const limit = parameters.integer("limit") ?? LIMIT_DEFAULT;
  if (limit < 1 || limit > LIMIT_MAX) {
    throw invalidParameter("limit", `This value must be between 1 and ${LIMIT_MAX}.`, "parameter_invalid_integer");
  }
  const after = parameters.text("starting_after");
  const before = parameters.text("ending_before");
  return (matching, url) => {
    const newestFirst = matching.toReversed();
    if (before !== undefined) {
      const newer = newestFirst.slice(0, indexOf(newestFirst, before, "ending_before"));
      return { object: "list", data: newer.slice(-limit), has_more: newer.length > limit, url };
    }
    const older =
      after === undefined ? newestFirst : newestFirst.slice(indexOf(newestFirst, after, "starting_after") + 1);
    return { object: "list", data: older.slice(0, limit), has_more: older.length > limit, url };
  };
}

function indexOf(items: readonly { readonly id: string }[], id: string, param: string): number {
  const index = items.findIndex((item) => item.id === id);
  if (index < 0) throw invalidParameter(param, `No such object: '${id}'`, "resource_missing");
  return index;
}
