import type { AddCommand } from "../command-context.ts";

/** `tributary admin create`: a one-time link with which somebody becomes the first, or another, admin. */
export const addAdmin: AddCommand = (program, { withProgram, print }) => {
  program
    .command("admin")
    .description("people who run the programme")
    .command("create")
    .description("print a one-time link; whoever opens it chooses e-mail and password and becomes an admin")
    .action(() =>
      withProgram(async ({ app, ctx }) => {
        const { url, expiresAt } = await app.identity.createSetUpLink(ctx);
        print(url);
        print(`Valid once, until ${expiresAt.toISOString()}. It is served by the running server.`);
      }),
    );
};
