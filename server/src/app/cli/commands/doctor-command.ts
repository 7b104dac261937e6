import { examine } from "../../doctor/examine.ts";
import { type AddCommand, tableOf } from "../command-context.ts";

const MARKS = { well: "ok", look: "look", ill: "ILL" } as const;

/** `tributary doctor`. */
export const addDoctor: AddCommand = (program, { withProgram, print, fail }) => {
  program
    .command("doctor")
    .description(
      "look at database, role, clock, mail, Stripe, public URL, jobs, events, billing systems, disk and backups, each with its remedy",
    )
    .action(() =>
      withProgram(async ({ app, ctx, config, installation }) => {
        const rows: string[][] = [];
        let isIll = false;
        const isDemo = installation?.kind === "demo";
        for await (const symptom of examine({ ...app, config, isDemo, now: ctx.now, machineNow: Date.now })) {
          isIll ||= symptom.state === "ill";
          rows.push([MARKS[symptom.state], symptom.name, symptom.found]);
          if (symptom.remedy !== null) rows.push(["", "", `→ ${symptom.remedy}`]);
        }
        for (const line of tableOf(rows)) print(line);
        if (isIll) fail();
      }),
    );
};
