/** What to do about an error whose title does not say it. */
export const REMEDIES: Readonly<Record<string, string>> = {
  "access.person_required": "An API key cannot do this: sign in as a person.",
  "access.scope_missing": "Use a credential with the scope that the route names in the API documentation.",
  "access.unauthenticated":
    "Send `Authorization: Bearer` with an access token, or basic authentication with an API key.",
  "agreement.draft_changed": "Read the draft again, and send its `textHash` as `readHash`.",
  "agreement.draft_open": "Change that draft, or publish it first.",
  "agreement.effective_too_early": "Leave `effectiveFrom` out to publish at once, or name a later instant.",
  "agreement.published": "Draft the next version.",
  "agreement.script_not_printed": "Ask for it with `format=text`.",
  "agreement.text_differs": "Show the person the text again and send its `textHash`.",
  "agreement.version_not_found":
    "`GET /api/v1/partners/agreements` lists what there is to accept: another may be in force by now.",
  "analytics.export_too_large":
    "Ask for CSV or JSON, which take any number of rows, or export shorter periods one after another.",
  "analytics.no_room":
    "Export shorter periods. The operator makes room in the server's folder of temporary files (`TMPDIR`, else `/tmp`), of which a twentieth stays free, and half a gibibyte at most.",
  "analytics.export_running":
    "Nothing is wrong: wait until the answer of the export that you asked for first is complete, then ask for this one.",
  "assessment.difference_changed": "Preview the re-assessment again and book what it shows now.",
  "analytics.no_export_folder":
    "Set `EXPORT_FOLDER` and restart the server; what is due is made then. Or end the schedules that are laid into a folder.",
  "auth.partner_inactive": "Ask the operator: the partner waits for approval, or is suspended.",
  "auth.credentials_wrong":
    "Check both. Who has just registered opens the link in the mail first; `POST /api/v1/auth/verify-email/resend` sends another. After too many attempts you have to wait.",
  "auth.demo_elsewhere": "Use the demo on the machine that it runs on, or start without it (`npm start -- --empty`).",
  "auth.challenge_invalid":
    "Begin anew: what was begun is good for ten minutes and once, and ends when the password or the factors change.",
  "auth.factor_required":
    "`POST /api/v1/auth/factors/totp` or `POST /api/v1/auth/factors/passkeys/begin` enrols one; everything is open again at once.",
  "auth.factor_wrong": "Wait for the next code of the app: each is taken once. Is the clock of the phone right?",
  "auth.key_address_refused": "Call from an address of the key's allow-list, or make a key with another list.",
  "auth.key_expired": "Make another key.",
  "auth.key_revoked": "Make another key; if you did not revoke it, ask who did (`GET /api/v1/admin/audit`).",
  "auth.link_invalid": "Have another link sent: each is good once and for a time.",
  "auth.passkey_refused":
    "Use a passkey that was made on this address, and answer the challenge that you were given last.",
  "auth.refresh_invalid": "Sign in again. A refresh token that is used twice ends its session.",
  "auth.second_factor_required":
    "`POST /api/v1/auth/second-factor` with `facts.token` and one of `code`, `recoveryCode` and `passkey`.",
  "auth.step_up_required": "`POST /api/v1/auth/step-up` with your password, and repeat the request within 15 minutes.",
  "auth.step_up_factor_required":
    "`POST /api/v1/auth/step-up/factor` with `facts.token` and one of `code`, `recoveryCode` and `passkey`.",
  "auth.tier_required": "Ask for a tier that includes it (`POST /api/v1/partners/upgrade`).",
  "auth.token_invalid": "Access tokens live ten minutes: refresh, or sign in again.",
  "card.cardholder_missing": "Send `cardholder` with the first card of a user in a programme.",
  "card.limit_above_product": "Ask for a narrower limit, or leave it out.",
  "card.purchase_missing":
    "`GET /api/v1/partner-api/cards/{id}/authorizations` lists what was asked of the card: name one that is `approved`.",
  "card.wrong_state":
    "Read the card again. A card that is `requested` waits for the issuer; one that is `terminated` or `refused` is final: issue another.",
  "card_issuer.caller_unknown":
    "Only the card issuer calls here, with what it was given when the programme was connected. Connect it anew if that was changed there.",
  "card_issuer.signature_invalid": "The message was changed on its way, or signed with another programme's secret.",
  "card_product.wrong_state": "Wait until the issuer has made it; a product that is closed stays closed.",
  "card_program.address_refused": "Give the address of the programme at Marqeta: `https://….marqeta.com/v3`.",
  "card_program.test_issuer":
    "Give `https://issuer.test` as `baseUrl`: it answers inside the server, and nothing is asked of Marqeta.",
  "card_program.wrong_state": "Turn the programme on, or connect another.",
  "co_branding.logo_missing":
    "Send `logo` with a name and its content in base64. Once there is one it may be left out.",
  "commission.held": "Settle the question that holds it: a dispute, a suspension, a fraud hold.",
  "commission.is_reversal": "`reversesId` names the commission to act on.",
  "commission.wrong_state": "Read the commission again: its state has moved on.",
  "database.unavailable": "Repeat the request with the same Idempotency-Key: nothing is done twice.",
  "feature.not_included": "Ask for a tier that includes it (`POST /api/v1/partners/upgrade`).",
  "payout.import_in_test_mode":
    "Import into the live programme. The partners of its twin are paid there, by the test provider.",
  "domain.entered_already": "Look at its entry: it says what is still missing.",
  "domain.invalid":
    "Send the bare name, such as `partners.acme.com`. `facts.reason` says what is wrong: a `wildcard`, an `address`, `too_long`, `no_name`, a name of `special` use, or one of `ours`.",
  "domain.taken": "If it is yours, have it removed where it was entered; nobody learns from here where that is.",
  "file.not_base64": "Send the bytes as base64 with its padding, without line breaks and without `data:` before it.",
  "file.too_large": "Make it smaller, or send it in parts.",
  "file.type_refused":
    "Send PNG, JPEG, GIF, WebP, PDF or plain text; another document can be saved as a PDF. The content decides, not the name.",
  "fraud.appeal_over": "Write to the programme (`POST /api/v1/partners/tickets`): the refusal is final.",
  "fraud.rules_changed": "Read the rules again, and change what is in force now.",
  "fraud.rules_hold_everyone":
    "Lower the points of a rule, raise the score from which on something is held, or set the limit that makes every ordinary conversion a finding.",
  "fraud.rules_hold_too_much":
    "Back-test the change (`POST /api/v1/admin/fraud/rules/back-test`): it says which rule is decisive. Leave that rule in the shadow, or move its limit.",
  "fraud.rules_invalid": "`field` names what cannot be so, `problem` says why.",
  "fraud.same_person": "Have somebody else of the team decide.",
  "fraud.wrong_state": "Read the case again: its state has moved on.",
  "idempotency.key_required": "Send a new key for each thing that you want done, and the same key when you repeat it.",
  "idempotency.key_reused": "Use a new key for a new request.",
  "idempotency.secret_not_repeated": "What was made exists. Without its secret: revoke it, and make another.",
  internal: "Try again later with the same Idempotency-Key. If it stays, look for the request id in the server's log.",
  "landing_page.co_branding_missing": "`PUT /api/v1/partners/co-branding` sets them.",
  "ledger.booked_before": "Nothing: it was done. If you did not expect that, report it with the request id.",
  "mail.not_configured":
    "Set `SMTP_URL` (docs/reference/configuration.md) and try `npm run tributary -- mail test ADDRESS`.",
  "lead.domain_shared":
    "Name the company's own domain, or leave it out: then the contact's address and the company's name are compared.",
  "lead.export_too_large": "Filter by state, partner or name, and export part after part.",
  "lead.held": "`leadId` names the lead that holds it: decline that one first, if this is the one to protect.",
  "lead.no_renewal_left": "Ask the operator, who can renew it further.",
  "lead.partner_inactive": "Wait until you are approved; who is suspended asks the operator.",
  "lead.wrong_state": "Read the lead again: its state has moved on, or its protection has ended.",
  "material.archived": "Restore it first (`PATCH` with `status` `active`).",
  "material.image_unreadable": "Save the picture anew as PNG, JPEG, GIF or WebP.",
  "material.not_an_image": "Offer another document as a material of the kind `file`.",
  "material.place_unknown": "`{{link}}`, `{{code}}` and `{{company}}` are filled; write other braces apart.",
  "page.cursor_invalid": "Start from the first page, and keep filters and sort the same from page to page.",
  "partner.registration_closed":
    "Registration opens with `npm run feature:enable partner-program`, to invited e-mails with `partner-program-beta`.",
  "partner.note_not_found": "Read the notes again: somebody has taken it away.",
  "partner_user.exists": "Look it up: `GET /api/v1/partner-api/users?externalId=…`.",
  "partner.wrong_state": "Read the partner again: its state has moved on.",
  "plan.effective_in_past":
    "To have a version hold from the past, see what it changes first (`POST /api/v1/admin/program/plans/{id}/backdate/preview`), then book that.",
  "plan.backdated_true_up":
    "Take the volume steps of the versions since that date into the draft, and publish other steps from today on.",
  "plan.backdated_past_change": "Choose a date after the change.",
  "fee.above_earnings": "Leave the amount out to set off everything that is free.",
  "fee.above_open": "Leave the amount out to settle everything that is open.",
  "fee.no_agreement": "`PUT /api/v1/admin/fees/agreements/{partnerId}` agrees on fees with the partner.",
  "fee.not_set_off": "A payment that was recorded by mistake, or a credit note, is put right by an invoice of its own.",
  "fee.set_off_not_agreed": "Once the partner has agreed, set `maySetOff` of its fee agreement.",
  "sub_operator.above_owed": "`figures` of the sub-operator say what is owed, by currency and in which direction.",
  "sub_operator.currency_not_allowed":
    "`GET /api/v1/admin/program/limits` shows what is allowed; ask the operator above for more.",
  "sub_operator.fees_too_early":
    "Name tomorrow or a later day: a month is charged under the terms in force as it begins.",
  "sub_operator.partner_unfit": "Approve the partner, or move it to the third tier, first.",
  "sub_operator.rate_above_limit":
    "`GET /api/v1/admin/program/limits` shows what is allowed; ask the operator above for more.",
  "sub_operator.statement_unavailable": "`madeFrom` says from when on it is made.",
  "sub_operator.statement_unequal":
    "Run `npm run tributary -- prove`: it names what does not agree. No statement is made before that is settled.",
  "sub_operator.still_owed":
    "`facts.owed` says what: settle shares and fees, have its partners paid, and wait until its last sales are booked and its last card products charged (`tributary events` names what was given up).",
  "tax.form_forgotten": "Ask the partner for a new form where one is needed: what was erased does not come back.",
  "tax.forms_missing":
    "`GET /api/v1/admin/tax/years/{year}/partners?state=form_missing` names them and `POST /api/v1/admin/tax/form-requests` asks them; `leaveOutMissing` closes without them.",
  "tax.payer_missing": "`PUT /api/v1/admin/tax/settings` takes the payer.",
  "tax.rates_missing": "`PUT /api/v1/admin/tax/years/{year}/rates` takes the average rate of the year.",
  "tax.text_outdated": "Read the tax form again and sign the text that it shows.",
  "tax.threshold_missing": "`PUT /api/v1/admin/tax/years/{year}/figures` takes it once the IRS has published it.",
  "payout.above_balance": "Leave the amount out to be paid everything that is available.",
  "payout.approval_required":
    "`POST /api/v1/admin/payout-batches` makes a batch; somebody else approves it, and then it is released.",
  "payout.batch_empty":
    "`facts.held` says whose payouts are held and why, as `GET /api/v1/admin/payouts/preview` does. What a review holds is a case once its payout is asked for (`POST /api/v1/admin/payouts/request`).",
  "payout.batch_wrong_state": "Read the batch again: somebody has approved, refused, released or cancelled it.",
  "payout.below_minimum": "Wait until more is approved; an operator can pay it all the same.",
  "payout.held": "Settle the question that holds it; the payout goes out when it is released again.",
  "payout.provider_decides": "Nothing to do: the provider is asked until it has answered.",
  "payout.reference_missing":
    "What has stood in a bank file, or was paid, is known to the bank by a name: without one it might be paid twice.",
  "payout.settlement_wrong_state": "Read the payout again: somebody has decided, or said something else of it.",
  "payout.settlement_waiting": "`POST /api/v1/admin/payout-settlements/{id}/approve` or `…/refuse` decides it.",
  "payout.method_not_payable":
    "Open the onboarding link that `PUT /api/v1/partners/payouts/method` answers, and finish the forms.",
  "payout.method_cooling_off":
    "Wait, or ask the partner whether the change was theirs; the settings say how long it lasts.",
  "payout.method_unavailable": "Payment by Stripe needs `STRIPE_SECRET_KEY`; a bank file always works.",
  "payout.no_method": "`PUT /api/v1/partners/payouts/method` chooses one.",
  "payout.provider_unavailable": "Nothing is lost: transfers go on by themselves.",
  "payout.same_person":
    "Have somebody else of the team with the role finance or admin sign in and approve it; or release it, where the program made it.",
  "payout.statement_unequal":
    "Run `npm run tributary -- prove`: it names what does not agree. No statement is made before that is settled.",
  "payout.wrong_state": "Read the payout again: it has been sent, cancelled or completed meanwhile.",
  "plan.already_published": "`POST /api/v1/admin/program/plans` drafts the next version.",
  "program.destination_refused":
    "Name the host among `destinationHosts` first, with its port where the address has one: `shop.example.com:8443` is another host than `shop.example.com`.",
  "referral.already_converted":
    "Nothing: a customer is attributed once. An operator can explain it (`GET /api/v1/admin/explain`).",
  "referral.destination_invalid": "The operator names the programme's hosts (`PUT /api/v1/admin/program`).",
  "referral.no_click":
    "Send the `tid` that the visitor arrived with as `clickId`, a coupon, or the `deviceId` of the visit.",
  "referral.out_of_window":
    "Nothing: the conversion came too late for this partner. An operator can assign it by hand.",
  "referral.self": "Nothing: partners do not earn on themselves.",
  "referral.was_reattributed": "Act on the referral that took its place: `referralId` of this answer.",
  "request.invalid": "`errors` names each field and what is wrong with it.",
  "request.malformed": "Send JSON, whole, with `Content-Type: application/json`.",
  "request.media_type": "Send `Content-Type: application/json`.",
  "request.not_found": "Check the path, the method and the id. What you may not see looks the same.",
  "request.rate_limited": "Wait for the seconds in `Retry-After`.",
  "request.refused": "The status says what is wrong with the request as HTTP.",
  "request.too_large":
    "Send at most 128 KiB at once; transactions up to 1,000 in 1 MiB, and more of them by the command line.",
  "revenue.message_id_reused":
    "Give each message an id of its own; the same id only when the same bytes are sent again.",
  "revenue.message_invalid": "Send JSON as `docs/guides/billing.md` shows it; the signature was good.",
  "revenue.secret_expected":
    "Copy the signing secret of the endpoint from Stripe's dashboard (Webhooks, the endpoint, Signing secret).",
  "revenue.secret_unexpected": "Leave `signingSecret` out: the answer has the one that was made.",
  "revenue.signature_invalid":
    "Sign the bytes that you send, with the secret of this source (`docs/guides/billing.md`); after a rotation, with the new one. Of Stripe: give this source the signing secret of the very endpoint that sends.",
  "revenue.signature_missing":
    "Send `webhook-id`, `webhook-timestamp` and `webhook-signature` (`docs/guides/billing.md`); Stripe sends `Stripe-Signature`.",
  "revenue.source_disabled": "Turn it on (`PATCH /api/v1/admin/revenue/sources/{id}`), or stop sending.",
  "revenue.source_kind": "Send to the `path` that `GET /api/v1/admin/revenue/sources` shows for this source.",
  "revenue.timestamp_outside":
    "Sign each attempt anew with the time of sending, and keep the sender's clock right (NTP).",
  "revenue.too_many_sources": "Give a source that is no longer used another name and secret instead of adding one.",
  "sanctions.date_future": "Check the clock of the machine and the date that was given.",
  "sanctions.file_cut_off":
    "Fetch the file again: OFAC ends each with the sign Ctrl-Z. Nothing of this import was taken.",
  "sanctions.file_empty": "Fetch the file again. Nothing of this import was taken.",
  "sanctions.file_encoding":
    "Say how it is encoded: `--encoding windows-1252`, or `SANCTIONS_LIST_ENCODING`. Nothing of this import was taken.",
  "sanctions.files_unknown":
    "Give `sdn.csv`, `add.csv` and `alt.csv` of one day together, and the four of the consolidated list if you use it.",
  "sanctions.list_inconsistent": "Fetch all files again, one after the other: they are of different days.",
  "sanctions.list_older":
    "Look where the files come from: a mirror may have stopped. If it is meant, import it by hand with `--even-so`, and a later date with `--as-of`.",
  "sanctions.list_shrunk": "Look at the files. If so many were taken off, import them by hand with `--even-so`.",
  "sanctions.source_unavailable":
    "Look at `SANCTIONS_LIST`. The list in force holds for the days that are set; then payouts stop.",
  "screening.case_decided":
    "Open it again if there is something new: `POST /api/v1/admin/screening/cases/{id}/reopen`.",
  "screening.evidence_changed": "Read the case again, and send its `round`.",
  "screening.service_unavailable": "Look at `WATCHMAN_URL`. Nobody is cleared while it does not answer.",
  "tenant.live": "Use a test key (`trk_test_…`): nothing is made up with a live one.",
  "tenant.not_set_up": "Open the link that the start printed, or run `npm run tributary -- admin create`.",
  "tenant.no_twin": "An admin makes it: `POST /api/v1/admin/test-mode`, or a first test key.",
  "test_mode.clock_back": "Send a later `to` than `facts.now`; to begin anew, remove the twin and make another.",
  "test_mode.clock_moving": "`GET /api/v1/clock` says `movingTo: null` once it is there.",
  "test_mode.clock_too_far":
    "Move it in several steps of a year at most; who has gone five years ahead removes the twin and makes another.",
  "test_mode.live_key": "Make a key with `mode: test`, or sign in as a person.",
  "webhook.url_private":
    "While you develop, run `npm run tributary -- listen --server ADDRESS --api-key ID:SECRET --forward-to URL` on that machine: it is sent what an endpoint gets. For a server of yours give the https address by which the internet reaches it.",
  "webhook.too_many_secrets":
    "Put the newest secret in place; rotate again at `facts.nextAt`, when the oldest of the former ones signs no more. Where a secret has leaked and cannot wait, make another endpoint and delete this one.",
  "tenant.removed": "Nothing is served here any more: ask the operator where to go.",
  "tenant.suspended": "Ask the operator.",
  "ticket.closed": "Open another ticket; a closed one is still there to be read.",
  "ticket.object_not_found": "Name a commission, payout or referral of the partner whose ticket it is.",
  "ticket.wrong_state": "Read the ticket again: its state has moved on.",
  "transaction.conflict":
    "Give each event an id of its own. A correction is a refund and a new payment, never the same id again.",
  "transaction.unknown_customer":
    "Convert the customer first, or send `createCustomer: true` for one that belongs to no partner.",
  "user.last_admin": "Make another admin first.",
  "user.password_weak": "Twelve characters or more that nobody tries first; a few unrelated words are good.",
};

/** What to do about an error of a status, where there is no more to say. */
export const REMEDY_BY_STATUS: Readonly<Record<number, string>> = {
  400: "Correct the request as the title says.",
  401: "Sign in again, or use a valid API key.",
  403: "Ask somebody who may, or for the right to do it.",
  404: "Check the id. What you may not see looks the same.",
  409: "Look at the state of things as it is now; `facts` has the figures.",
  413: "Send less at once.",
  429: "Wait for the seconds in `Retry-After`.",
  503: "Try again in a moment, with the same Idempotency-Key.",
};
