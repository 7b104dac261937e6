import type { AddCommand } from "../command-context.ts";

/** `tributary mail test ADDRESS`. */
export const addMail: AddCommand = (program, { withProgram, print }) => {
  program
    .command("mail")
    .description("outgoing mail")
    .command("test")
    .description("send one message, to see that mail goes out")
    .argument("<address>", "where to")
    .action((address: string) =>
      withProgram(async ({ app, hasMailbox }) => {
        await app.mailer.send({
          to: address,
          subject: "Tributary can send mail",
          text: "This message was sent by `tributary mail test`. Nothing else is to be done.",
          html: "<p>This message was sent by <code>tributary mail test</code>. Nothing else is to be done.</p>",
        });
        print(
          hasMailbox
            ? `The mailbox on this machine took a message for ${address}; it reaches nobody. Set SMTP_URL to send mail out.`
            : `The mail server took a message for ${address}.`,
        );
      }),
    );
};
