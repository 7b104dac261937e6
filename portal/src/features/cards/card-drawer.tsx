import { Button } from "@mantine/core";
import type { Output } from "@tributary/sdk";
import { useState } from "react";
import { useMe } from "../../app/me.ts";
import { useAct, useList } from "../../app/queries.ts";
import { RowDrawer } from "../../app/row-drawer.tsx";
import { t } from "../../i18n/messages.ts";
import { Amount } from "../../ui/amount.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Facts } from "../../ui/facts.tsx";
import { Figures } from "../../ui/figures.tsx";
import { Lines } from "../../ui/lines.tsx";
import { Moment } from "../../ui/moment.tsx";
import stack from "../../ui/stack.module.css";
import { Status } from "../../ui/status.tsx";
import { toast } from "../../ui/toast.tsx";
import { PartnerLink } from "../partners/partner-link.tsx";
import { type Card, cardActs } from "./card-acts.ts";
import classes from "./card-drawer.module.css";
import { LIMITS, LimitCard } from "./limit-card.tsx";

type Authorization = Output<"listCardAuthorizations">["data"][number];

/** The card that the address names: what it may take, what was asked of it, and what may be done with it. */
export function CardDrawer({ rows }: { readonly rows: readonly Card[] }) {
  return (
    <RowDrawer title={t("cards.card")} hasId rows={rows}>
      {(id) => {
        const card = rows.find((one) => one.id === id);
        return card === undefined ? null : <Shown key={id} card={card} />;
      }}
    </RowDrawer>
  );
}

function Shown({ card }: { readonly card: Card }) {
  const { isPartner, may } = useMe();
  const { currency, spentThisMonth, state, isHeld, refusal } = card;
  return (
    <>
      <Figures
        figures={[
          {
            label: t("cards.spentThisMonth"),
            value: <Amount minor={spentThisMonth} currency={currency} />,
            note: <Status of="card" code={state} note={isHeld ? t("cards.held") : (refusal ?? undefined)} soft />,
          },
        ]}
      />
      <Facts
        facts={[
          [
            t("cards.number"),
            <span key="n" dir="ltr">
              {card.lastFour === null ? "…" : `•••• ${card.lastFour}`}
            </span>,
          ],
          isPartner ? null : [t("column.partner"), <PartnerLink key="p" id={card.partnerId} />],
          [t("cards.user"), <bdi key="u">{card.userExternalId}</bdi>],
          card.expiresOn === null
            ? null
            : [
                t("cards.expires"),
                <span key="e" dir="ltr">
                  {card.expiresOn}
                </span>,
              ],
          [t("column.created"), <Moment key="m" at={card.createdAt} as="time" />],
        ]}
      />
      <Limits card={card} />
      {may(isPartner ? "own:cards:write" : "cards:write") ? <Acts card={card} /> : null}
      {isPartner ? <Answers cardId={card.id} /> : null}
    </>
  );
}

/** What bounds it: the partner's limits and the operator's, of which the narrowest holds, beside those of its product. */
function Limits({ card: { limits, operatorLimits, currency } }: { readonly card: Card }) {
  const { isPartner } = useMe();
  const sides = [
    [isPartner ? t("cards.ownLimits") : t("cards.partnerLimits"), limits],
    [isPartner ? t("cards.operatorLimits") : t("cards.ownLimits"), operatorLimits],
  ] as const;
  return (
    <section aria-label={t("cards.limits")}>
      <h3>{t("cards.limits")}</h3>
      <table className={classes.limits}>
        <caption className="visually-hidden">{t("cards.limits")}</caption>
        <thead>
          <tr>
            <td />
            {sides.map(([words]) => (
              <th key={words} scope="col">
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {LIMITS.map(([name, words]) => (
            <tr key={name}>
              <th scope="row">{words}</th>
              {sides.map(([of, values]) => (
                <td key={of}>
                  <Amount minor={values[name]} currency={currency} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.note}>{t("cards.limitsText")}</p>
    </section>
  );
}

function Acts({ card }: { readonly card: Card }) {
  const { isPartner } = useMe();
  const [asked, setAsked] = useState<"limits" | "end">();
  const { mayLimit, mayEnd } = cardActs(card, isPartner);
  const done = {
    touches: ["listOwnCards", "listCards"] as const,
    onDone: () => {
      setAsked(undefined);
      toast(t("cards.ended"));
    },
  };
  const endOwn = useAct("terminateOwnCard", done);
  const endAny = useAct("updateCard", done);
  const path = { id: card.id };
  const { isPending, error } = isPartner ? endOwn : endAny;
  if (!mayLimit && !mayEnd) return null;
  return (
    <div className={stack.row}>
      <Button variant="default" onClick={() => setAsked("limits")}>
        {t("cards.setLimits")}
      </Button>
      <Button variant="outline" onClick={() => setAsked("end")}>
        {t("cards.end")}
      </Button>
      {asked === "limits" ? <LimitCard card={card} onClose={() => setAsked(undefined)} /> : null}
      <Dialog
        title={t("cards.end")}
        act={t("cards.end")}
        isOpen={asked === "end"}
        onClose={() => setAsked(undefined)}
        isBusy={isPending}
        error={error}
        isDestructive
        onSubmit={() => (isPartner ? endOwn.mutate({ path }) : endAny.mutate({ path, body: { state: "terminated" } }))}
      >
        <p>{t("cards.endEffect", { number: card.lastFour ?? "…", user: card.userExternalId })}</p>
      </Dialog>
    </div>
  );
}

/** What merchants asked of the card, and what was answered; the newest first. */
function Answers({ cardId }: { readonly cardId: string }) {
  const list = useList(
    "listCardAuthorizations",
    { sort: "-decidedAt" },
    { path: { id: cardId }, pageSize: 20, isKeptWhole: true },
  );
  return (
    <Lines<Authorization>
      title={t("cards.answers")}
      list={list}
      empty={t("cards.noAnswers")}
      keyOf={(row) => row.id}
      lineOf={({ merchant, decision, reason, decidedAt, amount, currency }) => ({
        name: <bdi>{merchant ?? "—"}</bdi>,
        note: (
          <>
            {t(`cards.decision.${decision}`)}
            {reason === null ? null : (
              <>
                {": "}
                <code dir="ltr">{reason}</code>
              </>
            )}
            {", "}
            <Moment at={decidedAt} as="time" />
          </>
        ),
        figure: <Amount minor={amount} currency={currency} />,
      })}
    />
  );
}
