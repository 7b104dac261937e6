import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { read, useAct } from "../../app/queries.ts";
import { type MessageKey, t } from "../../i18n/messages.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Form } from "../../ui/form.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import stack from "../../ui/stack.module.css";
import { StatusMark } from "../../ui/status.tsx";
import { look, type StatusLook } from "../../ui/status-words.ts";
import { asList } from "../../ui/table-rows.ts";
import { toast } from "../../ui/toast.tsx";
import { unlessProof, useStepUp } from "../security/use-step-up.tsx";

type Domain = components["schemas"]["CustomDomain"];
type DnsRecord = Domain["records"][number];
type Problem = Domain["problems"][number];

/** DNS is asked behind the scenes: what it said is looked for this often. */
const REFRESH_MS = 5_000;

const STATES: Readonly<Record<Domain["state"], StatusLook>> = {
  pending: look("half", "wait", "domains.state.pending"),
  active: look("full", "good", "domains.state.active"),
  failing: look("held", "wait", "domains.state.failing"),
  broken: look("ended", "bad", "domains.state.broken"),
  lapsed: look("ended", "neutral", "domains.state.lapsed"),
};
const PROBLEMS: Readonly<Record<Problem["code"], MessageKey>> = {
  txt_missing: "domains.problem.txt_missing",
  txt_other: "domains.problem.txt_other",
  points_nowhere: "domains.problem.points_nowhere",
  points_elsewhere: "domains.problem.points_elsewhere",
  taken: "domains.problem.taken",
  unanswered: "domains.problem.unanswered",
};

const RECORDS: readonly Column<DnsRecord>[] = [
  { id: "type", header: t("domains.record.type"), cell: (row) => row.type },
  {
    id: "name",
    header: t("domains.record.name"),
    phone: "start",
    cell: (row) => <Copied text={row.name} label={`${row.type} ${t("domains.record.name")}`} />,
  },
  {
    id: "value",
    header: t("domains.record.value"),
    grow: true,
    phone: "below",
    cell: (row) => <Copied text={row.value} label={`${row.type} ${t("domains.record.value")}`} />,
  },
];

/** Domains on which the programme answers: entered, their records, what each is still missing. */
export default function Domains() {
  const { may } = useMe();
  const domains = useQuery({ ...read("listDomains"), refetchInterval: REFRESH_MS });
  return (
    <>
      {may("domains:write") ? (
        <Panel title={t("domains.enter")}>
          <EnterForm />
        </Panel>
      ) : null}
      <Loaded query={domains}>
        {({ data }) =>
          data.length === 0 ? (
            <Panel>
              <Empty title={t("domains.empty")} text={t("domains.emptyText")} />
            </Panel>
          ) : (
            data.map((domain) => <DomainPanel key={domain.id} domain={domain} mayChange={may("domains:write")} />)
          )
        }
      </Loaded>
    </>
  );
}

function EnterForm() {
  const [domain, setDomain] = useState("");
  const enter = useAct("enterDomain", {
    touches: ["listDomains"],
    onDone: () => {
      setDomain("");
      toast(t("domains.entered"));
    },
  });
  const { needsProof, dialog } = useStepUp();
  const send = (): void =>
    enter.mutate({ body: { domain: domain.trim() } }, { onError: (error) => void needsProof(error, send) });
  return (
    <>
      <Form
        act={t("domains.enter")}
        isBusy={enter.isPending}
        error={unlessProof(enter.error)}
        isReady={domain.trim() !== ""}
        onSubmit={send}
      >
        <TextInput
          label={t("domains.domain")}
          description={t("domains.enterText")}
          placeholder="partners.acme.com"
          dir="ltr"
          maxLength={500}
          value={domain}
          onChange={(event) => setDomain(event.currentTarget.value)}
        />
      </Form>
      {dialog}
    </>
  );
}

function DomainPanel({ domain, mayChange }: { readonly domain: Domain; readonly mayChange: boolean }) {
  const [isRemoving, setRemoving] = useState(false);
  const check = useAct("checkDomain", {
    touches: ["listDomains"],
    onDone: () => toast(t("domains.asked")),
  });
  const remove = useAct("removeDomain", {
    touches: ["listDomains"],
    onDone: () => {
      setRemoving(false);
      toast(t("domains.removed"));
    },
  });
  const { needsProof, dialog } = useStepUp();
  const path = { id: domain.id };
  const takeAway = (): void => remove.mutate({ path }, { onError: (error) => void needsProof(error, takeAway) });
  const ends = domain.endsAt === null ? null : <Moment at={domain.endsAt} as="time" />;
  return (
    <Panel
      title={domain.unicode}
      aside={
        <StatusMark
          look={STATES[domain.state]}
          note={
            ends === null ? (
              <Moment at={domain.since} as="ago" />
            ) : (
              <>
                {t("domains.until")} {ends}
              </>
            )
          }
          soft
        />
      }
    >
      <div className={stack.stack}>
        {domain.problems.length > 0 ? (
          <div role="status">
            <ul>
              {domain.problems.map((problem) => (
                <li key={`${problem.code} ${problem.expected.join()}`}>
                  {t(PROBLEMS[problem.code])}
                  <Found problem={problem} />
                </li>
              ))}
            </ul>
          </div>
        ) : null}
        <DataTable
          caption={t("domains.records", { domain: domain.domain })}
          columns={RECORDS}
          list={asList(domain.records)}
          idOf={(row) => row.type}
          empty={null}
        />
        <p>
          {t("domains.checked")} <Moment at={domain.checkedAt} as="ago" />
        </p>
        {mayChange ? (
          <div>
            <Button
              variant="default"
              size="compact-sm"
              loading={check.isPending}
              onClick={() => check.mutate({ path, body: {} })}
            >
              {t("domains.check")}
            </Button>{" "}
            <Button variant="default" size="compact-sm" onClick={() => setRemoving(true)}>
              {t("domains.remove")}
            </Button>
          </div>
        ) : null}
      </div>
      <Dialog
        title={t("domains.removeTitle", { domain: domain.unicode })}
        act={t("domains.remove")}
        isOpen={isRemoving}
        isReady
        isDestructive
        isBusy={remove.isPending}
        error={unlessProof(remove.error)}
        onClose={() => setRemoving(false)}
        onSubmit={takeAway}
      >
        {t("domains.removeText")}
      </Dialog>
      {dialog}
    </Panel>
  );
}

/** What is there, and what should be, where either is known. */
function Found({ problem }: { readonly problem: Problem }) {
  const { found, expected } = problem;
  return (
    <>
      {found.length > 0 ? (
        <>
          {" "}
          {t("domains.found")} <code dir="ltr">{found.join(", ")}</code>
        </>
      ) : null}
      {expected.length > 1 ? (
        <>
          {" "}
          {t("domains.expected")} <code dir="ltr">{expected.join(", ")}</code>
        </>
      ) : null}
    </>
  );
}

const Copied = ({ text, label }: { readonly text: string; readonly label: string }) => (
  <>
    <code dir="ltr">{text}</code> <CopyButton text={text} label={label} />
  </>
);
