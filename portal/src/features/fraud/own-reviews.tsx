import { Button, Group, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { components } from "@tributary/sdk";
import { useState } from "react";
import { Allowed } from "../../app/allowed.tsx";
import { PATHS } from "../../app/paths.ts";
import { read, useAct, useList } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Panel } from "../../ui/panel.tsx";
import { ShortId } from "../../ui/short-id.tsx";
import { Status } from "../../ui/status.tsx";
import classes from "./fraud.module.css";
import { caseNote } from "./fraud-words.ts";

type Review = components["schemas"]["Review"];

/** What of the partner waits until a person has looked at it, and why, in plain words. Nothing where nothing does. */
export function OwnReviews() {
  const list = useList("listReviews", { sort: "-openedAt" });
  const [appealed, setAppealed] = useState<Review>();
  if (list.rows.length === 0) return null;
  return (
    <Panel title={t("review.title")}>
      <p>{t("review.text")}</p>
      <ul className={classes.reviews}>
        {list.rows.map((review) => (
          <li key={review.id}>
            <div className={classes.head}>
              <span>
                {t(`review.${review.about.type}`)}{" "}
                {review.about.type === "referral" ? (
                  <Customer referralId={review.about.id} />
                ) : (
                  <ShortId id={review.about.id} />
                )}
              </span>
              <Status of="fraud" code={review.status} note={caseNote({ ...review, isHeld: false })} />
              <Moment at={review.openedAt} as="time" />
            </div>
            {review.reasons.map((reason) => (
              <p key={reason}>{t(`review.reason.${reason}`)}</p>
            ))}
            {review.explanation ? (
              <p>
                {t("review.explanation")} <bdi>{review.explanation}</bdi>
              </p>
            ) : null}
            {review.appeal ? (
              <blockquote className={classes.said}>
                <bdi>{review.appeal}</bdi>
              </blockquote>
            ) : null}
            {review.canAppeal ? (
              <Allowed scope="own:commissions:dispute">
                <Group>
                  <Button size="xs" variant="default" onClick={() => setAppealed(review)}>
                    {t(review.status === "refused" ? "review.appeal" : "review.say")}
                  </Button>
                </Group>
              </Allowed>
            ) : null}
          </li>
        ))}
      </ul>
      {appealed ? <Appeal review={appealed} onClose={() => setAppealed(undefined)} /> : null}
    </Panel>
  );
}

/** Whom a review is about, as the partner knows them. */
function Customer({ referralId }: { readonly referralId: string }) {
  const { data } = useQuery(read("getReferral", { path: { id: referralId } }));
  return (
    <Link to={PATHS.referrals} search={{ open: referralId }}>
      <bdi>{data?.customer ?? t("review.customer")}</bdi>
    </Link>
  );
}

function Appeal({ review, onClose }: { readonly review: Review; readonly onClose: () => void }) {
  const [message, setMessage] = useState("");
  const words = t(review.status === "refused" ? "review.appeal" : "review.say");
  const appeal = useAct("appealReview", { touches: ["listReviews"], onDone: onClose });
  return (
    <Dialog
      title={words}
      act={words}
      isOpen
      onClose={onClose}
      isBusy={appeal.isPending}
      error={appeal.error}
      isReady={message.trim() !== ""}
      onSubmit={() => appeal.mutate({ path: { id: review.id }, body: { message: message.trim() } })}
    >
      <p>{t(review.status === "refused" ? "review.appealEffect" : "review.sayEffect")}</p>
      <Textarea
        label={t("review.words")}
        autosize
        minRows={4}
        maxLength={5000}
        data-autofocus
        value={message}
        onChange={(event) => setMessage(event.currentTarget.value)}
      />
    </Dialog>
  );
}
