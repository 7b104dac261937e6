/** A scrape of `/metrics`: each series as it is named there, with its value. */
export type Scrape = ReadonlyMap<string, number>;

/** Asks a server for its metrics, as Prometheus does. */
export async function scrape(url: string): Promise<Scrape> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return new Map(
    text
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"))
      .map((line) => {
        const gap = line.lastIndexOf(" ");
        return [line.slice(0, gap), Number(line.slice(gap + 1))] as const;
      }),
  );
}

/** What the series of a metric with all of these labels come to; undefined where there is none. */
export function sumOf(
  scraped: Scrape,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const found = [...scraped].filter(
    ([series]) => (series === name || series.startsWith(`${name}{`)) && wanted.every((label) => series.includes(label)),
  );
  return found.length === 0 ? undefined : found.reduce((sum, [, value]) => sum + value, 0);
}

const MINUTES_EACH = 60;

/** Series for a test of promtool: each scrape stands for an hour, a sample a minute. The program's own alone, and that it answered. */
export function seriesOf(scrapes: readonly Scrape[]): { readonly series: string; readonly values: string }[] {
  const names = new Set(scrapes.flatMap((one) => [...one.keys()]).filter((name) => name.startsWith("tributary_")));
  const samples = (value: number | undefined): string =>
    value === undefined || Number.isNaN(value) ? `_x${MINUTES_EACH}` : `${value}x${MINUTES_EACH - 1}`;
  return [...names]
    .map((series) => ({ series, values: scrapes.map((one) => samples(one.get(series))).join(" ") }))
    .concat({
      series: 'up{job="tributary",instance="one"}',
      values: samples(1).replace(/x\d+$/, `x${MINUTES_EACH * scrapes.length - 1}`),
    });
}
