import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { App } from "./app.ts";
import { finishDocument } from "./openapi-document.ts";
import { describeOperation } from "./openapi-operation.ts";
import { DESCRIPTION, TAGS } from "./openapi-texts.ts";

/** Where the interactive documentation lives; the only routes that are not ours. */
export const DOCS_PREFIX = "/docs";
const VERSION = "0.1.0";
/** The bar on top belongs to another product; sections are folded, so that the page begins with what there is. */
const LOOK = ".swagger-ui .topbar { display: none } .swagger-ui .wrapper { max-width: 1100px }";
/** The page that the library serves leaves a telephone to think that it is 980 pixels wide. */
const VIEWPORT = `document.head.insertAdjacentHTML("beforeend", '<meta name="viewport" content="width=device-width">');`;

/** Collects the routes into an OpenAPI 3.1 document and serves it at /docs. Must be registered before the routes. */
export async function registerOpenApi(app: App, { publicUrl }: { publicUrl: string }): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Tributary",
        version: VERSION,
        description: DESCRIPTION,
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
      servers: [{ url: publicUrl }],
      tags: [...TAGS],
      components: {
        securitySchemes: {
          session: { type: "http", scheme: "bearer", bearerFormat: "JWT", description: "Access token from sign-in" },
          apiKey: { type: "http", scheme: "basic", description: "API key id and secret" },
        },
      },
    },
    refResolver: {
      buildLocalReference: (json, _base, _fragment, index) =>
        typeof json["$id"] === "string" ? json["$id"] : `def-${index}`,
    },
    transform: ({ schema, url, route }) => ({
      schema: describeOperation(schema as Parameters<typeof describeOperation>[0], route),
      url,
    }),
    transformObject: (document) =>
      "openapiObject" in document
        ? (finishDocument(document.openapiObject as object) as never)
        : document.swaggerObject,
  });
  await app.register(swaggerUi, {
    routePrefix: DOCS_PREFIX,
    staticCSP: true,
    theme: {
      title: "Tributary API",
      css: [{ filename: "tributary.css", content: LOOK }],
      js: [{ filename: "viewport.js", content: VIEWPORT }],
    },
    uiConfig: { docExpansion: "none", filter: true, defaultModelsExpandDepth: 0 },
  });
}
