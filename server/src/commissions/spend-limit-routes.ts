import { Type } from "typebox";
import { Amount, CurrencyCode, Nullable, pageOf, pageQuery, type Routes } from "../platform/http/index.ts";
import type { CommissionService } from "./commission-service.ts";

const SpendLimit = Type.Object({
  currency: CurrencyCode(),
  monthly: Amount("The most that all partners together earn on what is dated in a month"),
  month: Type.String({ format: "date", description: "The first day of this month" }),
  spent: Amount("What has been earned under it in this month; refunds take nothing off"),
});
const SpendLimits = Type.Object(
  { data: Type.Array(SpendLimit) },
  { $id: "SpendLimits", description: "What the programme may spend on commissions, by currency" },
);
const SpendLimitQuery = Type.Object(pageQuery(["currency", "-currency"]), { additionalProperties: false });

const SpendLimitBody = Type.Object(
  {
    monthly: Nullable(
      Type.Integer({
        minimum: 0,
        maximum: Number.MAX_SAFE_INTEGER,
        description: "Minor units; null ends the limit. It counts what is earned from now on",
      }),
    ),
    reason: Type.String({ minLength: 1, maxLength: 2_000, description: "Why; kept in the audit trail" }),
  },
  { additionalProperties: false, examples: [{ monthly: 5_000_000, reason: "Budget of the second quarter" }] },
);

/** What the programme may spend, for the operator. */
export const spendLimitRoutes =
  (commissions: CommissionService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/admin/commissions/spend-limits",
      config: { access: { audience: "operator", scope: "commissions:read" } },
      schema: {
        operationId: "listSpendLimits",
        tags: ["Operator"],
        summary: "List spend limits",
        querystring: SpendLimitQuery,
        response: { 200: pageOf(SpendLimit) },
      },
      handler: (request) => commissions.findSpending(request.ctx, request.query),
    });
    app.route({
      method: "PUT",
      url: "/api/v1/admin/commissions/spend-limits/:currency",
      config: { access: { audience: "operator", scope: "commissions:write" } },
      schema: {
        operationId: "setSpendLimit",
        tags: ["Operator"],
        summary: "Set or end a spend limit",
        description:
          "The last commission that fits in part is cut to what is left; what comes after earns nothing, and is not earned later.",
        params: Type.Object({ currency: CurrencyCode("Whose limit it is") }),
        body: SpendLimitBody,
        response: { 200: SpendLimits },
      },
      handler: async (request) => ({
        data: await commissions.limitSpending(request.ctx, { ...request.params, ...request.body }),
      }),
    });
  };
