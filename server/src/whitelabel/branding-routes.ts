import { FILE_BODY_BYTES, IMAGE_RESPONSE, sendImage } from "../platform/files/index.ts";
import type { Routes } from "../platform/http/index.ts";
import {
  Brand,
  BrandImageParams,
  BrandVersion,
  BrandWithVersions,
  RestoreBrandBody,
  SaveBrandBody,
} from "./branding-schema.ts";
import type { WhitelabelService } from "./whitelabel-service.ts";

/** What a page says that is suspended, it says under the programme's name. */
const open = { access: { audience: "public" }, whileSuspended: true } as const;
const reading = { access: { audience: "operator", scope: "program:read" } } as const;
const writing = { access: { audience: "operator", scope: "program:write" } } as const;
const tags = ["Branding"];

/** How a programme looks: for everybody, and for whoever sets it. */
export const brandingRoutes =
  (whitelabel: WhitelabelService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/brand",
      config: open,
      schema: {
        operationId: "getBrand",
        tags,
        summary: "How the programme looks",
        description: "Of the host that is asked. Before anybody has signed in, too.",
        response: { 200: Brand },
      },
      handler: (request) => whitelabel.getBrand(request.ctx),
    });
    app.route({
      method: "GET",
      url: "/api/v1/brand/images/:id",
      config: open,
      schema: {
        operationId: "getBrandImage",
        tags,
        summary: "A picture of the brand",
        params: BrandImageParams,
        response: IMAGE_RESPONSE,
      },
      handler: async (request, reply) =>
        sendImage(reply, await whitelabel.getBrandImage(request.ctx, { fileId: request.params.id })),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/branding",
      config: reading,
      schema: {
        operationId: "getBranding",
        tags,
        summary: "The branding and its versions",
        response: { 200: BrandWithVersions },
      },
      handler: (request) => whitelabel.getBranding(request.ctx),
    });
    app.route({
      method: "PUT",
      url: "/api/v1/admin/branding",
      config: writing,
      bodyLimit: FILE_BODY_BYTES,
      schema: {
        operationId: "saveBranding",
        tags,
        summary: "Save a new look and show it",
        description:
          "Refused where text cannot be read on its ground: the answer names the pair, its contrast and the least that is needed.",
        body: SaveBrandBody,
        response: { 200: BrandVersion },
      },
      handler: (request) => whitelabel.saveBranding(request.ctx, request.body),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/branding/restore",
      config: writing,
      schema: {
        operationId: "restoreBranding",
        tags,
        summary: "Bring an earlier look back",
        body: RestoreBrandBody,
        response: { 200: BrandVersion },
      },
      handler: (request) => whitelabel.restoreBranding(request.ctx, request.body),
    });
  };
