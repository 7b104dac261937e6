/** Wakes whoever waits for something to have happened in this process. */
export type Bell = {
  /** Has everybody who waits look again. */
  ring(): void;
  /** Waits for a time, or until it is enough: that is asked at once, and whenever somebody rings. */
  wait(durationMs: number, isEnough: () => boolean): Promise<void>;
};

export function createBell(): Bell {
  const waiting = new Set<() => void>();
  return {
    ring: () => {
      for (const look of waiting) look();
    },
    wait: (durationMs, isEnough) =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          waiting.delete(look);
          resolve();
        };
        const timer = setTimeout(done, durationMs);
        const look = (): void => {
          if (isEnough()) done();
        };
        waiting.add(look);
        look();
      }),
  };
}
