import { t } from "../../i18n/messages.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import classes from "./set-up.module.css";
import { addressOf, type Source, STRIPE_EVENTS } from "./source-words.ts";

/** What is to be done in the billing system, in order. */
export function SetUp({ source }: { readonly source: Source }) {
  const address = addressOf(source);
  return (
    <section aria-label={t("sources.setUp")}>
      <h3>{t("sources.setUp")}</h3>
      <ol className={classes.steps}>
        <li>
          <p>{t(`sources.address.${source.kind}`)}</p>
          <Copied text={address} label={t("column.address")} />
        </li>
        {source.kind === "stripe" ? (
          <>
            <li>
              <p>{t("sources.events")}</p>
              <Copied text={STRIPE_EVENTS.join(", ")} label={t("webhook.events")} />
            </li>
            <li>{t("sources.thenSecret")}</li>
          </>
        ) : (
          <>
            <li>{t("sources.thenSign")}</li>
            <li>{t("sources.thenSend")}</li>
          </>
        )}
        <li>{t("sources.thenHeard")}</li>
      </ol>
    </section>
  );
}

const Copied = ({ text, label }: { readonly text: string; readonly label: string }) => (
  <div className={classes.copied}>
    <code dir="ltr">{text}</code>
    <CopyButton text={text} label={label} />
  </div>
);
