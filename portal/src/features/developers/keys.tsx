import { Button } from "@mantine/core";
import type { components } from "@tributary/sdk";
import { isTributaryError } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useAct, useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Empty } from "../../ui/empty.tsx";
import { FilterBar } from "../../ui/filter-bar.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { CreateKey } from "./create-key.tsx";
import { scopeWords } from "./scope-words.ts";
import { SecretOnce } from "./secret-once.tsx";

type Key = components["schemas"]["ApiKey"];
type Made = { readonly name: string; readonly secret: string };

const OPERATIONS = {
  partner: { list: "listPartnerAPIKeys", revoke: "revokePartnerAPIKey", scope: "own:keys:write" },
  operator: { list: "listOperatorAPIKeys", revoke: "revokeOperatorAPIKey", scope: "keys:write" },
} as const;

type Mode = Key["mode"];
const MODES = [
  {
    name: "mode",
    label: t("key.mode"),
    options: [
      ["live", t("key.live")],
      ["test", t("key.test")],
    ],
    isRequired: true,
  },
] as const;

/** Keys that programs call with, of one mode; each can be revoked at once. */
export function Keys({ owner }: { readonly owner: "partner" | "operator" }) {
  const { may } = useMe();
  const { list: listId, revoke: revokeId, scope } = OPERATIONS[owner];
  const [isCreating, setCreating] = useState(false);
  const [mode, setMode] = useState<Mode>("live");
  const [made, setMade] = useState<Made>();
  const list = useList(listId, { sort: "-createdAt", mode }, { enabled: may(scope) });
  const [revoked, setRevoked] = useState<Key>();
  const revoke = useAct(revokeId, {
    touches: [listId],
    onDone: () => {
      setRevoked(undefined);
      toast(t("key.revoked"));
    },
  });
  if (!may(scope) || isTributaryError(list.error, "auth.tier_required")) {
    return <Empty title={t("keys.closed")} text={t("keys.closedText")} />;
  }
  const columns: readonly Column<Key>[] = [
    { id: "name", header: t("field.name"), grow: true, phone: "start", cell: (row) => <bdi>{row.name}</bdi> },
    { id: "key", header: t("key.id"), cell: (row) => <code dir="ltr">{row.apiKey}</code> },
    {
      id: "scopes",
      header: t("key.scopes"),
      grow: true,
      phone: "below",
      cell: (row) => <span title={row.scopes.join(", ")}>{row.scopes.map(scopeWords).join(" · ")}</span>,
    },
    { id: "used", header: t("key.used"), cell: (row) => <Moment at={row.lastUsedAt} as="ago" /> },
    { id: "status", header: t("column.status"), phone: "end", cell: (row) => <Status of="key" code={row.status} /> },
    {
      id: "acts",
      header: t("column.decide"),
      align: "end",
      phone: "belowEnd",
      cell: (row) =>
        row.status === "active" ? (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`${t("key.revoke")}: ${row.name}`}
            onClick={() => setRevoked(row)}
          >
            {t("key.revoke")}
          </Button>
        ) : null,
    },
  ];
  return (
    <>
      <FilterBar
        filters={MODES}
        values={{ mode }}
        onChange={(changed) => setMode(changed["mode"] === "test" ? "test" : "live")}
      />
      {mode === "test" ? <p>{t("key.testText")}</p> : null}
      {made ? <SecretOnce {...made} /> : null}
      <Panel
        title={t("developers.keys")}
        aside={
          <Button size="compact-sm" onClick={() => setCreating(true)}>
            {t(mode === "test" ? "key.createTest" : "key.create")}
          </Button>
        }
        flush
      >
        <DataTable
          caption={t("developers.keys")}
          columns={columns}
          list={list}
          empty={<Empty title={t("keys.empty")} text={t("keys.emptyText")} />}
        />
      </Panel>
      <Dialog
        title={t("key.revoke")}
        act={t("key.revoke")}
        isOpen={revoked !== undefined}
        onClose={() => setRevoked(undefined)}
        isBusy={revoke.isPending}
        error={revoke.error}
        isDestructive
        onSubmit={() => revoke.mutate({ path: { id: revoked?.id ?? "" } })}
      >
        <p>{t("key.revokeEffect", { name: revoked?.name ?? "" })}</p>
      </Dialog>
      <CreateKey
        owner={owner}
        mode={mode}
        isOpen={isCreating}
        onClose={() => setCreating(false)}
        onMade={(key) => setMade({ name: key.name, secret: `${key.apiKey}:${key.secret}` })}
      />
    </>
  );
}
