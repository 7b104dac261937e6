import { useEffect, useRef } from "react";
import { brandOf } from "../../app/brand.ts";
import { changeLocale, LOCALES, type Locale, locale } from "../../i18n/locale.ts";
import { BrandMark } from "../../ui/brand-mark.tsx";
import classes from "./door.module.css";

let shownTitle: string | undefined;

/** The page before sign-in: whose it is, one card, one thing to do, in a language that can be chosen. A logo says the name by itself. */
export function Door({
  title,
  lead,
  isWide = false,
  children,
}: {
  readonly title: string;
  readonly lead?: string;
  readonly isWide?: boolean;
  readonly children: React.ReactNode;
}) {
  const brand = brandOf();
  // What one page of it leads to is said to whoever does not see it; the first is where the browser begins anyway.
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title;
    if (shownTitle !== undefined && shownTitle !== title) heading.current?.focus({ preventScroll: true });
    shownTitle = title;
  }, [title]);
  return (
    <main className={classes.door}>
      <div className={classes.card} data-wide={isWide || undefined}>
        <p className={classes.brand}>
          <BrandMark height={32} />
          {brand && brand.images.logo === null ? <bdi>{brand.name}</bdi> : null}
        </p>
        <h1 ref={heading} tabIndex={-1} className={classes.title}>
          {title}
        </h1>
        {lead ? <p className={classes.lead}>{lead}</p> : null}
        {children}
        <p>
          {(Object.keys(LOCALES) as Locale[])
            .filter((other) => other !== locale())
            .map((other) => (
              <button
                key={other}
                type="button"
                className={classes.language}
                lang={other}
                onClick={() => changeLocale(other)}
              >
                {LOCALES[other].name}
              </button>
            ))}
        </p>
      </div>
    </main>
  );
}
