import ipaddr from "ipaddr.js";
import { Type } from "typebox";
import type { Routes } from "../platform/http/index.ts";
import type { WhitelabelService } from "./whitelabel-service.ts";

/** What a proxy adds when it passes a stranger's request on: its own question carries none of it. */
const FORWARDED = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"];
/** Where a proxy of ours is: on this machine, or in a net with it. */
const NEAR = new Set(["loopback", "private", "uniqueLocal", "carrierGradeNat", "linkLocal"]);

/** Asked by the proxy before it gets a certificate. Nobody else learns that it is there. */
export const certificateRoutes =
  (whitelabel: Pick<WhitelabelService, "mayHaveCertificate">): Routes =>
  (app) => {
    app.get<{ Querystring: { domain: string } }>(
      "/internal/certificates/ask",
      {
        config: { isProbe: true },
        schema: {
          hide: true,
          querystring: Type.Object({ domain: Type.String({ minLength: 1, maxLength: 253 }) }),
        },
      },
      async (request, reply) => {
        const { remoteAddress = "" } = request.socket;
        const isNear = ipaddr.isValid(remoteAddress) && NEAR.has(ipaddr.process(remoteAddress).range());
        if (!isNear || FORWARDED.some((name) => request.headers[name] !== undefined)) return reply.callNotFound();
        const isYes = await whitelabel.mayHaveCertificate(request.query.domain);
        return reply.code(isYes ? 200 : 404).send();
      },
    );
  };
