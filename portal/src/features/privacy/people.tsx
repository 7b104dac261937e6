import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../app/api.ts";
import { useMe } from "../../app/me.ts";
import { read, useAct } from "../../app/queries.ts";
import { useUrlState } from "../../app/url-state.ts";
import { t } from "../../i18n/messages.ts";
import { formatDate } from "../../ui/dates.ts";
import { download } from "../../ui/download.ts";
import { Empty } from "../../ui/empty.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Form } from "../../ui/form.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import classes from "../../ui/stack.module.css";
import { toast } from "../../ui/toast.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";
import { type Person, personName } from "./person-link.tsx";

/** Somebody by e-mail or by the operator's own name, and what is done about them. */
export default function People() {
  const [typed, setTyped] = useState({ email: "", externalId: "" });
  const { search, change } = useUrlState();
  const [typedAsk, setAsked] = useState<{ email?: string; externalId?: string }>();
  // A link leads to one person by id, until somebody is looked for.
  const asked = search.open === undefined ? typedAsk : { userId: search.open };
  const query = useQuery({ ...read("findDataSubjects", { query: asked ?? {} }), enabled: asked !== undefined });
  const field = (name: keyof typeof typed, label: string, type: string) => (
    <TextInput
      label={label}
      type={type}
      dir="ltr"
      maxLength={200}
      value={typed[name]}
      onChange={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })}
    />
  );
  return (
    <>
      <Panel title={t("privacy.people")}>
        <Form
          act={t("privacy.find")}
          isBusy={query.isFetching}
          error={null}
          isReady={typed.email !== "" || typed.externalId !== ""}
          onSubmit={() => {
            setAsked(Object.fromEntries(Object.entries(typed).filter(([, text]) => text !== "")));
            change({ open: undefined });
          }}
        >
          <div>{t("privacy.searchText")}</div>
          {field("email", t("privacy.email"), "email")}
          {field("externalId", t("privacy.externalId"), "text")}
        </Form>
      </Panel>
      {asked === undefined ? null : (
        <Loaded query={query}>
          {({ data, isCut }) =>
            data.length === 0 ? (
              <Empty title={t("privacy.nobody")} />
            ) : (
              <>
                {data.map((person) => (
                  <Found key={person.userId} person={person} />
                ))}
                {isCut ? <div>{t("privacy.isCut")}</div> : null}
              </>
            )
          }
        </Loaded>
      )}
    </>
  );
}

function Found({ person }: { readonly person: Person }) {
  const { may } = useMe();
  const { userId, email, externalId, partnerId, role, erasedAt } = person;
  const [act, setAct] = useState<"erase" | "hold">();
  const done = (words: string): void => {
    setAct(undefined);
    toast(words);
  };
  const take = useMutation({
    mutationFn: async () =>
      download(await api.exportDataSubject({ path: { id: userId } }), `personal-data-${userId}.zip`),
  });
  const erase = useAct("eraseDataSubject", {
    touches: ["findDataSubjects", "listErasures"],
    onDone: (after) => done(after.status === "done" ? t("privacy.erased") : t("privacy.deferred")),
  });
  const hold = useAct("placeLegalHold", { touches: ["listLegalHolds"], onDone: () => done(t("privacy.held")) });
  const title = personName(person) ?? userId;
  return (
    <Panel title={title}>
      <div className={classes.stack}>
        <Facts
          facts={[
            [t("field.role"), t(`role.${role}`)],
            partnerId === null ? null : [t("column.partner"), <PartnerLink key="p" id={partnerId} />],
            [t("privacy.email"), email],
            externalId === null ? null : [t("privacy.externalId"), externalId],
            erasedAt === null ? null : [t("column.status"), t("privacy.isErased", { day: formatDate(erasedAt) })],
          ]}
        />
        {take.error ? <Problem error={take.error} /> : null}
        <div className={classes.row}>
          <Button variant="default" onClick={() => take.mutate()} disabled={take.isPending}>
            {t("privacy.export")}
          </Button>
          {may("privacy:write") && erasedAt === null ? (
            <>
              <Button variant="default" onClick={() => setAct("hold")}>
                {t("privacy.hold")}
              </Button>
              <Button variant="outline" onClick={() => setAct("erase")}>
                {t("privacy.erase")}
              </Button>
            </>
          ) : null}
        </div>
      </div>
      <ReasonDialog
        title={t("privacy.erase")}
        act={t("privacy.erase")}
        effect={t("privacy.eraseEffect")}
        isOpen={act === "erase"}
        onClose={() => setAct(undefined)}
        isBusy={erase.isPending}
        error={erase.error}
        isDestructive
        onSubmit={(reason) => erase.mutate({ body: { userId, reason } })}
      />
      <ReasonDialog
        title={t("privacy.hold")}
        act={t("privacy.hold")}
        effect={t("privacy.holdEffect")}
        isOpen={act === "hold"}
        onClose={() => setAct(undefined)}
        isBusy={hold.isPending}
        error={hold.error}
        onSubmit={(reason) => hold.mutate({ body: { userId, reason } })}
      />
    </Panel>
  );
}
