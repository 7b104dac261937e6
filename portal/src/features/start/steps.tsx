import { useQuery } from "@tanstack/react-query";
import { type ComponentType, lazy } from "react";
import { useMe } from "../../app/me.ts";
import { read } from "../../app/queries.ts";
import { type MessageKey, t } from "../../i18n/messages.ts";
import { Panel } from "../../ui/panel.tsx";
import { isFormDue } from "../tax/form-due.ts";

/** A step is absent for whoever may not even see where it stands. */
export type StepState = "done" | "now" | "waiting" | "later" | "absent";

/** One step of becoming a partner. */
export type Step = {
  readonly name: string;
  readonly title: MessageKey;
  /** What the server knows of it: the place to go on is the same on every device. Undefined while it is not known. */
  readonly useState: () => StepState | undefined;
  /** What there is to do; shown where it is open. */
  readonly page: ComponentType;
};

const Refused = lazy(() => import("./refused.tsx"));
const useProfile = () => useQuery(read("getPartnerProfile"));
const doneIf = (isDone: boolean | undefined): StepState | undefined =>
  isDone === undefined ? undefined : isDone ? "done" : "now";

/** The path of a new partner, in the order in which it is walked. A part of the programme that asks for more adds its step here. */
export const STEPS: readonly Step[] = [
  {
    name: "email",
    title: "start.email",
    useState: () => doneIf(useProfile().data?.isEmailVerified),
    page: () => {
      const { data } = useProfile();
      return (
        <Panel>
          {data?.isEmailVerified ? t("start.emailDone", { email: data.email ?? "" }) : t("start.emailText")}
        </Panel>
      );
    },
  },
  {
    name: "about",
    title: "start.about",
    useState: () => {
      const { data } = useProfile();
      return doneIf(data && data.country !== null);
    },
    page: lazy(() => import("../settings/profile.tsx").then((all) => ({ default: all.OwnProfile }))),
  },
  {
    name: "review",
    title: "start.review",
    useState: () => {
      const { data } = useProfile();
      if (data?.status === "rejected") return "now";
      return data && (data.status === "pending" ? "waiting" : "done");
    },
    page: () => {
      const { data } = useProfile();
      if (data?.status === "rejected") return <Refused profile={data} />;
      return <Panel>{t(data?.status === "pending" ? "start.reviewText" : "start.reviewDone")}</Panel>;
    },
  },
  {
    name: "agreement",
    title: "start.agreement",
    useState: () => {
      const { data } = useQuery(read("listOwnAgreements"));
      return doneIf(data && data.data.every(({ status }) => status !== "open"));
    },
    page: lazy(() => import("../agreements/own-agreements.tsx").then((all) => ({ default: all.OwnAgreementList }))),
  },
  {
    name: "tax",
    title: "start.tax",
    useState: () => {
      const mayRead = useMe().may("own:tax:read");
      const { data } = useQuery({ ...read("getOwnTax"), enabled: mayRead });
      if (!mayRead) return "absent";
      if (data === undefined) return undefined;
      if (data.state === "valid" || data.state === "expiring") return "done";
      return isFormDue(data) ? "now" : "later";
    },
    page: lazy(() => import("../tax/own-tax.tsx").then((all) => ({ default: all.OwnTaxForm }))),
  },
  {
    name: "payout",
    title: "start.payout",
    useState: () => {
      const { data } = useQuery(read("getPaymentMethod"));
      if (data === undefined) return undefined;
      if (data?.status === "payable") return "done";
      // Stripe asks for something; that it checks what it was given is none of the partner's to do.
      return data === null || !data.statusReason?.endsWith("pending_verification") ? "now" : "waiting";
    },
    page: lazy(() => import("../settings/payout-method.tsx")),
  },
  {
    name: "link",
    title: "start.link",
    useState: () => {
      const { data } = useQuery(read("listReferralLinks", { query: { limit: 2, sort: "createdAt" } }));
      const isPending = useProfile().data?.status === "pending";
      return data && (data.data.length > 1 ? "done" : isPending ? "waiting" : "now");
    },
    page: lazy(() => import("./first-link.tsx")),
  },
];
