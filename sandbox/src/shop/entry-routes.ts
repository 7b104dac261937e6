import type { FastifyInstance, FastifyRequest } from "fastify";
import { sendPage } from "../pages/page.ts";
import { formOf } from "../servers/forms.ts";
import { findProduct } from "./catalogue.ts";
import { signInPage, signUpPage } from "./entry-pages.ts";
import { findPartnerOfClick } from "./findings.ts";
import { landingPage } from "./landing-page.ts";
import { type ShopDeps, signUp } from "./shop-acts.ts";
import type { Frame } from "./shop-layout.ts";
import { clickOf, rememberClick, signInAs, signOut, visitOf } from "./shop-visitor.ts";
import type { TributaryAccess } from "./tributary-client.ts";

const EMAIL = /^[^\s@<>"]{1,64}@[^\s@<>"]{1,190}\.[^\s@<>"]{2,}$/;

/** The landing page, and the ways in and out. */
export function addEntryRoutes(
  server: FastifyInstance,
  deps: ShopDeps,
  {
    frameOf,
    access,
  }: { readonly frameOf: (request: FastifyRequest) => Frame; readonly access: () => TributaryAccess | undefined },
): void {
  const { records, reporter } = deps;
  const findByEmail = (email: string) =>
    records.customers.all().find((customer) => customer.email.toLowerCase() === email.toLowerCase());

  server.get("/", async (request, reply) => {
    const clickId = rememberClick(request, reply);
    const partner = clickId === undefined ? undefined : await findPartnerOfClick(access(), clickId);
    return sendPage(reply, landingPage(frameOf(request), { clickId, partner }));
  });

  server.get<{ Querystring: { next?: string } }>("/signup", (request, reply) => {
    const clickId = rememberClick(request, reply);
    const at = { product: findProduct(request.query.next ?? ""), clickId };
    return sendPage(reply, signUpPage(frameOf(request), { values: {} }, at));
  });

  server.post("/signup", async (request, reply) => {
    const form = formOf(request);
    const [name, email, code] = [form.text("name"), form.text("email"), form.text("code").slice(0, 60)];
    const product = findProduct(form.text("next"));
    const wrong =
      name === "" || name.length > 80
        ? "Give your name, in up to 80 characters."
        : !EMAIL.test(email)
          ? "This is not an e-mail address."
          : findByEmail(email) && "There is an account with this address. Sign in instead.";
    if (wrong !== undefined) {
      const filled = { values: { name, email, code }, wrong };
      const at = { product, clickId: clickOf(request) };
      return sendPage(reply, signUpPage(frameOf(request), filled, at), { status: 422 });
    }
    const customer = signUp(deps, { name, email, code, visit: visitOf(request, reply) });
    signInAs(records, reply, customer);
    await reporter.tell(customer.id);
    return reply.redirect(product === undefined ? "/account?done=welcome" : `/checkout/${product.id}`, 303);
  });

  server.get<{ Querystring: { next?: string } }>("/signin", (request, reply) =>
    sendPage(reply, signInPage(frameOf(request), { values: {} }, findProduct(request.query.next ?? ""))),
  );

  server.post("/signin", (request, reply) => {
    const form = formOf(request);
    const [email, product] = [form.text("email"), findProduct(form.text("next"))];
    const customer = findByEmail(email);
    if (customer === undefined) {
      const wrong = "No account has this address.";
      return sendPage(reply, signInPage(frameOf(request), { values: { email }, wrong }, product), { status: 422 });
    }
    signInAs(records, reply, customer);
    return reply.redirect(product === undefined ? "/account" : `/checkout/${product.id}`, 303);
  });

  server.post("/signout", (request, reply) => {
    signOut(records, request, reply);
    return reply.redirect("/", 303);
  });
}
