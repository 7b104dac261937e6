import { Type } from "typebox";
import { pageOfRows } from "../database/index.ts";
import { Instant, Nullable, pageOf, pageQuery, type Routes } from "../http/index.ts";
import type { Flag, Flags } from "./flags.ts";

const KEY_LENGTH_MAX = 100;

const FlagView = Type.Object(
  {
    key: Type.String({ examples: ["partner-program"] }),
    description: Type.String({ description: "What it opens", examples: ["Registration is open to everybody"] }),
    isEnabled: Type.Boolean(),
    updatedAt: Nullable(Instant("When it was last set")),
  },
  { description: "A feature that can be turned on and off" },
);

const FlagQuery = Type.Object(pageQuery(["key", "-key"]), { additionalProperties: false });
const SORTS = { key: ({ key }: Flag) => key };

const access = { audience: "operator", scope: "flags:write" } as const;
const tags = ["Features"];

/** Features, for the operator's people. */
export const flagRoutes =
  (flags: Flags): Routes =>
  (app) => {
    app.get(
      "/api/v1/admin/features",
      {
        config: { access },
        schema: {
          operationId: "listFeatures",
          tags,
          summary: "Features, on or off",
          querystring: FlagQuery,
          response: { 200: pageOf(FlagView) },
        },
      },
      async (request) =>
        pageOfRows(await flags.listFlags(request.ctx), request.query, { sorts: SORTS, defaultSort: "key" }),
    );

    app.put(
      "/api/v1/admin/features/:key",
      {
        config: { access },
        schema: {
          operationId: "setFeature",
          tags,
          summary: "Turn a feature on or off",
          params: Type.Object({ key: Type.String({ maxLength: KEY_LENGTH_MAX, description: "Of the feature" }) }),
          body: Type.Object(
            { isEnabled: Type.Boolean() },
            { additionalProperties: false, examples: [{ isEnabled: true }] },
          ),
          response: { 200: FlagView },
        },
      },
      (request) => flags.setFlag(request.ctx, { ...request.params, ...request.body }),
    );
  };
