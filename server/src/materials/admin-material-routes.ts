import { FILE_BODY_BYTES, FILE_RESPONSE, sendFile } from "../platform/files/index.ts";
import type { Routes } from "../platform/http/index.ts";
import {
  ChangeMaterialBody,
  CreateMaterialBody,
  MaterialParams,
  MaterialVersionBody,
  MaterialVersionParams,
  OperatorMaterial,
  OperatorMaterialDetail,
  OperatorMaterialPage,
  OperatorMaterialQuery,
} from "./material-schema.ts";
import type { MaterialService } from "./material-service.ts";

const reading = { audience: "operator", scope: "materials:read" } as const;
const writing = { audience: "operator", scope: "materials:write" } as const;

/** Materials as the team keeps them. */
export const adminMaterialRoutes =
  (materials: MaterialService): Routes =>
  (app) => {
    app.route({
      method: "GET",
      url: "/api/v1/admin/materials",
      config: { access: reading },
      schema: {
        operationId: "listAllMaterials",
        tags: ["Operator"],
        summary: "List every material",
        querystring: OperatorMaterialQuery,
        response: { 200: OperatorMaterialPage },
      },
      handler: (request) => materials.findMaterials(request.ctx, request.query),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/materials",
      config: { access: writing, successStatus: 201 },
      bodyLimit: FILE_BODY_BYTES,
      schema: {
        operationId: "createMaterial",
        tags: ["Operator"],
        summary: "Offer something to publish",
        description:
          "What a file is, its content says: SVG and HTML are refused. A text names where the partner's link belongs.",
        body: CreateMaterialBody,
        response: { 201: OperatorMaterial },
      },
      handler: async (request, reply) =>
        reply.code(201).send(await materials.createMaterial(request.ctx, request.body)),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/materials/:id",
      config: { access: reading },
      schema: {
        operationId: "getMaterialFor",
        tags: ["Operator"],
        summary: "Get a material with its versions",
        params: MaterialParams,
        response: { 200: OperatorMaterialDetail },
      },
      handler: (request) => materials.getMaterialFor(request.ctx, { materialId: request.params.id }),
    });
    app.route({
      method: "PATCH",
      url: "/api/v1/admin/materials/:id",
      config: { access: writing },
      schema: {
        operationId: "changeMaterial",
        tags: ["Operator"],
        summary: "Change, archive or restore a material",
        params: MaterialParams,
        body: ChangeMaterialBody,
        response: { 200: OperatorMaterial },
      },
      handler: (request) => materials.changeMaterial(request.ctx, { materialId: request.params.id, ...request.body }),
    });
    app.route({
      method: "POST",
      url: "/api/v1/admin/materials/:id/versions",
      config: { access: writing, successStatus: 201 },
      bodyLimit: FILE_BODY_BYTES,
      schema: {
        operationId: "addMaterialVersion",
        tags: ["Operator"],
        summary: "Replace what a material holds",
        description: "Banners that stand in partners' pages show it within minutes. What it held before is kept.",
        params: MaterialParams,
        body: MaterialVersionBody,
        response: { 201: OperatorMaterial },
      },
      handler: async (request, reply) =>
        reply
          .code(201)
          .send(await materials.addMaterialVersion(request.ctx, { materialId: request.params.id, ...request.body })),
    });
    app.route({
      method: "GET",
      url: "/api/v1/admin/materials/:id/versions/:number/file",
      config: { access: reading },
      schema: {
        operationId: "getMaterialFileFor",
        tags: ["Operator"],
        summary: "Download the file of a version",
        params: MaterialVersionParams,
        response: FILE_RESPONSE,
      },
      handler: async (request, reply) =>
        sendFile(
          reply,
          await materials.getMaterialFileFor(request.ctx, {
            materialId: request.params.id,
            number: request.params.number,
          }),
        ),
    });
  };
