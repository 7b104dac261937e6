import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { moneyWords, readAmount } from "../pages/money-words.ts";
import { sendPage } from "../pages/page.ts";
import { type Form, formOf } from "../servers/forms.ts";
import { accountPage } from "./account-page.ts";
import { findProduct } from "./catalogue.ts";
import { checkoutPage, messagePage } from "./entry-pages.ts";
import { findFindings, findPartnerOfConversion } from "./findings.ts";
import {
  buy,
  conversionsOf,
  mayGiveCode,
  newFormId,
  refund,
  renew,
  reportConversion,
  type ShopDeps,
} from "./shop-acts.ts";
import type { Frame } from "./shop-layout.ts";
import { type Act, actsOf, type Customer, leftOf, type Report } from "./shop-records.ts";
import { customerOf } from "./shop-visitor.ts";
import { fieldsOf, listOf, type TributaryAccess } from "./tributary-client.ts";

const FORM_ID = /^FB-[2-9A-HJ-NP-Z]{8}$/;

/** What a customer does: buy, renew, refund, and look. */
export function addAccountRoutes(
  server: FastifyInstance,
  deps: ShopDeps,
  at: { readonly frameOf: (request: FastifyRequest) => Frame; readonly access: () => TributaryAccess | undefined },
): void {
  const { records, reporter } = deps;
  const { frameOf, access } = at;

  /** The form's own id, which makes a second sending the same act; a new one where it is not ours. */
  const formIdOf = (form: Form, customer: Customer): string => {
    const id = form.text("form");
    const act = records.acts.get(id);
    return FORM_ID.test(id) && (act === undefined || act.customerId === customer.id) ? id : newFormId();
  };
  const toSignUp = (reply: FastifyReply, next?: string) =>
    reply.redirect(next === undefined ? "/signin" : `/signup?next=${next}`, 303);
  const toAct = async (reply: FastifyReply, act: Act, done: string) => {
    await reporter.tell(act.customerId);
    return reply.redirect(`/account?act=${act.id}&done=${done}`, 303);
  };

  /** An act's report, with what holds it up: its own trouble, or that of an earlier one which it waits for. */
  const reportOf = (act: Act): Report | undefined => {
    const report = records.reports.get(act.id);
    if (report?.state !== "waiting" || report.trouble !== null) return report;
    const first = records.reports.all().find((each) => each.customerId === act.customerId && each.state === "waiting");
    return { ...report, trouble: first?.trouble ?? null };
  };

  type Asked = {
    readonly act: Act | undefined;
    readonly notice?: string | undefined;
    readonly wrong?: string;
    readonly status?: number;
  };
  const account = async (request: FastifyRequest, reply: FastifyReply, customer: Customer, asked: Asked) => {
    const { act } = asked;
    const report = act === undefined ? conversionsOf(records, customer.id).at(-1) : reportOf(act);
    const transactionId = transactionIdOf(report);
    const findings = transactionId === undefined ? undefined : await findFindings(access(), transactionId);
    const partner = act === undefined ? await findPartnerOfConversion(access(), report?.answer) : undefined;
    const acts = actsOf(records, customer.id).map((each) => ({ ...each, left: leftOf(records, each) }));
    const page = accountPage(frameOf(request), {
      customer,
      acts,
      shown: { act, report, findings, partner },
      notice: asked.notice,
      wrong: asked.wrong,
      newForm: newFormId,
    });
    return sendPage(reply, page, { status: asked.status ?? 200 });
  };

  server.get<{ Params: { product: string } }>("/checkout/:product", (request, reply) => {
    const product = findProduct(request.params.product);
    if (product === undefined) return reply.callNotFound();
    const customer = customerOf(records, request);
    if (customer === undefined) return toSignUp(reply, product.id);
    const shown = {
      mayGiveCode: mayGiveCode(records, customer.id),
      now: deps.now().toISOString(),
      formId: newFormId(),
    };
    return sendPage(reply, checkoutPage(frameOf(request), product, shown));
  });

  server.post<{ Params: { product: string } }>("/checkout/:product", async (request, reply) => {
    const product = findProduct(request.params.product);
    if (product === undefined) return reply.callNotFound();
    const customer = customerOf(records, request);
    if (customer === undefined) return toSignUp(reply, product.id);
    const form = formOf(request);
    const code = form.text("code").slice(0, 60);
    if (code !== "" && mayGiveCode(records, customer.id)) reportConversion(deps, customer, { code, ip: request.ip });
    // The purchase is dated after Tributary knows who brought the customer: what is dated before a conversion earns nothing.
    await reporter.tell(customer.id);
    return toAct(reply, buy(deps, customer, { product, formId: formIdOf(form, customer) }), "bought");
  });

  server.post("/plan/renew", async (request, reply) => {
    const customer = customerOf(records, request);
    if (customer === undefined) return toSignUp(reply);
    const act = renew(deps, customer, formIdOf(formOf(request), customer));
    return act === undefined ? reply.redirect("/account", 303) : toAct(reply, act, "renewed");
  });

  server.post<{ Params: { id: string } }>("/acts/:id/refund", async (request, reply) => {
    const customer = customerOf(records, request);
    if (customer === undefined) return toSignUp(reply);
    const purchase = records.acts.get(request.params.id);
    if (purchase === undefined || purchase.customerId !== customer.id || purchase.kind === "refund") {
      return reply.callNotFound();
    }
    const form = formOf(request);
    const left = leftOf(records, purchase);
    const amount = form.text("part") === "all" ? left : readAmount(form.text("amount"), purchase.currency);
    const formId = formIdOf(form, customer);
    const act = amount === undefined ? undefined : refund(deps, purchase, { amount, formId });
    if (act !== undefined) return toAct(reply, act, "refunded");
    const wrong = `Of this payment ${moneyWords(left, purchase.currency)} can be refunded: give an amount up to that.`;
    return account(request, reply, customer, { act: purchase, wrong, status: 422 });
  });

  server.post("/reports/retry", async (request, reply) => {
    const customer = customerOf(records, request);
    if (customer === undefined) return toSignUp(reply);
    await reporter.retryNow(customer.id);
    return reply.redirect("/account#tributary", 303);
  });

  server.get<{ Querystring: { act?: string; done?: string } }>("/account", async (request, reply) => {
    const customer = customerOf(records, request);
    if (customer === undefined) return toSignUp(reply);
    const asked = records.acts.get(request.query.act ?? "");
    const act = asked?.customerId === customer.id ? asked : actsOf(records, customer.id)[0];
    return account(request, reply, customer, { act, notice: NOTICES[request.query.done ?? ""] });
  });

  server.setNotFoundHandler((request, reply) => {
    const page = messagePage(frameOf(request), "There is no such page", "It may have moved, or the link is not whole.");
    return sendPage(reply, page, { status: 404 });
  });
  server.setErrorHandler((error, request, reply) => {
    const status = (error as { statusCode?: number }).statusCode ?? 500;
    const page = messagePage(frameOf(request), "This did not work", "Nothing was charged. Go back and try again.");
    return sendPage(reply, page, { status });
  });
}

const NOTICES: Readonly<Record<string, string>> = {
  welcome: "Welcome. Your account is open.",
  bought: "Paid. Thank you.",
  renewed: "Next month is paid.",
  refunded: "The refund is on its way to your card.",
};

/** What Tributary called the transaction. */
function transactionIdOf(report: Report | undefined): string | undefined {
  if (report?.state !== "done") return undefined;
  const id = listOf(fieldsOf(report.answer)["results"])[0]?.["id"];
  return typeof id === "string" ? id : undefined;
}
