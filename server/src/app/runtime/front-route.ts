import { DOCS_PREFIX, type Routes } from "../../platform/http/index.ts";

/** The bare address, which the start prints and people open: there is nothing of its own, so it leads to the documentation. */
export const frontRoute: Routes = (app) => {
  app.get("/", { config: { isProbe: true }, schema: { hide: true } }, (_request, reply) =>
    reply.redirect(DOCS_PREFIX, 302),
  );
};
