import { Button, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Output } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { PATHS } from "../../app/paths.ts";
import { read, useAct } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Form } from "../../ui/form.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Problem } from "../../ui/problem.tsx";
import stack from "../../ui/stack.module.css";
import { toast } from "../../ui/toast.tsx";

type LandingPage = Output<"getLandingPage">;

/** The page in front of where a link leads, for whose terms have it. */
export function LandingPageSection({ linkId }: { readonly linkId: string }) {
  const coBranding = useQuery(read("getCoBranding"));
  const page = useQuery(read("getLandingPage", { path: { id: linkId } }));
  if (coBranding.data?.isIncluded === false) return null;
  return (
    <Panel title={t("landing.title")}>
      <Loaded query={coBranding}>
        {({ logo }) =>
          logo === null ? (
            <p>
              {t("landing.logoFirst")} <Link to={PATHS.settings}>{t("landing.setLogo")}</Link>
            </p>
          ) : (
            <Loaded query={page}>{(data) => <PageForm key={data.linkId} page={data} />}</Loaded>
          )
        }
      </Loaded>
    </Panel>
  );
}

function PageForm({ page }: { readonly page: LandingPage }) {
  const { may } = useMe();
  const [form, setForm] = useState({ title: page.title ?? "", text: page.text ?? "", button: page.button ?? "" });
  const set = (change: Partial<typeof form>): void => setForm((before) => ({ ...before, ...change }));
  const path = { id: page.linkId };
  const save = useAct("saveLandingPage", {
    touches: ["getLandingPage"],
    onDone: () => toast(t("landing.saved")),
  });
  const remove = useAct("removeLandingPage", {
    touches: ["getLandingPage"],
    onDone: () => {
      setForm({ title: "", text: "", button: "" });
      toast(t("landing.removed"));
    },
  });
  const mayChange = may("own:referrals:write");
  return (
    <div className={stack.stack}>
      {page.title === null ? (
        <p>{t("landing.none")}</p>
      ) : (
        <p>
          <a href={page.url} target="_blank" rel="noreferrer">
            {t("landing.preview")}
          </a>{" "}
          <CopyButton text={page.url} />
        </p>
      )}
      <Form
        act={t("landing.save")}
        isBusy={save.isPending}
        error={save.error}
        isReady={mayChange && Object.values(form).every((words) => words.trim() !== "")}
        isQuiet
        onSubmit={() => save.mutate({ path, body: form })}
      >
        <TextInput
          label={t("landing.heading")}
          dir="auto"
          maxLength={120}
          value={form.title}
          onChange={(event) => set({ title: event.currentTarget.value })}
        />
        <Textarea
          label={t("landing.text")}
          description={t("landing.textText")}
          dir="auto"
          maxLength={1_000}
          autosize
          value={form.text}
          onChange={(event) => set({ text: event.currentTarget.value })}
        />
        <TextInput
          label={t("landing.button")}
          dir="auto"
          maxLength={40}
          value={form.button}
          onChange={(event) => set({ button: event.currentTarget.value })}
        />
      </Form>
      {remove.error ? <Problem error={remove.error} /> : null}
      {page.title !== null && mayChange ? (
        <Button variant="default" disabled={remove.isPending} onClick={() => remove.mutate({ path })}>
          {t("landing.remove")}
        </Button>
      ) : null}
    </div>
  );
}
