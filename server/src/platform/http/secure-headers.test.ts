import { expect, it } from "vitest";
import { accessErrors, systemContext } from "../context.ts";
import { createHttpServer } from "./server.ts";

const careful = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "x-frame-options": "SAMEORIGIN",
};

async function answersOf(publicUrl: string) {
  const app = await createHttpServer({
    logger: false,
    routes: [
      (routes) => {
        routes.get("/open", { config: { access: { audience: "public" } } }, async () => ({}));
        routes.get("/closed", { config: { access: { audience: "person" } } }, async () => ({}));
      },
    ],
    identify: async () => systemContext({ tenantId: "", job: "test", now: new Date(0) }),
    authorize: (_ctx, access) => {
      if (access.audience === "person") throw accessErrors.unauthenticated();
    },
    limit: async () => {},
    trustProxy: false,
    publicUrl,
  });
  try {
    return await Promise.all(["/open", "/closed", "/nowhere"].map((url) => app.inject(url)));
  } finally {
    await app.close();
  }
}

it("every answer tells browsers to be careful: what is refused and what is not there too", async () => {
  const answers = await answersOf("http://operator.test");
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 401, 404]);
  for (const { headers } of answers) expect(headers).toMatchObject(careful);
});

it("over https alone they are told to come back over https", async () => {
  for (const { headers } of await answersOf("https://operator.test"))
    expect(headers["strict-transport-security"]).toBe("max-age=31536000");
  for (const { headers } of await answersOf("http://operator.test"))
    expect(headers).not.toHaveProperty("strict-transport-security");
});
