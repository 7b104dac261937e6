import { rotateSourceSecret, updateSource } from "./change-source.ts";
import { createSource } from "./create-source.ts";
import { findFailures, findSources, findUnmatched } from "./find-revenue.ts";
import { forgetRevenue } from "./forget-revenue.ts";
import { matchConverted, matchRevenue } from "./match-revenue.ts";
import { putInOrder } from "./put-in-order.ts";
import type { RevenueDeps } from "./revenue-deps.ts";
import { storeStripeMessage } from "./store-stripe-message.ts";
import { takeIntake } from "./take-intake.ts";
import { takeStripeMessage } from "./take-news.ts";
import { verifyIntake } from "./verify-intake.ts";

/** Revenue that billing systems tell of by themselves. */
export const createRevenueService = (deps: RevenueDeps) => ({
  createSource: createSource(deps),
  rotateSourceSecret: rotateSourceSecret(deps),
  updateSource: updateSource(deps),
  findSources: findSources(deps),
  findUnmatched: findUnmatched(deps),
  findFailures: findFailures(deps),
  storeStripeMessage: storeStripeMessage(deps),
  takeStripeMessage: takeStripeMessage(deps),
  verifyIntake: verifyIntake(deps),
  takeIntake: takeIntake(deps),
  matchRevenue: matchRevenue(deps),
  matchConverted: matchConverted(deps),
  putInOrder: putInOrder(deps),
  forgetRevenue: forgetRevenue(deps),
});

export type RevenueService = ReturnType<typeof createRevenueService>;
