import { FILE_RESPONSE, sendFile } from "../platform/files/index.ts";
import type { Routes } from "../platform/http/index.ts";
import { IMAGE_PATH } from "./find-materials.ts";
import { EmbedQuery, MaterialDetail, MaterialPage, MaterialParams, MaterialQuery } from "./material-schema.ts";
import type { MaterialService } from "./material-service.ts";
import { BANNER_RESPONSE, sendBanner } from "./send-banner.ts";

const reading = { audience: "partner", scope: "own:materials:read" } as const;

/** What a partner may publish, and the pictures that stand in its pages. */
export const materialRoutes =
  (materials: MaterialService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/partners/materials",
      config: { access: reading },
      schema: {
        operationId: "listMaterials",
        tags: ["Materials"],
        summary: "List what you may publish",
        querystring: MaterialQuery,
        response: { 200: MaterialPage },
      },
      handler: (request) => materials.getMaterials(request.ctx, request.query),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/materials/:id",
      config: { access: reading },
      schema: {
        operationId: "getMaterial",
        tags: ["Materials"],
        summary: "Get a material with your own link inside",
        params: MaterialParams,
        querystring: EmbedQuery,
        response: { 200: MaterialDetail },
      },
      handler: (request) =>
        materials.getMaterial(request.ctx, { materialId: request.params.id, linkId: request.query.linkId }),
    });
    app.route({
      method: "GET",
      url: "/api/v1/partners/materials/:id/file",
      config: { access: reading },
      schema: {
        operationId: "downloadMaterial",
        tags: ["Materials"],
        summary: "Download the file of a material",
        description: "Counted.",
        params: MaterialParams,
        response: FILE_RESPONSE,
      },
      handler: async (request, reply) => {
        const isCounted = request.method === "GET";
        return sendFile(
          reply,
          await materials.downloadMaterial(request.ctx, { materialId: request.params.id, isCounted }),
        );
      },
    });
    app.route({
      method: "GET",
      url: `${IMAGE_PATH}/:id`,
      config: { access: { audience: "public" }, rateLimit: "tracking" },
      schema: {
        operationId: "getBanner",
        tags: ["Tracking"],
        summary: "The picture of a banner",
        description:
          "For pages that a banner is embedded in: always the latest version, and none once it is withdrawn.",
        params: MaterialParams,
        response: BANNER_RESPONSE,
      },
      handler: async (request, reply) =>
        sendBanner(request, reply, await materials.getBanner(request.ctx, { materialId: request.params.id })),
    });
  };
