import { Button, Group, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { components } from "@tributary/sdk";
import { api } from "../../app/api.ts";
import { useChanges } from "../../app/draft.ts";
import { useMe } from "../../app/me.ts";
import { useAct, useList } from "../../app/queries.ts";
import { LOCALES } from "../../i18n/locale.ts";
import { t } from "../../i18n/messages.ts";
import { Facts } from "../../ui/facts.tsx";
import { Form } from "../../ui/form.tsx";
import { Moment } from "../../ui/moment.tsx";
import { More } from "../../ui/more.tsx";
import { Problem } from "../../ui/problem.tsx";
import { Restored } from "../../ui/restored.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { toast } from "../../ui/toast.tsx";
import classes from "./template.module.css";

type Template = components["schemas"]["NoticeTemplate"];

const AT_ONCE = 20;

/** The words of one mail: written, looked at, sent to oneself, and put back. */
export function TemplateForm({ template }: { readonly template: Template }) {
  const { may } = useMe();
  const { name, language } = template;
  const typed = useChanges(`template_${name}_${language}`, { subject: template.subject, text: template.text });
  const { subject, text } = typed.value;
  const of = { path: { name }, query: { language } };
  const { direction } = LOCALES[language];
  const touches = ["listNoticeTemplates", "listNoticeTemplateVersions"] as const;
  const save = useAct("changeNoticeTemplate", { touches, onDone: () => toast(t("settings.saved")) });
  const reset = useAct("resetNoticeTemplate", { touches, onDone: () => toast(t("templates.resetDone")) });
  const send = useAct("testNoticeTemplate", { touches: [], onDone: () => toast(t("templates.sent")) });
  const preview = useMutation({
    mutationFn: () => api.previewNoticeTemplate({ ...of, body: { written: { subject, text } } }),
  });
  const versions = useList(
    "listNoticeTemplateVersions",
    { language },
    { pageSize: AT_ONCE, path: of.path, isKeptWhole: true },
  );
  if (!may("program:write")) {
    return (
      <>
        <p>
          <bdi>{template.subject}</bdi>
        </p>
        <pre className={classes.text}>{template.text}</pre>
      </>
    );
  }
  const problem = preview.error ?? reset.error ?? send.error;
  return (
    <>
      <Form
        act={t("templates.save")}
        isBusy={save.isPending}
        error={save.error}
        isReady={subject.trim() !== "" && text.trim() !== "" && typed.isChanged}
        onSubmit={() => save.mutate({ ...of, body: { subject, text } })}
      >
        <Restored draft={typed} />
        <TextInput
          label={t("templates.subject")}
          maxLength={200}
          dir={direction}
          value={subject}
          onChange={(event) => typed.change({ subject: event.currentTarget.value })}
        />
        <Textarea
          label={t("templates.body")}
          autosize
          minRows={6}
          maxLength={5000}
          dir={direction}
          value={text}
          onChange={(event) => typed.change({ text: event.currentTarget.value })}
        />
      </Form>
      <Facts
        facts={Object.entries(template.facts as Readonly<Record<string, string>>).map(
          ([name, example]) => [`{{${name}}}`, <bdi key={name}>{example}</bdi>] as const,
        )}
      />
      <Group gap="sm">
        <Button variant="default" size="compact-sm" disabled={preview.isPending} onClick={() => preview.mutate()}>
          {t("templates.preview")}
        </Button>
        <Button variant="default" size="compact-sm" disabled={send.isPending} onClick={() => send.mutate(of)}>
          {t("templates.test")}
        </Button>
        {template.isDefault || template.writtenIn !== language ? null : (
          <Button variant="default" size="compact-sm" disabled={reset.isPending} onClick={() => reset.mutate(of)}>
            {t("templates.reset")}
          </Button>
        )}
      </Group>
      {problem ? <Problem error={problem} /> : null}
      {preview.data ? (
        <section className={classes.mail} aria-label={t("templates.preview")}>
          <p className={classes.subject}>
            <bdi>{preview.data.subject}</bdi>
          </p>
          <pre className={classes.text} dir={direction}>
            {preview.data.text}
          </pre>
        </section>
      ) : null}
      <h2>{t("templates.history")}</h2>
      {versions.error ? <Problem error={versions.error} retry={versions.retry} /> : null}
      {versions.isPending ? <Skeleton lines={2} /> : null}
      {!versions.isPending && versions.rows.length === 0 ? (
        <p className={classes.quiet}>{t("templates.never")}</p>
      ) : (
        <Facts
          facts={versions.rows.map(({ version, written, createdAt }) => [
            t("plan.version", { version }),
            <span key={version}>
              <Moment at={createdAt} as="time" />
              {": "}
              <bdi>{written?.subject ?? t("templates.default")}</bdi>
            </span>,
          ])}
        />
      )}
      <More list={versions} />
    </>
  );
}
