import { Modal } from "@mantine/core";
import "@mantine/core/styles/ModalBase.layer.css";
import "@mantine/core/styles/Modal.layer.css";
import "@mantine/core/styles/Overlay.layer.css";
import "@mantine/core/styles/Paper.layer.css";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useDeferredValue, useEffect, useState } from "react";
import { useMe } from "../../app/me.ts";
import { useNav } from "../../app/nav.ts";
import { read } from "../../app/queries.ts";
import { t } from "../../i18n/messages.ts";
import { type Destination, destinationOf, destinationsFor } from "./destinations.ts";
import classes from "./palette.module.css";

const WAIT_MS = 150;
const LEAST = 2;

/** Goes anywhere by typing: pages, acts, and things by their id or name. */
export default function Palette({ onClose }: { readonly onClose: () => void }) {
  const me = useMe();
  const nav = useNav();
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const asked = useRested(typed.trim());
  const isAsking = asked.length >= LEAST;
  const search = { query: { q: asked } };
  const all = useQuery({
    ...read("findRecords", search),
    enabled: isAsking && !me.isPartner,
    placeholderData: keepPreviousData,
  });
  const own = useQuery({
    ...read("findOwnRecords", search),
    enabled: isAsking && me.isPartner,
    placeholderData: keepPreviousData,
  });
  const found = isAsking ? ((me.isPartner ? own : all).data?.data ?? []) : [];
  const shown = useDeferredValue([
    ...destinationsFor(me, nav, typed),
    ...found.map((one) => destinationOf(one, me.isPartner)),
  ]);
  const active = Math.min(at, shown.length - 1);

  const go = (destination: Destination | undefined): void => {
    if (destination === undefined) return;
    onClose();
    void navigate(destination.link as never);
  };
  const listen = (event: React.KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt((active + step + shown.length) % Math.max(shown.length, 1));
    }
    if (event.key === "Enter") {
      event.preventDefault();
      go(shown[active]);
    }
  };
  useEffect(() => {
    document.getElementById(`palette-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [active]);

  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      centered={false}
      yOffset="12dvh"
      attributes={{ content: { "aria-label": t("palette.title") } }}
      styles={{ content: { background: "var(--card)" } }}
    >
      <input
        className={classes.field}
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-autocomplete="list"
        aria-activedescendant={shown.length > 0 ? `palette-${active}` : undefined}
        aria-label={t("palette.title")}
        placeholder={t("palette.placeholder")}
        data-autofocus
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={listen}
      />
      <div id="palette-list" role="listbox" aria-label={t("palette.title")} className={classes.list}>
        {shown.map((destination, index) => (
          <div
            key={destination.id}
            id={`palette-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={classes.option}
            onMouseMove={() => setAt(index)}
            onClick={() => go(destination)}
            onKeyDown={listen}
          >
            <bdi className={classes.words}>{destination.words}</bdi>
            {destination.note ? <span className={classes.note}>{destination.note}</span> : null}
            <span className={classes.group}>{destination.group}</span>
            {destination.key ? (
              <span className={classes.keys} aria-hidden="true">
                <kbd>g</kbd> <kbd>{destination.key}</kbd>
              </span>
            ) : null}
          </div>
        ))}
      </div>
      {shown.length === 0 ? (
        <p className={classes.none} role="status">
          {t("palette.none")}
        </p>
      ) : null}
    </Modal>
  );
}

/** What was typed once it rests. */
function useRested(value: string): string {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), WAIT_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}
