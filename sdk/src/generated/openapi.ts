// Written by `npm run sdk` from openapi.json. Not edited by hand.

export interface paths {
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether the process runs
         * @description Restart the process when this does not answer. It asks nothing of the database.
         */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether requests may be sent here
         * @description Each thing that has to be right: the database, the version of its schema, the worker.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Metrics for Prometheus
         * @description From this machine, or with `Authorization: Bearer` and the METRICS_TOKEN. Nobody else learns that it is there.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in */
        post: operations["signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get new tokens
         * @description Spends the refresh token and gives another. A spent one that comes again ends the session: one of two holders is a thief. Tabs of one browser take turns (Web Locks).
         */
        post: operations["refreshSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign out of this device */
        post: operations["signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/verify-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prove an e-mail by the link that was sent to it
         * @description Sets the password as well, to the one that was registered or another: whoever registers somebody else's e-mail must not know the password that opens the account.
         */
        post: operations["verifyEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/verify-email/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have the link sent again */
        post: operations["requestVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/password/request-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have a link sent to set a new password */
        post: operations["requestPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/password/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Set a new password by the link that was sent */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/accept-invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Join the team by the link that was sent */
        post: operations["acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/set-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Become the first admin by the link that the server printed */
        post: operations["completeSetUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who you are and what you may do */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Devices on which you are signed in */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign a device out */
        delete: operations["revokeSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Keys that access tokens are verified with (RFC 7517) */
        get: operations["getJwks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Members of the team
         * @description Scope: `users:write` (invite and disable members of the team).
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Invite somebody to the team
         * @description Scope: `users:write` (invite and disable members of the team).
         */
        post: operations["inviteUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users/{id}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send the invitation again
         * @description Scope: `users:write` (invite and disable members of the team).
         */
        post: operations["repeatInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Give somebody another role, disable or enable them
         * @description Scope: `users:write` (invite and disable members of the team).
         */
        patch: operations["updateUser"];
        trace?: never;
    };
    "/api/v1/partners/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * API keys, without their secrets
         * @description Scope: `own:keys:write` (create, list and revoke the own api keys).
         */
        get: operations["listPartnerAPIKeys"];
        put?: never;
        /**
         * Make an API key; its secret is shown once
         * @description Scope: `own:keys:write` (create, list and revoke the own api keys).
         */
        post: operations["generatePartnerAPIKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key, at once
         * @description Scope: `own:keys:write` (create, list and revoke the own api keys).
         */
        delete: operations["revokePartnerAPIKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * API keys, without their secrets
         * @description Scope: `keys:write` (create, list and revoke the operator's api keys).
         */
        get: operations["listOperatorAPIKeys"];
        put?: never;
        /**
         * Make an API key; its secret is shown once
         * @description Scope: `keys:write` (create, list and revoke the operator's api keys).
         */
        post: operations["generateOperatorAPIKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key, at once
         * @description Scope: `keys:write` (create, list and revoke the operator's api keys).
         */
        delete: operations["revokeOperatorAPIKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/features": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Features, on or off
         * @description Scope: `flags:write` (turn features on and off).
         */
        get: operations["listFeatures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/features/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Turn a feature on or off
         * @description Scope: `flags:write` (turn features on and off).
         */
        put: operations["setFeature"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Scheduled jobs: last success, next run, lag
         * @description Scope: `program:read` (read the programme and its plans).
         */
        get: operations["listJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who did what, newest first
         * @description Scope: `audit:read` (search the audit trail).
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/program": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the programme
         * @description Scope: `program:read` (read the programme and its plans).
         */
        get: operations["getProgram"];
        /**
         * Change the programme
         * @description What is not given stays. Another currency or time zone is a new plan version, in force at once.
         *
         *     Scope: `program:write` (change the programme, draft and publish plans).
         */
        put: operations["updateProgram"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/program/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List plan versions and drafts
         * @description Scope: `program:read` (read the programme and its plans).
         */
        get: operations["listPlans"];
        put?: never;
        /**
         * Draft a plan version
         * @description Without `tiers` it starts as a copy of the version in force.
         *
         *     Scope: `program:write` (change the programme, draft and publish plans).
         */
        post: operations["draftPlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/program/plans/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a plan version
         * @description Scope: `program:read` (read the programme and its plans).
         */
        get: operations["getPlan"];
        /**
         * Edit a draft
         * @description Scope: `program:write` (change the programme, draft and publish plans).
         */
        put: operations["editPlan"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/program/plans/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish a draft
         * @description It is numbered and never edited again. Partners without terms of their own follow it from `effectiveFrom` on: customers who convert later, and with `isRetroactive` the existing ones from now on.
         *
         *     Scope: `program:write` (change the programme, draft and publish plans).
         */
        post: operations["publishPlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register as partner
         * @description Open while `partner-program` is on, and to invited e-mails while `partner-program-beta` is. The answer is the same whether or not the e-mail is known; what follows is in a mail.
         */
        post: operations["registerPartner"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get partner profile
         * @description Scope: `own:profile:read` (read the own partner profile).
         */
        get: operations["getPartnerProfile"];
        /**
         * Update partner profile
         * @description What is not given stays.
         *
         *     Scope: `own:profile:write` (change the own partner profile, ask for a tier, close the account).
         */
        put: operations["updatePartner"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/upgrade": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for another tier
         * @description Shows how the partner stands to what the tier asks for; an operator decides.
         *
         *     Scope: `own:profile:write` (change the own partner profile, ask for a tier, close the account).
         */
        post: operations["upgradeTier"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Deactivate partner account
         * @description Ends earning for good. What is left is paid out after its hold; the account can be signed in to for that.
         *
         *     Scope: `own:profile:write` (change the own partner profile, ask for a tier, close the account).
         */
        delete: operations["closeAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/partners": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all partners
         * @description Scope: `partners:read` (read every partner).
         */
        get: operations["listPartners"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/partners/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a partner
         * @description Scope: `partners:read` (read every partner).
         */
        get: operations["getPartner"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/partners/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Approve a partner
         * @description Scope: `partners:write` (approve, reject, suspend, reinstate and terminate partners; decide tiers; coupons; invitations).
         */
        put: operations["approvePartner"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/partners/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Turn a registration down
         * @description Scope: `partners:write` (approve, reject, suspend, reinstate and terminate partners; decide tiers; coupons; invitations).
         */
        put: operations["rejectPartner"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/partners/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Suspend a partner
         * @description Scope: `partners:write` (approve, reject, suspend, reinstate and terminate partners; decide tiers; coupons; invitations).
         */
        put: operations["suspendPartner"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/partners/{id}/reactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Reinstate a suspended partner
         * @description Scope: `partners:write` (approve, reject, suspend, reinstate and terminate partners; decide tiers; coupons; invitations).
         */
        put: operations["reactivatePartner"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/partners/{id}/terminate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Terminate a partner, for good
         * @description Scope: `partners:write` (approve, reject, suspend, reinstate and terminate partners; decide tiers; coupons; invitations).
         */
        put: operations["terminatePartner"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/partners/{id}/terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Agree terms with a partner
         * @description What is given replaces the tier's figures in the plan version of now, inside the range that the tier allows; `{}` lets the partner follow the plan again. Customers keep the terms that they converted under unless `isRetroactive`.
         *
         *     Scope: `partners:write` (approve, reject, suspend, reinstate and terminate partners; decide tiers; coupons; invitations).
         */
        put: operations["changeTerms"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/partners/upgrades": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List requests for another tier
         * @description Scope: `partners:read` (read every partner).
         */
        get: operations["listUpgrades"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/partners/upgrades/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Move a partner to the tier that it asks for
         * @description Scope: `partners:write` (approve, reject, suspend, reinstate and terminate partners; decide tiers; coupons; invitations).
         */
        put: operations["approveUpgrade"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/partners/upgrades/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Turn a request for another tier down
         * @description Scope: `partners:write` (approve, reject, suspend, reinstate and terminate partners; decide tiers; coupons; invitations).
         */
        put: operations["rejectUpgrade"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/partners/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List invitations to register
         * @description Scope: `partners:read` (read every partner).
         */
        get: operations["listInvitations"];
        put?: never;
        /**
         * Invite e-mails to register while the beta is on
         * @description Scope: `partners:write` (approve, reject, suspend, reinstate and terminate partners; decide tiers; coupons; invitations).
         */
        post: operations["invitePartners"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/partners/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take an invitation back
         * @description Scope: `partners:write` (approve, reject, suspend, reinstate and terminate partners; decide tiers; coupons; invitations).
         */
        delete: operations["withdrawInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/partners/tier-reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List partners who brought fewer customers than their tier asks for
         * @description Scope: `partners:read` (read every partner).
         */
        get: operations["listTierReviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/r/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a referral link
         * @description Leads to the link's destination with the click's id as `tid`, once the click is durably recorded. Bots, HEAD requests and prefetches are led there without a record.
         */
        get: operations["followReferralLink"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/referrals/track": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record a visit from a page's script
         * @description For pages that visitors reach with a referral code in their address. Answered once the click is durably recorded. Browsers may call it from the programme's destination hosts.
         */
        post: operations["trackReferralClick"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/referrals/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Generate a referral link
         * @description Scope: `own:referrals:write` (create links).
         */
        post: operations["generateReferralLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/referrals/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List referral links
         * @description Scope: `own:referrals:read` (read the own links, clicks and referrals).
         */
        get: operations["listReferralLinks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/referrals/links/{id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a referral link out of use
         * @description Scope: `own:referrals:write` (create links).
         */
        post: operations["archiveReferralLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/referrals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List referrals
         * @description Scope: `own:referrals:read` (read the own links, clicks and referrals).
         */
        get: operations["listReferrals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/referrals/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Clicks and referrals of a period
         * @description Scope: `own:referrals:read` (read the own links, clicks and referrals).
         */
        get: operations["getReferralStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/referrals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get referral details
         * @description Scope: `own:referrals:read` (read the own links, clicks and referrals).
         */
        get: operations["getReferral"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/referrals/signup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report a sign-up
         * @description Makes a pending referral. Optional: a conversion may come without one. Whose the customer is stays open until then.
         *
         *     Scope: `referrals:convert` (tie a customer to the partner who brought it, verify it, reject it).
         */
        post: operations["signUpReferral"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/referrals/convert": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Convert a referral
         * @description Ties a customer to the partner who brought it, for its lifetime, under the partner's terms of this moment. Send what you know: a click, a coupon, a referral code with the device. The same call again is answered as the first was.
         *
         *     Scope: `referrals:convert` (tie a customer to the partner who brought it, verify it, reject it).
         */
        post: operations["convertReferral"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/referrals/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report that a customer's e-mail is verified
         * @description Scope: `referrals:convert` (tie a customer to the partner who brought it, verify it, reject it).
         */
        post: operations["verifyReferral"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/referrals/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask whether a code is valid
         * @description Scope: `referrals:convert` (tie a customer to the partner who brought it, verify it, reject it).
         */
        post: operations["validateReferral"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/referrals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List every partner's referrals
         * @description Scope: `partners:read` (read every partner).
         */
        get: operations["listAllReferrals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/referrals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a referral
         * @description Scope: `partners:read` (read every partner).
         */
        get: operations["getReferralFor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/referrals/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Assign a customer to a partner by hand
         * @description Scope: `partners:write` (approve, reject, suspend, reinstate and terminate partners; decide tiers; coupons; invitations).
         */
        post: operations["assignReferral"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/referrals/{id}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reject a referral
         * @description Scope: `referrals:convert` (tie a customer to the partner who brought it, verify it, reject it).
         */
        post: operations["rejectReferral"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/referrals/{id}/reattribute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a converted customer to another partner
         * @description Ends the referral and answers with the one that takes its place, under the new partner's terms of this moment. What the customer brought and nobody has been paid for is taken back from the one and earned by the other; what was paid, is in a payout, in dispute or ended by a person stays.
         *
         *     Scope: `partners:write` (approve, reject, suspend, reinstate and terminate partners; decide tiers; coupons; invitations).
         */
        post: operations["reattributeReferral"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/coupons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List coupons
         * @description Scope: `partners:read` (read every partner).
         */
        get: operations["listCoupons"];
        put?: never;
        /**
         * Give a partner a coupon
         * @description Scope: `partners:write` (approve, reject, suspend, reinstate and terminate partners; decide tiers; coupons; invitations).
         */
        post: operations["createCoupon"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/coupons/{id}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a coupon out of use
         * @description Scope: `partners:write` (approve, reject, suspend, reinstate and terminate partners; decide tiers; coupons; invitations).
         */
        post: operations["archiveCoupon"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Explain a click, a customer or a transaction
         * @description Every touch that the server saw, the rule that chose among them, and what was missing.
         *
         *     Scope: `transactions:read` (read transactions and explain them).
         */
        get: operations["explain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report payments, card spend, refunds and chargebacks
         * @description One event (sent bare, or as an array of one) or up to 1,000, each with a result of its own; what is recorded is assessed and booked before the answer. Sending an event again is harmless: the same external id with the same content is the same event.
         *
         *     Scope: `transactions:write` (report payments, card spend, refunds and chargebacks).
         */
        post: operations["recordTransactions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Transactions, newest first
         * @description Scope: `transactions:read` (read transactions and explain them).
         */
        get: operations["listTransactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/transactions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One transaction, and what reverses it
         * @description Scope: `transactions:read` (read transactions and explain them).
         */
        get: operations["getTransaction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/commissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List commissions
         * @description Scope: `own:commissions:read` (read the own commissions and receipts).
         */
        get: operations["listCommissions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/commissions/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Commission summary
         * @description Scope: `own:commissions:read` (read the own commissions and receipts).
         */
        get: operations["getCommissionSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/commissions/disputes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List own disputes
         * @description Scope: `own:commissions:read` (read the own commissions and receipts).
         */
        get: operations["listDisputes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/commissions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get commission details
         * @description Scope: `own:commissions:read` (read the own commissions and receipts).
         */
        get: operations["getCommission"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/commissions/dispute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Dispute commission
         * @description Until the operator settles it, the hold stands still and what has not been paid of the commission is set aside. A commission that has been paid cannot be disputed.
         *
         *     Scope: `own:commissions:dispute` (dispute an own commission).
         */
        post: operations["disputeCommission"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/commissions/reassess/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show what a re-assessment would correct
         * @description Assesses a partner's recorded events in the order of their dates and compares with what is booked. Writes nothing.
         *
         *     Scope: `commissions:write` (calculate, approve, grant and cancel commissions; resolve disputes).
         */
        post: operations["previewReassessment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/commissions/reassess": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Book what a re-assessment corrects
         * @description By new entries that name the act: nothing that is booked is edited. What a rejection or a person has ended stays ended.
         *
         *     Scope: `commissions:write` (calculate, approve, grant and cancel commissions; resolve disputes).
         */
        post: operations["reassessCommissions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/program/plans/simulate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show what a plan would have cost
         * @description Runs the recorded history of every partner under the plan that is sent, beside the terms that were in force. Writes nothing.
         *
         *     Scope: `commissions:read` (read every commission and receipt).
         */
        post: operations["simulatePlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/commissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all commissions
         * @description Scope: `commissions:read` (read every commission and receipt).
         */
        get: operations["listAllCommissions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/commissions/disputes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all disputes
         * @description Scope: `commissions:read` (read every commission and receipt).
         */
        get: operations["listAllDisputes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/commissions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a commission
         * @description Scope: `commissions:read` (read every commission and receipt).
         */
        get: operations["getAnyCommission"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/commissions/calculate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Calculate commissions
         * @description Assesses what was recorded and not assessed: nothing, where everything was reported through the API.
         *
         *     Scope: `commissions:write` (calculate, approve, grant and cancel commissions; resolve disputes).
         */
        post: operations["calculateCommissions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/commissions/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show what a sale would earn, and why
         * @description Scope: `commissions:read` (read every commission and receipt).
         */
        post: operations["previewCommission"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/commissions/grant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Grant a bonus by hand
         * @description Scope: `commissions:write` (calculate, approve, grant and cancel commissions; resolve disputes).
         */
        post: operations["grantCommission"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/commissions/write-off": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write off a partner's debt
         * @description Scope: `commissions:write` (calculate, approve, grant and cancel commissions; resolve disputes).
         */
        post: operations["writeOffDebt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/commissions/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a commission before its hold ends
         * @description Scope: `commissions:write` (calculate, approve, grant and cancel commissions; resolve disputes).
         */
        post: operations["approveCommission"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/commissions/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a commission for good
         * @description One that has been approved is taken back by a reversal; what is not there any more becomes debt.
         *
         *     Scope: `commissions:write` (calculate, approve, grant and cancel commissions; resolve disputes).
         */
        post: operations["cancelCommission"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/commissions/disputes/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Settle a dispute
         * @description Scope: `commissions:write` (calculate, approve, grant and cancel commissions; resolve disputes).
         */
        post: operations["resolveDispute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/payouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all payouts
         * @description Scope: `payouts:read` (read every payout).
         */
        get: operations["listAllPayouts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/payouts/bank-file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What is to be paid by hand, for the bank
         * @description CSV: reference (the payout), holder, iban or account_number and bank_code, amount in major units, currency, exported_before. A payment is handed out once, at most 5,000 in a file; `includeExported` hands it out again and says when it was first. What the bank sends back is recorded as a return.
         *
         *     Scope: `payouts:process` (release payouts, make batches of them).
         */
        post: operations["exportBankFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/payouts/reconciliation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Compare what was transferred with what Stripe says
         * @description Both ways, for a period; every difference by name. Changes nothing.
         *
         *     Scope: `payouts:read` (read every payout).
         */
        get: operations["reconcilePayouts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/payouts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a payout
         * @description Scope: `payouts:read` (read every payout).
         */
        get: operations["getAnyPayout"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/payouts/request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Request a payout for a partner
         * @description Also below the minimum, and in a currency that has none.
         *
         *     Scope: `payouts:process` (release payouts, make batches of them).
         */
        post: operations["requestPayoutFor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/payouts/process": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Process payouts
         * @description Releases one payout, or what waits, oldest first, to the provider; jobs send it. One that may not leave now is named and stays; asked for by itself it is refused.
         *
         *     Scope: `payouts:process` (release payouts, make batches of them).
         */
        post: operations["processPayout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/payouts/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a waiting payout
         * @description Scope: `payouts:process` (release payouts, make batches of them).
         */
        post: operations["cancelPayoutFor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/payouts/{id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record that a bank returned a payout that was made by hand
         * @description Scope: `payouts:process` (release payouts, make batches of them).
         */
        post: operations["recordReturn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/payouts/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whom the next release would pay, and what is withheld and why
         * @description Partners with money or debt in a currency, the largest balance first. Changes nothing.
         *
         *     Scope: `payouts:read` (read every payout).
         */
        get: operations["previewPayouts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/payouts/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the programme pays
         * @description Scope: `payouts:read` (read every payout).
         */
        get: operations["getPayoutSettings"];
        /**
         * Change how the programme pays
         * @description What is not given stays.
         *
         *     Scope: `program:write` (change the programme, draft and publish plans).
         */
        put: operations["changePayoutSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/payouts/settings/currency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set limit, fees and schedule of one currency
         * @description A partner's own schedule goes before the programme's. A fee holds for payouts that are asked for from now on.
         *
         *     Scope: `program:write` (change the programme, draft and publish plans).
         */
        put: operations["changePayoutCurrency"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/payout-batches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List batches
         * @description Scope: `payouts:read` (read every payout).
         */
        get: operations["listPayoutBatches"];
        put?: never;
        /**
         * Make a batch of what waits
         * @description Payouts that may leave now, oldest first; nothing more comes into it. Where they, and what left in the last day without a second person, are more than the limit, it waits for one.
         *
         *     Scope: `payouts:process` (release payouts, make batches of them).
         */
        post: operations["makePayoutBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/payout-batches/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow a batch
         * @description How many of its payouts stand where. The payouts themselves: the list of payouts with `batchId`.
         *
         *     Scope: `payouts:read` (read every payout).
         */
        get: operations["getPayoutBatch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/payout-batches/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a batch as the second person
         * @description By a person who has signed in, and not the one who made it, by themselves or by a key of theirs.
         *
         *     Scope: `payouts:approve` (approve and refuse batches of payouts as the second person).
         */
        post: operations["approvePayoutBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/payout-batches/{id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refuse a batch: its money is the partners' balance again
         * @description Scope: `payouts:approve` (approve and refuse batches of payouts as the second person).
         */
        post: operations["refusePayoutBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/payout-batches/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release a batch to the providers
         * @description What may not leave now is named, and waits again outside of the batch.
         *
         *     Scope: `payouts:process` (release payouts, make batches of them).
         */
        post: operations["releasePayoutBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/payout-batches/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a batch apart: its payouts wait again
         * @description Scope: `payouts:process` (release payouts, make batches of them).
         */
        post: operations["cancelPayoutBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/payouts/{id}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Statement of a payout, as PDF or CSV
         * @description Opening balance, each commission and reversal with its customer masked, fees, what was set off, closing balance. The totals have been held against the books. Lines and totals never change; names are those of now. A PDF lists up to 2,000 lines and sums up the others; a CSV has them all.
         *
         *     Scope: `own:payouts:read` (read the own payouts).
         */
        get: operations["getPayoutStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/payouts/{id}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Statement of any payout, as PDF or CSV
         * @description Opening balance, each commission and reversal with its customer masked, fees, what was set off, closing balance. The totals have been held against the books. Lines and totals never change; names are those of now. A PDF lists up to 2,000 lines and sums up the others; a CSV has them all.
         *
         *     Scope: `payouts:read` (read every payout).
         */
        get: operations["getAnyPayoutStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/payouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List payouts
         * @description Scope: `own:payouts:read` (read the own payouts).
         */
        get: operations["getPayoutHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/payouts/request": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Request payout
         * @description Reserves a part or all of what is available, from the terms' minimum up. The operator releases it.
         *
         *     Scope: `own:payouts:write` (request a payout, change the payout method and schedule).
         */
        post: operations["requestPayout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/payouts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get payout details
         * @description Scope: `own:payouts:read` (read the own payouts).
         */
        get: operations["getPayout"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/payouts/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back a waiting payout
         * @description Scope: `own:payouts:write` (request a payout, change the payout method and schedule).
         */
        post: operations["cancelPayout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/payouts/method": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the partner is paid
         * @description Scope: `own:payouts:read` (read the own payouts).
         */
        get: operations["getPaymentMethod"];
        /**
         * Update payment method
         * @description Stripe answers with a single-use page where the account is completed; asked again it gives a fresh one. What was released and not yet sent to the method before waits to be released again.
         *
         *     Scope: `own:payouts:write` (request a payout, change the payout method and schedule).
         */
        put: operations["updatePaymentMethod"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/payouts/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Schedules by which the partner is paid
         * @description Its own, by currency. Where it has none, the programme's holds.
         *
         *     Scope: `own:payouts:read` (read the own payouts).
         */
        get: operations["getPayoutSchedules"];
        /**
         * Be paid on a schedule
         * @description Days are days of the programme's time zone. Several that were missed are caught up once.
         *
         *     Scope: `own:payouts:write` (request a payout, change the payout method and schedule).
         */
        put: operations["scheduleAutoPayout"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/revenue/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Billing systems, and when they were last heard of
         * @description Scope: `transactions:read` (read transactions and explain them).
         */
        get: operations["listRevenueSources"];
        put?: never;
        /**
         * Connect a billing system; the secret of a generic one is shown once
         * @description Scope: `sources:write` (connect billing systems that report revenue; change and turn off their signing secrets).
         */
        post: operations["createRevenueSource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/revenue/sources/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a billing system another signing secret; the one before stays good for a while
         * @description Scope: `sources:write` (connect billing systems that report revenue; change and turn off their signing secrets).
         */
        post: operations["rotateRevenueSourceSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/revenue/sources/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Rename a billing system, turn it off or on
         * @description Scope: `sources:write` (connect billing systems that report revenue; change and turn off their signing secrets).
         */
        patch: operations["updateRevenueSource"];
        trace?: never;
    };
    "/api/v1/admin/revenue/unmatched": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Revenue that was told of and is not in the books, with why
         * @description Scope: `transactions:read` (read transactions and explain them).
         */
        get: operations["listUnmatchedRevenue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/revenue/failures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Signed messages that could not be worked on so far
         * @description Scope: `transactions:read` (read transactions and explain them).
         */
        get: operations["listInboxFailures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List own tickets
         * @description Scope: `own:support:read` (read the own tickets and their files).
         */
        get: operations["listTickets"];
        put?: never;
        /**
         * Open a ticket
         * @description Asks the operator's team, who are told by e-mail. `object` is something of the caller's own.
         *
         *     Scope: `own:support:write` (open and answer the own tickets).
         */
        post: operations["openTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/tickets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a ticket with its messages
         * @description Scope: `own:support:read` (read the own tickets and their files).
         */
        get: operations["getTicket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/tickets/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write into a ticket
         * @description It is the team's turn then; a solved ticket is open again. A closed one takes no more.
         *
         *     Scope: `own:support:write` (open and answer the own tickets).
         */
        post: operations["answerTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/tickets/{id}/solve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that a ticket is solved
         * @description Scope: `own:support:write` (open and answer the own tickets).
         */
        post: operations["solveTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/tickets/files/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a file of a ticket
         * @description Scope: `own:support:read` (read the own tickets and their files).
         */
        get: operations["getTicketFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List every partner's tickets
         * @description Scope: `support:read` (read every partner's tickets and the team's notes).
         */
        get: operations["listAllTickets"];
        put?: never;
        /**
         * Ask a partner
         * @description Scope: `support:write` (answer, assign, solve and close tickets).
         */
        post: operations["openTicketFor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/tickets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a ticket with its messages and notes
         * @description Scope: `support:read` (read every partner's tickets and the team's notes).
         */
        get: operations["getTicketFor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Move or assign a ticket
         * @description Scope: `support:write` (answer, assign, solve and close tickets).
         */
        patch: operations["changeTicket"];
        trace?: never;
    };
    "/api/v1/admin/tickets/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer a ticket, or keep a note
         * @description The partner is told of an answer by e-mail, and never of a note.
         *
         *     Scope: `support:write` (answer, assign, solve and close tickets).
         */
        post: operations["answerTicketFor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/tickets/files/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a file of any ticket
         * @description Scope: `support:read` (read every partner's tickets and the team's notes).
         */
        get: operations["getTicketFileFor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/analytics/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Dashboard overview
         * @description Scope: `own:analytics:read` (read and export the own figures).
         */
        get: operations["getDashboardOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/analytics/performance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Performance metrics
         * @description Scope: `own:analytics:read` (read and export the own figures).
         */
        get: operations["getPerformanceMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/analytics/conversions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Conversion funnel
         * @description Scope: `own:analytics:read` (read and export the own figures).
         */
        get: operations["getConversionFunnel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/analytics/revenue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Revenue breakdown
         * @description Scope: `own:analytics:read` (read and export the own figures).
         */
        get: operations["getRevenueBreakdown"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/analytics/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many customers go on paying, by the month in which they were won
         * @description Scope: `own:analytics:read` (read and export the own figures).
         */
        get: operations["getRetention"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/analytics/forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the coming four weeks may bring, with the error of past forecasts
         * @description Scope: `own:analytics:read` (read and export the own figures).
         */
        get: operations["getForecast"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/partners/analytics/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Export data
         * @description The file is whole before its first byte is sent. Customers are masked.
         *
         *     Scope: `own:analytics:read` (read and export the own figures).
         */
        post: operations["exportAnalytics"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/partners/analytics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Partner analytics: the programme, and its partners one by one
         * @description Scope: `analytics:read` (read and export figures of the whole programme).
         */
        get: operations["getProgramAnalytics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/partners/analytics/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many customers of the programme, or of one partner, go on paying, by the month in which they were won
         * @description Scope: `analytics:read` (read and export figures of the whole programme).
         */
        get: operations["getProgramRetention"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/partners/analytics/forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the coming four weeks may bring the programme or one partner, with the error of past forecasts
         * @description Scope: `analytics:read` (read and export figures of the whole programme).
         */
        get: operations["getProgramForecast"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/partners/analytics/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Export data of every partner, or of one
         * @description Scope: `analytics:read` (read and export figures of the whole programme).
         */
        post: operations["exportProgramAnalytics"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Listen to events as they happen
         * @description Server-sent events: `id` is the place in the stream, `event` the type, `data` the body as an endpoint gets it. Sent again as `Last-Event-ID` an id continues after it, and nothing is missed. The stream ends after ten minutes; come back with the last id. At most five streams of one caller.
         *
         *     Scope: `own:webhooks:read` for a partner, `webhooks:read` for the operator.
         */
        get: operations["streamWebhookEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The catalogue of events
         * @description Every event with the JSON Schema of its body and an example.
         */
        get: operations["listWebhookEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Endpoints, without their secrets
         * @description Scope: `own:webhooks:read` for a partner, `webhooks:read` for the operator.
         */
        get: operations["listWebhookEndpoints"];
        put?: never;
        /**
         * Register a webhook; its secret is shown once
         * @description Scope: `own:webhooks:write` for a partner, `webhooks:write` for the operator.
         */
        post: operations["registerWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An endpoint and how it fares
         * @description Scope: `own:webhooks:read` for a partner, `webhooks:read` for the operator.
         */
        get: operations["getWebhookEndpoint"];
        put?: never;
        post?: never;
        /**
         * Delete an endpoint
         * @description Scope: `own:webhooks:write` for a partner, `webhooks:write` for the operator.
         */
        delete: operations["deleteWebhookEndpoint"];
        options?: never;
        head?: never;
        /**
         * Change an endpoint
         * @description Scope: `own:webhooks:write` for a partner, `webhooks:write` for the operator.
         */
        patch: operations["updateWebhookEndpoint"];
        trace?: never;
    };
    "/api/v1/webhooks/endpoints/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give an endpoint another secret; it is shown once
         * @description For 24 hours messages are signed with both.
         *
         *     Scope: `own:webhooks:write` for a partner, `webhooks:write` for the operator.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/endpoints/{id}/ping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test
         * @description A `webhook.ping` on the way of every event. Read the delivery to see what was answered.
         *
         *     Scope: `own:webhooks:write` for a partner, `webhooks:write` for the operator.
         */
        post: operations["pingWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/endpoints/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turn an endpoint on again
         * @description What waits for it goes out. What happened while it was off is sent by a replay.
         *
         *     Scope: `own:webhooks:write` for a partner, `webhooks:write` for the operator.
         */
        post: operations["enableWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Deliveries
         * @description Scope: `own:webhooks:read` for a partner, `webhooks:read` for the operator.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A delivery with what was sent and answered
         * @description Scope: `own:webhooks:read` for a partner, `webhooks:read` for the operator.
         */
        get: operations["getWebhookDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/deliveries/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an event again
         * @description Scope: `own:webhooks:write` for a partner, `webhooks:write` for the operator.
         */
        post: operations["replayWebhookDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send what an endpoint has missed
         * @description Dead deliveries of the range, and what happened while the endpoint was off or not there yet, of the last 30 days; with `includeDelivered` all of the range.
         *
         *     Scope: `own:webhooks:write` for a partner, `webhooks:write` for the operator.
         */
        post: operations["replayWebhooks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/stripe-connect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Messages of Stripe Connect
         * @description Signed by Stripe (`Stripe-Signature`). A message is stored once, however often it is delivered.
         */
        post: operations["receiveStripeConnectMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/webhooks/stripe-billing/{sourceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Messages of Stripe Billing
         * @description Signed by Stripe (`Stripe-Signature`). A message is stored once, however often it is delivered.
         */
        post: operations["receiveStripeBillingMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/intake/{sourceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Signed transactions of another billing system
         * @description Signed as Standard Webhooks say: `webhook-id`, `webhook-timestamp` and `webhook-signature` (`v1,` and the base64 of HMAC-SHA-256 over `id.timestamp.body`). One event, or up to 1,000, each with a result of its own. A message that is delivered again is answered as it was first.
         */
        post: operations["takeTransactions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description An error (RFC 9457) */
        Problem: {
            /** @description A URL that names the code in the documentation */
            type: string;
            /** @description What went wrong, for a person */
            title: string;
            status: number;
            /** @description Stable and machine-readable: `<module>.<name>` */
            code: string;
            detail?: string;
            /** @description Quote it when you ask for help */
            requestId: string;
            /** @description The figures behind the error */
            facts?: {
                [key: string]: unknown;
            };
            /** @description Each field that is wrong */
            errors?: {
                path: string;
                message: string;
            }[];
        };
        /** @description Work that wakes on a schedule. Times are the machine's: a clock in test mode does not move them */
        ScheduledJob: {
            /** @example commissions.approve_due */
            name: string;
            /**
             * @description Five cron fields, UTC
             * @example *\/5 * * * *
             */
            schedule: string;
            startedAt: string | null;
            /** @description What that run has done so far, as the job counts it */
            progress: number;
            finishedAt: string | null;
            durationMs: number | null;
            succeededAt: string | null;
            /** @description Runs that ended badly, ever */
            failures: number;
            error: string | null;
            nextRunAt: string | null;
            lagSeconds: number | null;
        };
        CommissionPlanSummary: {
            /**
             * Format: uuid
             * @description The version
             */
            id: string;
            version: number | null;
            /**
             * @description Of the published versions whose day has come, the highest is in force
             * @enum {unknown}
             */
            state: "draft" | "scheduled" | "in_force" | "superseded";
            /**
             * @description What its fixed amounts mean
             * @example USD
             */
            currency: string;
            /** @description IANA name; decides where a day begins */
            timeZone: string;
            effectiveFrom: string | null;
            /** @description It holds for customers who converted before, from its publication on */
            isRetroactive: boolean;
            /**
             * Format: date-time
             * @description When it was drafted
             * @example 2026-03-01T12:00:00.000Z
             */
            createdAt: string;
            publishedAt: string | null;
        };
        /** @description A tier of a plan version, with what was agreed otherwise */
        Terms: {
            /**
             * Format: uuid
             * @description The terms
             */
            id: string;
            /**
             * Format: uuid
             * @description The plan version
             */
            planId: string;
            planVersion: number;
            /** @enum {unknown} */
            tier: "tier1" | "tier2" | "tier3" | "tier4";
            /** @description Of fixed amounts */
            currency: string;
            timeZone: string;
            /** @description Once for each qualified referral, in minor units */
            signupBonus: number;
            /** @description Of each payment, as a decimal fraction (0.25 is 25 %) */
            recurringRate: number;
            recurringDuration: number | null;
            /** @description Of card and crypto volume, as a decimal fraction (0.25 is 25 %) */
            transactionRate: number;
            volumeBonuses: {
                threshold: number;
                /** @description What it adds, as a decimal fraction (0.25 is 25 %) */
                bonus: number;
            }[];
            /** @description `multiplicative` or `points` */
            volumeBonusMode: string;
            volumeTrueUp: {
                /**
                 * @description `rolling` is settled each month, on the volume of the `windowDays` before the month's end
                 * @enum {unknown}
                 */
                period: "month" | "quarter" | "year" | "rolling";
                /** @description Of `rolling`, and of it alone */
                windowDays?: number;
                /**
                 * @description `graduated`: each slice of the volume at its own step; `prospective`: each payment at the step that the volume before it reached; `retroactive`: all of it at the step that the whole reached
                 * @enum {unknown}
                 */
                mode: "graduated" | "prospective" | "retroactive";
                /** @description Ascending by `from`, each rate higher than the one before */
                steps: {
                    /** @description From so much volume on, in minor units of the plan's currency */
                    from: number;
                    /** @description Earned beside what the payments earned, as a decimal fraction of at most six places */
                    rate: number;
                }[];
            } | null;
            /** @description Of revenue, in mode `share`, as a decimal fraction (0.25 is 25 %) */
            revenueShare: number;
            /** @description `share` or `licence` */
            mode: string;
            /** @description What rates are multiplied by, as a decimal fraction (0.25 is 25 %) */
            tierMultiplier: number;
            /** @description Least first payment that qualifies, in minor units */
            qualifyingMinimum: number;
            holdDays: number;
            attributionWindowDays: number;
            /** @description By currency */
            minimumPayout: {
                [key: string]: number;
            };
            features: ("links" | "basic_dashboard" | "co_branding" | "leads" | "marketing_tools" | "full_branding" | "custom_domain" | "partner_api" | "cards" | "api" | "webhooks" | "co_marketing")[];
        };
        /** @description A request for another tier */
        TierChange: {
            /**
             * Format: uuid
             * @description The request
             */
            id: string;
            /**
             * Format: uuid
             * @description Who asks
             */
            partnerId: string;
            /** @enum {unknown} */
            fromTier: "tier1" | "tier2" | "tier3" | "tier4";
            /** @enum {unknown} */
            toTier: "tier1" | "tier2" | "tier3" | "tier4";
            /** @enum {unknown} */
            status: "requested" | "approved" | "rejected";
            eligibility: {
                isEligible: boolean | null;
                criteria: {
                    name: string;
                    minimum: number | null;
                    maximum: number | null;
                    actual: number | null;
                    isMet: boolean | null;
                }[];
            };
            reason: string | null;
            /**
             * Format: date-time
             * @description When it was asked for
             * @example 2026-03-01T12:00:00.000Z
             */
            requestedAt: string;
            decidedAt: string | null;
        };
        Partner: {
            /**
             * Format: uuid
             * @description The partner
             */
            id: string;
            email: string | null;
            name: string | null;
            isEmailVerified: boolean;
            /**
             * @description What the partner is; its tier is what it is paid by
             * @enum {unknown}
             */
            partnerType: "affiliate" | "reseller" | "whitelabel" | "technology";
            /** @enum {unknown} */
            tier: "tier1" | "tier2" | "tier3" | "tier4";
            companyName: string | null;
            referralCode: string;
            commissionRate: number | null;
            /**
             * @description `pending` waits for approval; `suspended` earns, held; `terminated` is final
             * @enum {unknown}
             */
            status: "pending" | "active" | "suspended" | "rejected" | "terminated";
            country: string | null;
            settings: {
                [key: string]: unknown;
            };
            /**
             * Format: date-time
             * @description When it joined
             * @example 2026-03-01T12:00:00.000Z
             */
            joinedAt: string;
            approvedAt: string | null;
            suspendedAt: string | null;
            terminatedAt: string | null;
            /**
             * Format: date-time
             * @description When it was entered
             * @example 2026-03-01T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Last change
             * @example 2026-03-01T12:00:00.000Z
             */
            updatedAt: string;
            externalId: string | null;
            /**
             * Format: uuid
             * @description The person
             */
            userId: string;
            statusReason: string | null;
        };
        PartnerInvitation: {
            /**
             * Format: uuid
             * @description The invitation
             */
            id: string;
            email: string;
            /**
             * Format: date-time
             * @description When it was sent
             * @example 2026-03-01T12:00:00.000Z
             */
            createdAt: string;
        };
        /** @description A partner that brought fewer customers than its tier asks for; what follows is for the operator to decide */
        TierReview: {
            /**
             * Format: uuid
             * @description The review
             */
            id: string;
            /**
             * Format: uuid
             * @description Whom it is about
             */
            partnerId: string;
            /** @enum {unknown} */
            tier: "tier1" | "tier2" | "tier3" | "tier4";
            /** @description Qualified referrals that the tier asks for */
            minimum: number;
            /** @description In so many days */
            days: number;
            /** @description Those that there were when it was last counted */
            counted: number;
            /**
             * @description `open`: fewer than asked for; `met`: no longer; `moot`: nothing is asked of the partner any more
             * @enum {unknown}
             */
            status: "open" | "met" | "moot";
            /**
             * Format: date-time
             * @description When it was first found
             * @example 2026-03-01T12:00:00.000Z
             */
            openedAt: string;
            /**
             * Format: date-time
             * @description When it was last counted
             * @example 2026-03-01T12:00:00.000Z
             */
            reviewedAt: string;
            closedAt: string | null;
        };
        /** @description One earned or reversed amount */
        Commission: {
            /**
             * Format: uuid
             * @description The commission
             */
            id: string;
            /**
             * Format: uuid
             * @description Who earned it
             */
            partnerId: string;
            referralId: string | null;
            transactionId: string | null;
            customer: string | null;
            /**
             * @description What it is earned for
             * @enum {unknown}
             */
            type: "signup" | "recurring" | "transaction" | "bonus";
            /**
             * @description The rule that made it
             * @example recurring
             */
            rule: string;
            /** @description The amount; negative where it takes back a part of another, in minor units */
            amount: number;
            /**
             * @description ISO 4217 code
             * @example USD
             */
            currency: string;
            rate: number | null;
            /**
             * @description `pending` is in hold; `approved` is available; `paid` has left in a payout; `disputed` is held; `cancelled` is final
             * @enum {unknown}
             */
            status: "pending" | "approved" | "paid" | "disputed" | "cancelled";
            reversesId: string | null;
            /**
             * Format: date-time
             * @description When it was earned
             * @example 2026-03-01T12:00:00.000Z
             */
            occurredAt: string;
            /**
             * Format: date-time
             * @description When its hold ends
             * @example 2026-03-01T12:00:00.000Z
             */
            holdUntil: string;
            periodStart: string | null;
            periodEnd: string | null;
            /**
             * Format: date-time
             * @description When it was assessed
             * @example 2026-03-01T12:00:00.000Z
             */
            calculatedAt: string;
            approvedAt: string | null;
            paidAt: string | null;
        };
        /** @description A commission that is contested */
        Dispute: {
            /**
             * Format: uuid
             * @description The dispute
             */
            id: string;
            /**
             * Format: uuid
             * @description What it is about
             */
            commissionId: string;
            /**
             * Format: uuid
             * @description Who disputes
             */
            partnerId: string;
            /** @description Why, in the partner's words */
            reason: string;
            /**
             * @description `upheld`: the commission stands; `cancelled`: it is not owed
             * @enum {unknown}
             */
            status: "open" | "upheld" | "cancelled";
            /** @description What was set aside when it was opened, in minor units */
            amountMoved: number;
            /** @description What it holds now, in minor units */
            amountHeld: number;
            /**
             * Format: date-time
             * @description When it was opened
             * @example 2026-03-01T12:00:00.000Z
             */
            openedAt: string;
            resolvedAt: string | null;
            resolution: string | null;
        };
        /** @description A payment of balance to a partner */
        Payout: {
            /**
             * Format: uuid
             * @description The payout
             */
            id: string;
            /**
             * Format: uuid
             * @description Who is paid
             */
            partnerId: string;
            /** @description Gross amount, in minor units */
            amount: number;
            /**
             * @description ISO 4217 code
             * @example USD
             */
            currency: string;
            /** @description Kept back as fee, in minor units */
            fee: number;
            /** @description Kept back for the tax authority, in minor units */
            taxWithheld: number;
            /** @description Fee of the transfer that the programme bears, in minor units */
            operatorFee: number;
            /** @description What reaches the partner, in minor units */
            netAmount: number;
            /** @description `stripe_connect` or `bank_file` */
            paymentMethod: string;
            /** @description pending, processing, completed, failed or cancelled */
            status: string;
            bankStatus: string | null;
            failureCode: string | null;
            batchId: string | null;
            /** @description partner, operator or schedule */
            requestedBy: string;
            /**
             * Format: date-time
             * @description When it was asked for
             * @example 2026-03-01T12:00:00.000Z
             */
            requestedAt: string;
            processedAt: string | null;
        };
        PreviewedPartner: {
            /**
             * Format: uuid
             * @description Who
             */
            partnerId: string;
            /**
             * @description ISO 4217 code
             * @example USD
             */
            currency: string;
            /** @description Available and in no payout, in minor units */
            available: number;
            /** @description What the partner owes, in minor units */
            debt: number;
            method: string | null;
            lines: {
                payoutId: string | null;
                /** @description Gross; negative where the partner owes, in minor units */
                amount: number;
                /** @description Kept back as fee, in minor units */
                fee: number;
                /** @description Fee that the programme bears, in minor units */
                operatorFee: number;
                /** @description What would reach the partner, in minor units */
                netAmount: number;
                isPayable: boolean;
                withheld: string | null;
                reason: string | null;
            }[];
        };
        /** @description Payouts of one currency that are approved and released together */
        PayoutBatch: {
            /**
             * Format: uuid
             * @description The batch
             */
            id: string;
            /**
             * @description ISO 4217 code
             * @example USD
             */
            currency: string;
            /** @description waiting (for a second person), ready, released, refused, expired or cancelled */
            status: string;
            /** @description Gross, when it was made, in minor units */
            amount: number;
            /** @description How many payouts it was made of */
            payouts: number;
            approvalAbove: number | null;
            madeBy: string | null;
            /**
             * Format: date-time
             * @description When it was made
             * @example 2026-03-01T12:00:00.000Z
             */
            madeAt: string;
            expiresAt: string | null;
            approvedBy: string | null;
            approvedAt: string | null;
            decisionReason: string | null;
            releasedAt: string | null;
            closedAt: string | null;
            finishedAt: string | null;
            /** @description How far it is */
            counts: {
                /** @description As of payouts */
                status: string;
                /** @description Payouts that stand there */
                count: number;
                /** @description Their gross sum, in minor units */
                amount: number;
            }[];
        };
        PaymentMethod: {
            /**
             * Format: uuid
             * @description The method
             */
            id: string;
            kind: string;
            /** @description What may be shown of it */
            summary: string;
            /** @description incomplete, payable or restricted */
            status: string;
            statusReason: string | null;
            onboardingUrl: string | null;
            /**
             * Format: date-time
             * @description Last change
             * @example 2026-03-01T12:00:00.000Z
             */
            updatedAt: string;
            usableAt: string | null;
        };
        AutoPayout: {
            /**
             * @description ISO 4217 code
             * @example USD
             */
            currency: string;
            /** @enum {unknown} */
            every: "week" | "fortnight" | "month" | "amount";
            day: number;
            minimum: number | null;
            isEnabled: boolean;
            /**
             * Format: date
             * @description The next due day, in the programme's time zone
             */
            nextDueOn: string;
            /**
             * Format: date-time
             * @description When it runs next
             * @example 2026-03-01T12:00:00.000Z
             */
            nextRunAt: string;
        };
        /** @description A question and its answers */
        Ticket: {
            /**
             * Format: uuid
             * @description The ticket
             */
            id: string;
            /**
             * Format: uuid
             * @description Whose it is
             */
            partnerId: string;
            /**
             * @description What it is about, in a line
             * @example A commission is missing
             */
            subject: string;
            /**
             * @description `open`: the team is to answer; `waiting`: the partner is; `solved`: a message opens it again; `closed`: for good
             * @enum {unknown}
             */
            status: "open" | "waiting" | "solved" | "closed";
            object: {
                /** @enum {unknown} */
                type: "commission" | "payout" | "referral";
                /**
                 * Format: uuid
                 * @description The commission, payout or referral
                 */
                id: string;
            } | null;
            /**
             * Format: date-time
             * @description When it was opened
             * @example 2026-03-01T12:00:00.000Z
             */
            openedAt: string;
            /**
             * Format: date-time
             * @description When something of it last changed that the partner sees
             * @example 2026-03-01T12:00:00.000Z
             */
            updatedAt: string;
            solvedAt: string | null;
            closedAt: string | null;
        };
        OperatorTicket: {
            /**
             * Format: uuid
             * @description The ticket
             */
            id: string;
            /**
             * Format: uuid
             * @description Whose it is
             */
            partnerId: string;
            /**
             * @description What it is about, in a line
             * @example A commission is missing
             */
            subject: string;
            /**
             * @description `open`: the team is to answer; `waiting`: the partner is; `solved`: a message opens it again; `closed`: for good
             * @enum {unknown}
             */
            status: "open" | "waiting" | "solved" | "closed";
            object: {
                /** @enum {unknown} */
                type: "commission" | "payout" | "referral";
                /**
                 * Format: uuid
                 * @description The commission, payout or referral
                 */
                id: string;
            } | null;
            /**
             * Format: date-time
             * @description When it was opened
             * @example 2026-03-01T12:00:00.000Z
             */
            openedAt: string;
            /**
             * Format: date-time
             * @description When something of it last changed that the partner sees
             * @example 2026-03-01T12:00:00.000Z
             */
            updatedAt: string;
            solvedAt: string | null;
            closedAt: string | null;
            assignedTo: string | null;
        };
        /** @description Where events are sent */
        WebhookEndpoint: {
            /**
             * Format: uuid
             * @description The endpoint
             */
            id: string;
            partnerId: string | null;
            /** @example https://app.example.com/webhooks */
            url: string;
            description: string | null;
            /**
             * @example [
             *       "commission.*",
             *       "payout.completed"
             *     ]
             */
            events: string[];
            /**
             * @description active, inactive (turned off by its owner) or failed (turned off by us)
             * @example active
             */
            status: string;
            statusReason: string | null;
            /** @description Attempts that failed since one went well */
            failureCount: number;
            failingSince: string | null;
            lastTriggeredAt: string | null;
            lastDeliveredAt: string | null;
            previousSecretUntil: string | null;
            /**
             * Format: date-time
             * @description When it was registered
             * @example 2026-03-01T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Last change
             * @example 2026-03-01T12:00:00.000Z
             */
            updatedAt: string;
        };
        /** @description One event on its way to one endpoint */
        WebhookDelivery: {
            /**
             * Format: uuid
             * @description The delivery
             */
            id: string;
            /**
             * Format: uuid
             * @description Where to
             */
            endpointId: string;
            /**
             * Format: uuid
             * @description `webhook-id` of the message: the same in every attempt
             */
            eventId: string;
            /** @example commission.approved */
            eventType: string;
            /**
             * Format: uuid
             * @description What the event is about; its events arrive in order
             */
            objectId: string;
            /**
             * @description `dead` after the last attempt
             * @enum {unknown}
             */
            status: "waiting" | "delivered" | "dead";
            /** @description Attempts so far */
            attempts: number;
            nextAttemptAt: string | null;
            lastStatusCode: number | null;
            lastError: string | null;
            /**
             * Format: date-time
             * @description When it was put on its way
             * @example 2026-03-01T12:00:00.000Z
             */
            createdAt: string;
            settledAt: string | null;
        };
        /** @description A person who can sign in */
        User: {
            /**
             * Format: uuid
             * @description Of the person
             */
            id: string;
            /** @enum {unknown} */
            role: "admin" | "finance" | "support" | "partner" | "customer";
            email: string;
            name: string | null;
            /** @enum {unknown} */
            status: "active" | "disabled";
            emailVerifiedAt: string | null;
            /**
             * Format: date-time
             * @description When they were added
             * @example 2026-03-01T12:00:00.000Z
             */
            createdAt: string;
        };
        /** @description An API key, without its secret */
        ApiKey: {
            /**
             * Format: uuid
             * @description Of the key
             */
            id: string;
            name: string;
            /** @description User name of basic authentication; public */
            apiKey: string;
            /**
             * @example [
             *       "referrals:convert",
             *       "transactions:write"
             *     ]
             */
            scopes: string[];
            /**
             * @example [
             *       "203.0.113.0/24"
             *     ]
             */
            ipAllowList: string[];
            /** @enum {unknown} */
            status: "active" | "revoked" | "expired";
            createdBy: string | null;
            /**
             * Format: date-time
             * @description When it was made
             * @example 2026-03-01T12:00:00.000Z
             */
            createdAt: string;
            lastUsedAt: string | null;
            expiresAt: string | null;
            revokedAt: string | null;
        };
        /** @description The partner programme of an operator */
        Program: {
            /**
             * Format: uuid
             * @description The programme
             */
            id: string;
            /** @description Shown to partners */
            name: string;
            /**
             * @description Currency of fixed amounts; stays as it is once money has been booked
             * @example USD
             */
            currency: string;
            /**
             * @description IANA name; a change is a new plan version
             * @example Europe/Berlin
             */
            timeZone: string;
            /**
             * @description Hosts that links may lead to, with a port where it is not the usual one
             * @example [
             *       "shop.example.com"
             *     ]
             */
            destinationHosts: string[];
            defaultDestination: string | null;
            /**
             * @description Which click of several counts
             * @enum {unknown}
             */
            attributionModel: "last" | "first";
            /** @description A referral qualifies only when the customer's e-mail is verified */
            requiresVerifiedEmail: boolean;
            /** @description Tiers whose partners are approved when their e-mail is verified */
            autoApprovedTiers: ("tier1" | "tier2" | "tier3" | "tier4")[];
            /**
             * Format: date-time
             * @description When it was made
             * @example 2026-03-01T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Last change
             * @example 2026-03-01T12:00:00.000Z
             */
            updatedAt: string;
        };
        TierPlan: {
            /** @description Once for each qualified referral, in minor units of the plan's currency */
            signupBonus?: number;
            /** @description Of each payment, as a decimal fraction of at most six places (0.25 is 25 %) */
            recurringRate?: number;
            recurringDuration?: number | null;
            /** @description Of card and crypto volume, as a decimal fraction of at most six places (0.25 is 25 %) */
            transactionRate?: number;
            /** @description Ascending by threshold */
            volumeBonuses?: {
                /** @description From so many clients on */
                threshold: number;
                /** @description What it adds, as a decimal fraction of at most six places (0.25 is 25 %) */
                bonus: number;
            }[];
            /**
             * @description `multiplicative`: rate × (1 + bonus); `points`: rate + bonus
             * @enum {unknown}
             */
            volumeBonusMode?: "multiplicative" | "points";
            volumeTrueUp?: {
                /**
                 * @description `rolling` is settled each month, on the volume of the `windowDays` before the month's end
                 * @enum {unknown}
                 */
                period: "month" | "quarter" | "year" | "rolling";
                /** @description Of `rolling`, and of it alone */
                windowDays?: number;
                /**
                 * @description `graduated`: each slice of the volume at its own step; `prospective`: each payment at the step that the volume before it reached; `retroactive`: all of it at the step that the whole reached
                 * @enum {unknown}
                 */
                mode: "graduated" | "prospective" | "retroactive";
                /** @description Ascending by `from`, each rate higher than the one before */
                steps: {
                    /** @description From so much volume on, in minor units of the plan's currency */
                    from: number;
                    /** @description Earned beside what the payments earned, as a decimal fraction of at most six places */
                    rate: number;
                }[];
            } | null;
            /** @description Share of revenue in mode `share`, as a decimal fraction of at most six places (0.25 is 25 %) */
            revenueShare?: number;
            /**
             * @description `licence` earns no share of revenue
             * @enum {unknown}
             */
            mode?: "share" | "licence";
            /** @description Owed once, in minor units of the plan's currency */
            setupFee?: number;
            /** @description Owed each month in mode `licence`, in minor units of the plan's currency */
            monthlyLicense?: number;
            /** @description Owed for each card product, in minor units of the plan's currency */
            customCardFee?: number;
            /** @description Owed each month where support is ordered, in minor units of the plan's currency */
            supportFee?: number;
            /** @description Owed once for an integration, in minor units of the plan's currency */
            integrationFee?: number;
            /** @description Granted each quarter, in minor units of the plan's currency */
            coMarketingBudget?: number;
            /** @description What the tier multiplies rates by; 1 when not given. No rate comes to more than 10 with its highest bonus and this */
            tierMultiplier?: number;
            /** @description Least first payment that qualifies a referral; any above zero when not given, in minor units of the plan's currency */
            qualifyingMinimum?: number;
            /** @description Least payout by currency, in minor units of each; a currency without one is paid on request of an operator */
            minimumPayout: {
                [key: string]: number;
            };
            /** @description Days of 24 hours in which a commission is pending */
            holdDays: number;
            /** @description A conversion follows its click by at most so many days of 24 hours */
            attributionWindowDays: number;
            /** @description Where the `recurringRate` and its overrides may lie, before bonuses */
            recurringRateRange?: {
                /** @description Least `recurringRate`, as a decimal fraction of at most six places (0.25 is 25 %) */
                minimum: number;
                /** @description Highest `recurringRate`, as a decimal fraction of at most six places (0.25 is 25 %) */
                maximum: number;
            };
            /** @description Where the `revenueShare` and its overrides may lie, before bonuses */
            revenueShareRange?: {
                /** @description Least `revenueShare`, as a decimal fraction of at most six places (0.25 is 25 %) */
                minimum: number;
                /** @description Highest `revenueShare`, as a decimal fraction of at most six places (0.25 is 25 %) */
                maximum: number;
            };
            /** @description Shown where the tier is asked for; an admin decides */
            eligibility?: {
                qualifiedReferrals?: {
                    minimum: number;
                    days: number;
                };
                monthlyLicense?: {
                    /** @description Least monthly licence, in minor units of the plan's currency */
                    minimum: number;
                    /** @description Highest monthly licence, in minor units of the plan's currency */
                    maximum: number;
                };
                setupFee?: {
                    /** @description Least set-up fee, in minor units of the plan's currency */
                    minimum: number;
                    /** @description Highest set-up fee, in minor units of the plan's currency */
                    maximum: number;
                };
                /** @enum {boolean} */
                partnershipAgreement?: true;
            };
            features: ("links" | "basic_dashboard" | "co_branding" | "leads" | "marketing_tools" | "full_branding" | "custom_domain" | "partner_api" | "cards" | "api" | "webhooks" | "co_marketing")[];
        };
        CommissionPlan: {
            /**
             * Format: uuid
             * @description The version
             */
            id: string;
            version: number | null;
            /**
             * @description Of the published versions whose day has come, the highest is in force
             * @enum {unknown}
             */
            state: "draft" | "scheduled" | "in_force" | "superseded";
            /**
             * @description What its fixed amounts mean
             * @example USD
             */
            currency: string;
            /** @description IANA name; decides where a day begins */
            timeZone: string;
            effectiveFrom: string | null;
            /** @description It holds for customers who converted before, from its publication on */
            isRetroactive: boolean;
            /**
             * Format: date-time
             * @description When it was drafted
             * @example 2026-03-01T12:00:00.000Z
             */
            createdAt: string;
            publishedAt: string | null;
            tiers: {
                tier1: components["schemas"]["TierPlan"];
                tier2: components["schemas"]["TierPlan"];
                tier3: components["schemas"]["TierPlan"];
                tier4: components["schemas"]["TierPlan"];
            };
        };
        /** @description The same whether or not the e-mail is known */
        Registration: {
            /**
             * @description A mail is on its way; it says how to go on
             * @enum {string}
             */
            status: "verification_sent";
        };
        PartnerProfile: {
            /**
             * Format: uuid
             * @description The partner
             */
            id: string;
            email: string | null;
            name: string | null;
            isEmailVerified: boolean;
            /**
             * @description What the partner is; its tier is what it is paid by
             * @enum {unknown}
             */
            partnerType: "affiliate" | "reseller" | "whitelabel" | "technology";
            /** @enum {unknown} */
            tier: "tier1" | "tier2" | "tier3" | "tier4";
            companyName: string | null;
            referralCode: string;
            commissionRate: number | null;
            /**
             * @description `pending` waits for approval; `suspended` earns, held; `terminated` is final
             * @enum {unknown}
             */
            status: "pending" | "active" | "suspended" | "rejected" | "terminated";
            country: string | null;
            settings: {
                [key: string]: unknown;
            };
            /**
             * Format: date-time
             * @description When it joined
             * @example 2026-03-01T12:00:00.000Z
             */
            joinedAt: string;
            approvedAt: string | null;
            suspendedAt: string | null;
            terminatedAt: string | null;
            /**
             * Format: date-time
             * @description When it was entered
             * @example 2026-03-01T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Last change
             * @example 2026-03-01T12:00:00.000Z
             */
            updatedAt: string;
            terms: components["schemas"]["Terms"];
            openUpgrade: components["schemas"]["TierChange"] | null;
        };
        PartnerDetail: {
            /**
             * Format: uuid
             * @description The partner
             */
            id: string;
            email: string | null;
            name: string | null;
            isEmailVerified: boolean;
            /**
             * @description What the partner is; its tier is what it is paid by
             * @enum {unknown}
             */
            partnerType: "affiliate" | "reseller" | "whitelabel" | "technology";
            /** @enum {unknown} */
            tier: "tier1" | "tier2" | "tier3" | "tier4";
            companyName: string | null;
            referralCode: string;
            commissionRate: number | null;
            /**
             * @description `pending` waits for approval; `suspended` earns, held; `terminated` is final
             * @enum {unknown}
             */
            status: "pending" | "active" | "suspended" | "rejected" | "terminated";
            country: string | null;
            settings: {
                [key: string]: unknown;
            };
            /**
             * Format: date-time
             * @description When it joined
             * @example 2026-03-01T12:00:00.000Z
             */
            joinedAt: string;
            approvedAt: string | null;
            suspendedAt: string | null;
            terminatedAt: string | null;
            /**
             * Format: date-time
             * @description When it was entered
             * @example 2026-03-01T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Last change
             * @example 2026-03-01T12:00:00.000Z
             */
            updatedAt: string;
            externalId: string | null;
            /**
             * Format: uuid
             * @description The person
             */
            userId: string;
            statusReason: string | null;
            terms: components["schemas"]["Terms"];
            openUpgrade: components["schemas"]["TierChange"] | null;
            /** @description Newest first; of those in force the first counts */
            termsHistory: {
                /**
                 * Format: uuid
                 * @description The terms
                 */
                id: string;
                /**
                 * Format: uuid
                 * @description The plan version
                 */
                planId: string;
                planVersion: number;
                /** @enum {unknown} */
                tier: "tier1" | "tier2" | "tier3" | "tier4";
                /** @description Of fixed amounts */
                currency: string;
                timeZone: string;
                /** @description Once for each qualified referral, in minor units */
                signupBonus: number;
                /** @description Of each payment, as a decimal fraction (0.25 is 25 %) */
                recurringRate: number;
                recurringDuration: number | null;
                /** @description Of card and crypto volume, as a decimal fraction (0.25 is 25 %) */
                transactionRate: number;
                volumeBonuses: {
                    threshold: number;
                    /** @description What it adds, as a decimal fraction (0.25 is 25 %) */
                    bonus: number;
                }[];
                /** @description `multiplicative` or `points` */
                volumeBonusMode: string;
                volumeTrueUp: {
                    /**
                     * @description `rolling` is settled each month, on the volume of the `windowDays` before the month's end
                     * @enum {unknown}
                     */
                    period: "month" | "quarter" | "year" | "rolling";
                    /** @description Of `rolling`, and of it alone */
                    windowDays?: number;
                    /**
                     * @description `graduated`: each slice of the volume at its own step; `prospective`: each payment at the step that the volume before it reached; `retroactive`: all of it at the step that the whole reached
                     * @enum {unknown}
                     */
                    mode: "graduated" | "prospective" | "retroactive";
                    /** @description Ascending by `from`, each rate higher than the one before */
                    steps: {
                        /** @description From so much volume on, in minor units of the plan's currency */
                        from: number;
                        /** @description Earned beside what the payments earned, as a decimal fraction of at most six places */
                        rate: number;
                    }[];
                } | null;
                /** @description Of revenue, in mode `share`, as a decimal fraction (0.25 is 25 %) */
                revenueShare: number;
                /** @description `share` or `licence` */
                mode: string;
                /** @description What rates are multiplied by, as a decimal fraction (0.25 is 25 %) */
                tierMultiplier: number;
                /** @description Least first payment that qualifies, in minor units */
                qualifyingMinimum: number;
                holdDays: number;
                attributionWindowDays: number;
                /** @description By currency */
                minimumPayout: {
                    [key: string]: number;
                };
                features: ("links" | "basic_dashboard" | "co_branding" | "leads" | "marketing_tools" | "full_branding" | "custom_domain" | "partner_api" | "cards" | "api" | "webhooks" | "co_marketing")[];
                effectiveFrom: string | null;
                /** @description Agreed with this partner; otherwise it follows the plan */
                isOwn: boolean;
                reason: string | null;
            }[];
        };
        InvitedPartners: {
            /** @description Those that had no invitation yet */
            invited: components["schemas"]["PartnerInvitation"][];
        };
        PartnerReferral: {
            /**
             * Format: uuid
             * @description Of the referral
             */
            id: string;
            /**
             * @description `pending`: signed up. `converted`: tied to the partner for good. `qualified`: has paid. `rejected`: earns nothing more.
             * @enum {unknown}
             */
            status: "pending" | "converted" | "qualified" | "rejected";
            /**
             * @description What tied the customer to the partner
             * @enum {unknown}
             */
            source: "click" | "coupon" | "partner_api" | "manual" | "import";
            /** @description The code of the link or coupon that it came through */
            referralCode: string;
            /**
             * Format: date-time
             * @description When the customer signed up, or was converted without a sign-up
             * @example 2026-03-01T12:00:00.000Z
             */
            createdAt: string;
            convertedAt: string | null;
            qualifiedAt: string | null;
            rejectedAt: string | null;
            rejectionReason: string | null;
            /** @description Its bonus waits for the customer's verified e-mail */
            verificationRequired: boolean;
            verifiedAt: string | null;
            reattributedAt: string | null;
            customer: string | null;
        };
        OperatorReferral: {
            /**
             * Format: uuid
             * @description Of the referral
             */
            id: string;
            /**
             * @description `pending`: signed up. `converted`: tied to the partner for good. `qualified`: has paid. `rejected`: earns nothing more.
             * @enum {unknown}
             */
            status: "pending" | "converted" | "qualified" | "rejected";
            /**
             * @description What tied the customer to the partner
             * @enum {unknown}
             */
            source: "click" | "coupon" | "partner_api" | "manual" | "import";
            /** @description The code of the link or coupon that it came through */
            referralCode: string;
            /**
             * Format: date-time
             * @description When the customer signed up, or was converted without a sign-up
             * @example 2026-03-01T12:00:00.000Z
             */
            createdAt: string;
            convertedAt: string | null;
            qualifiedAt: string | null;
            rejectedAt: string | null;
            rejectionReason: string | null;
            /** @description Its bonus waits for the customer's verified e-mail */
            verificationRequired: boolean;
            verifiedAt: string | null;
            reattributedAt: string | null;
            externalId: string | null;
            customerId: string | null;
            /**
             * Format: uuid
             * @description Whose the customer is
             */
            partnerId: string;
            clickId: string | null;
            couponId: string | null;
            linkId: string | null;
            termsId: string | null;
            reattributedFrom: string | null;
        };
        /** @description Commissions and balances by currency; amounts never cross currencies */
        CommissionSummary: {
            currencies: {
                /**
                 * @description ISO 4217 code
                 * @example USD
                 */
                currency: string;
                /** @description In hold, in minor units */
                pending: number;
                /** @description Approved and not wholly paid, in minor units */
                approved: number;
                /** @description Paid, in minor units */
                paid: number;
                /** @description Contested, in minor units */
                disputed: number;
                /** @description Commissions of the period, reversals not counted */
                commissions: number;
                /** @description As the ledger has them now, whatever the period */
                balances: {
                    /** @description In hold, in minor units */
                    pending: number;
                    /** @description Can be paid out, in minor units */
                    available: number;
                    /** @description Held by disputes, in minor units */
                    disputed: number;
                    /** @description In payouts that have not been confirmed, in minor units */
                    inTransit: number;
                    /** @description Owed back; the next approvals repay it, in minor units */
                    debt: number;
                };
                /** @description What leaves its hold next, unless something holds it */
                upcoming: {
                    /**
                     * Format: date
                     * @description In the programme's time zone
                     */
                    date: string;
                    /** @description Becomes available, in minor units */
                    amount: number;
                }[];
            }[];
        };
        CommissionDetail: {
            /**
             * Format: uuid
             * @description The commission
             */
            id: string;
            /**
             * Format: uuid
             * @description Who earned it
             */
            partnerId: string;
            referralId: string | null;
            transactionId: string | null;
            customer: string | null;
            /**
             * @description What it is earned for
             * @enum {unknown}
             */
            type: "signup" | "recurring" | "transaction" | "bonus";
            /**
             * @description The rule that made it
             * @example recurring
             */
            rule: string;
            /** @description The amount; negative where it takes back a part of another, in minor units */
            amount: number;
            /**
             * @description ISO 4217 code
             * @example USD
             */
            currency: string;
            rate: number | null;
            /**
             * @description `pending` is in hold; `approved` is available; `paid` has left in a payout; `disputed` is held; `cancelled` is final
             * @enum {unknown}
             */
            status: "pending" | "approved" | "paid" | "disputed" | "cancelled";
            reversesId: string | null;
            /**
             * Format: date-time
             * @description When it was earned
             * @example 2026-03-01T12:00:00.000Z
             */
            occurredAt: string;
            /**
             * Format: date-time
             * @description When its hold ends
             * @example 2026-03-01T12:00:00.000Z
             */
            holdUntil: string;
            periodStart: string | null;
            periodEnd: string | null;
            /**
             * Format: date-time
             * @description When it was assessed
             * @example 2026-03-01T12:00:00.000Z
             */
            calculatedAt: string;
            approvedAt: string | null;
            paidAt: string | null;
            receipt: ({
                /**
                 * Format: uuid
                 * @description The transaction or act that was assessed
                 */
                eventId: string;
                /** @description What it was: a transaction's kind, or an act's */
                kind: string;
                /** @description Empty, or the re-assessment */
                act: string;
                /** @description Its place in the partner's recorded sequence */
                number: number;
                /** Format: date-time */
                occurredAt: string;
                /** @description In the order in which they were tried */
                clauses: ({
                    /** @description The clause of the rules that was tried */
                    clause: string;
                    /** @description What came of it */
                    outcome: string;
                    /** @description Why */
                    reason: string;
                    /**
                     * Format: uuid
                     * @description The commission that it made or moved
                     */
                    commissionId?: string;
                } & {
                    [key: string]: unknown;
                })[];
            } & {
                [key: string]: unknown;
            }) | null;
            note: string | null;
            /** @description What takes back or gives back a part of it, oldest first */
            reversals: {
                /**
                 * Format: uuid
                 * @description The commission
                 */
                id: string;
                /**
                 * Format: uuid
                 * @description Who earned it
                 */
                partnerId: string;
                referralId: string | null;
                transactionId: string | null;
                customer: string | null;
                /**
                 * @description What it is earned for
                 * @enum {unknown}
                 */
                type: "signup" | "recurring" | "transaction" | "bonus";
                /**
                 * @description The rule that made it
                 * @example recurring
                 */
                rule: string;
                /** @description The amount; negative where it takes back a part of another, in minor units */
                amount: number;
                /**
                 * @description ISO 4217 code
                 * @example USD
                 */
                currency: string;
                rate: number | null;
                /**
                 * @description `pending` is in hold; `approved` is available; `paid` has left in a payout; `disputed` is held; `cancelled` is final
                 * @enum {unknown}
                 */
                status: "pending" | "approved" | "paid" | "disputed" | "cancelled";
                reversesId: string | null;
                /**
                 * Format: date-time
                 * @description When it was earned
                 * @example 2026-03-01T12:00:00.000Z
                 */
                occurredAt: string;
                /**
                 * Format: date-time
                 * @description When its hold ends
                 * @example 2026-03-01T12:00:00.000Z
                 */
                holdUntil: string;
                periodStart: string | null;
                periodEnd: string | null;
                /**
                 * Format: date-time
                 * @description When it was assessed
                 * @example 2026-03-01T12:00:00.000Z
                 */
                calculatedAt: string;
                approvedAt: string | null;
                paidAt: string | null;
            }[];
            /** @description What was said against it, newest first */
            disputes: {
                /**
                 * Format: uuid
                 * @description The dispute
                 */
                id: string;
                /**
                 * Format: uuid
                 * @description What it is about
                 */
                commissionId: string;
                /**
                 * Format: uuid
                 * @description Who disputes
                 */
                partnerId: string;
                /** @description Why, in the partner's words */
                reason: string;
                /**
                 * @description `upheld`: the commission stands; `cancelled`: it is not owed
                 * @enum {unknown}
                 */
                status: "open" | "upheld" | "cancelled";
                /** @description What was set aside when it was opened, in minor units */
                amountMoved: number;
                /** @description What it holds now, in minor units */
                amountHeld: number;
                /**
                 * Format: date-time
                 * @description When it was opened
                 * @example 2026-03-01T12:00:00.000Z
                 */
                openedAt: string;
                resolvedAt: string | null;
                resolution: string | null;
            }[];
            /** @description Where its amount stands with payouts */
            payout: {
                /** @description Has left, in minor units */
                paid: number;
                /** @description Is in a payout that has not been confirmed, in minor units */
                inTransit: number;
                /** @description Is in no payout, in minor units */
                unpaid: number;
            };
        };
        /** @description The difference between what is booked and what the recorded events come to in the order of their dates */
        Reassessment: {
            /** @description The entries, in the order in which they are booked; the first 1,000 */
            corrections: {
                /**
                 * @description What the entry does
                 * @enum {unknown}
                 */
                kind: "earned" | "reversed" | "restored" | "cancelled";
                referralId: string | null;
                transactionId: string | null;
                rule: string | null;
                /** @description What it adds; negative where it takes back, in minor units */
                amount: number;
                /**
                 * @description ISO 4217 code
                 * @example USD
                 */
                currency: string;
            }[];
            /** @description How many entries there are in all */
            correctionCount: number;
            /** @description By currency */
            totals: {
                /**
                 * @description ISO 4217 code
                 * @example USD
                 */
                currency: string;
                /** @description What all of them come to, in minor units */
                amount: number;
            }[];
            /** @description Names this difference; whoever books it sends it along */
            fingerprint: string;
        };
        /** @description What commissions would have cost, approved by their dates alone */
        PlanSimulation: {
            /** @description By partner and currency; the first 10,000 */
            partners: {
                /**
                 * Format: uuid
                 * @description The partner
                 */
                partnerId: string;
                /**
                 * @description ISO 4217 code
                 * @example USD
                 */
                currency: string;
                /** @description Under the terms that were in force, in minor units */
                recorded: number;
                /** @description Under the draft, in minor units */
                simulated: number;
            }[];
            /** @description Of all partners, by currency */
            totals: {
                /**
                 * @description ISO 4217 code
                 * @example USD
                 */
                currency: string;
                /** @description Under the terms that were in force, in minor units */
                recorded: number;
                /** @description Under the draft, in minor units */
                simulated: number;
            }[];
        };
        CalculatedCommissions: {
            /** @description Partners that were looked at */
            partners: number;
            /** @description Events that had not been assessed, and are now */
            assessed: number;
            /** @description Commissions and reversals that followed */
            commissions: number;
            gaps: string[];
        };
        /** @description What a sale would earn if it were reported now, and why */
        CommissionPreview: {
            commissions: {
                /**
                 * @description What it is earned for
                 * @enum {unknown}
                 */
                type: "signup" | "recurring" | "transaction" | "bonus";
                /** @description The rule that makes it */
                rule: string;
                /** @description What would be earned, in minor units */
                amount: number;
                /**
                 * @description ISO 4217 code
                 * @example USD
                 */
                currency: string;
                rate: number | null;
                /**
                 * Format: date-time
                 * @description When its hold would end
                 * @example 2026-03-01T12:00:00.000Z
                 */
                holdUntil: string;
            }[];
            /** @description In the order in which they were tried */
            clauses: ({
                /** @description The clause of the rules that was tried */
                clause: string;
                /** @description What came of it */
                outcome: string;
                /** @description Why */
                reason: string;
                /**
                 * Format: uuid
                 * @description The commission that it made or moved
                 */
                commissionId?: string;
            } & {
                [key: string]: unknown;
            })[];
        };
        Reconciliation: {
            /**
             * Format: date-time
             * @description Begin of the period
             * @example 2026-03-01T12:00:00.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description Its end
             * @example 2026-03-01T12:00:00.000Z
             */
            to: string;
            /** @description Transfers in the books */
            here: number;
            /** @description Transfers at the provider */
            atProvider: number;
            differences: {
                /**
                 * @description `unknown_here`: made there, and no payout ended in it, so that money may have left twice; `status_differs`: made there, and not yet learned here
                 * @enum {unknown}
                 */
                difference: "missing_at_provider" | "unknown_here" | "status_differs" | "amount_differs" | "reversed_there" | "reversed_in_part" | "returned_here";
                /**
                 * Format: uuid
                 * @description The payout
                 */
                payoutId: string;
                /** @description The provider's name for the transfer */
                transferId: string;
                amountHere: number | null;
                amountThere: number | null;
                /**
                 * @description ISO 4217 code
                 * @example USD
                 */
                currency: string;
                /** @description What to do about it */
                action: string;
            }[];
        };
        PayoutDetail: {
            /**
             * Format: uuid
             * @description The payout
             */
            id: string;
            /**
             * Format: uuid
             * @description Who is paid
             */
            partnerId: string;
            /** @description Gross amount, in minor units */
            amount: number;
            /**
             * @description ISO 4217 code
             * @example USD
             */
            currency: string;
            /** @description Kept back as fee, in minor units */
            fee: number;
            /** @description Kept back for the tax authority, in minor units */
            taxWithheld: number;
            /** @description Fee of the transfer that the programme bears, in minor units */
            operatorFee: number;
            /** @description What reaches the partner, in minor units */
            netAmount: number;
            /** @description `stripe_connect` or `bank_file` */
            paymentMethod: string;
            /** @description pending, processing, completed, failed or cancelled */
            status: string;
            bankStatus: string | null;
            failureCode: string | null;
            batchId: string | null;
            /** @description partner, operator or schedule */
            requestedBy: string;
            /**
             * Format: date-time
             * @description When it was asked for
             * @example 2026-03-01T12:00:00.000Z
             */
            requestedAt: string;
            processedAt: string | null;
            /** @description What the payout is made of; sums to `amount` */
            items: {
                line: number;
                kind: string;
                commissionId: string | null;
                /** @description The part of it; negative for a reversal, in minor units */
                amount: number;
                /** @description reserved, confirmed or released */
                state: string;
            }[];
            /** @description Each try at the provider */
            transfers: {
                attempt: number;
                provider: string;
                /** @description created, sending, unknown, succeeded, failed or returned */
                status: string;
                transferId: string | null;
                errorCode: string | null;
                sentAt: string | null;
            }[];
        };
        ProcessedPayouts: {
            /** @description Payouts released to their provider */
            processed: number;
            /** @description Those that were not, and why */
            held: {
                /**
                 * Format: uuid
                 * @description A payout that stays
                 */
                payoutId: string;
                code: string;
                reason: string | null;
            }[];
        };
        PayoutSettings: {
            /** @description How long a changed payout method waits before it is paid to */
            coolingOffHours: number;
            /** @description How long a batch waits for its second person; then its money goes back */
            approvalExpiresHours: number;
            /** @description Whether what schedules ask for is released by itself, up to the limit */
            releasesScheduled: boolean;
            currencies: {
                /**
                 * @description ISO 4217 code
                 * @example USD
                 */
                currency: string;
                approvalAbove: number | null;
                /** @enum {unknown} */
                feeBorneBy: "programme" | "partner";
                /** @description Fee of a transfer, in minor units */
                feeFixed: number;
                /** @description And of its gross amount, as a decimal fraction */
                feeRate: number;
                schedule: {
                    /** @enum {unknown} */
                    every: "week" | "fortnight" | "month" | "amount";
                    day: number;
                    minimum: number | null;
                    /**
                     * Format: date
                     * @description The next due day, in the programme's time zone
                     */
                    nextDueOn: string;
                } | null;
            }[];
        };
        MadePayoutBatch: {
            /**
             * Format: uuid
             * @description The batch
             */
            id: string;
            /**
             * @description ISO 4217 code
             * @example USD
             */
            currency: string;
            /** @description waiting (for a second person), ready, released, refused, expired or cancelled */
            status: string;
            /** @description Gross, when it was made, in minor units */
            amount: number;
            /** @description How many payouts it was made of */
            payouts: number;
            approvalAbove: number | null;
            madeBy: string | null;
            /**
             * Format: date-time
             * @description When it was made
             * @example 2026-03-01T12:00:00.000Z
             */
            madeAt: string;
            expiresAt: string | null;
            approvedBy: string | null;
            approvedAt: string | null;
            decisionReason: string | null;
            releasedAt: string | null;
            closedAt: string | null;
            finishedAt: string | null;
            /** @description How far it is */
            counts: {
                /** @description As of payouts */
                status: string;
                /** @description Payouts that stand there */
                count: number;
                /** @description Their gross sum, in minor units */
                amount: number;
            }[];
            /** @description What waits and was left out */
            withheld: {
                /**
                 * Format: uuid
                 * @description A payout that stays
                 */
                payoutId: string;
                /** @description Why, as in the catalogue of errors */
                code: string;
                reason: string | null;
            }[];
        };
        ReleasedPayoutBatch: {
            /**
             * Format: uuid
             * @description The batch
             */
            id: string;
            /**
             * @description ISO 4217 code
             * @example USD
             */
            currency: string;
            /** @description waiting (for a second person), ready, released, refused, expired or cancelled */
            status: string;
            /** @description Gross, when it was made, in minor units */
            amount: number;
            /** @description How many payouts it was made of */
            payouts: number;
            approvalAbove: number | null;
            madeBy: string | null;
            /**
             * Format: date-time
             * @description When it was made
             * @example 2026-03-01T12:00:00.000Z
             */
            madeAt: string;
            expiresAt: string | null;
            approvedBy: string | null;
            approvedAt: string | null;
            decisionReason: string | null;
            releasedAt: string | null;
            closedAt: string | null;
            finishedAt: string | null;
            /** @description How far it is */
            counts: {
                /** @description As of payouts */
                status: string;
                /** @description Payouts that stand there */
                count: number;
                /** @description Their gross sum, in minor units */
                amount: number;
            }[];
            /** @description Payouts released to their provider */
            processed: number;
            /** @description Those that were not; they wait outside of the batch */
            held: {
                /**
                 * Format: uuid
                 * @description A payout that stays
                 */
                payoutId: string;
                /** @description Why, as in the catalogue of errors */
                code: string;
                reason: string | null;
            }[];
        };
        TicketDetail: {
            /**
             * Format: uuid
             * @description The ticket
             */
            id: string;
            /**
             * Format: uuid
             * @description Whose it is
             */
            partnerId: string;
            /**
             * @description What it is about, in a line
             * @example A commission is missing
             */
            subject: string;
            /**
             * @description `open`: the team is to answer; `waiting`: the partner is; `solved`: a message opens it again; `closed`: for good
             * @enum {unknown}
             */
            status: "open" | "waiting" | "solved" | "closed";
            object: {
                /** @enum {unknown} */
                type: "commission" | "payout" | "referral";
                /**
                 * Format: uuid
                 * @description The commission, payout or referral
                 */
                id: string;
            } | null;
            /**
             * Format: date-time
             * @description When it was opened
             * @example 2026-03-01T12:00:00.000Z
             */
            openedAt: string;
            /**
             * Format: date-time
             * @description When something of it last changed that the partner sees
             * @example 2026-03-01T12:00:00.000Z
             */
            updatedAt: string;
            solvedAt: string | null;
            closedAt: string | null;
            /** @description The latest 500, oldest first */
            messages: {
                /**
                 * Format: uuid
                 * @description The message
                 */
                id: string;
                /**
                 * @description Which side wrote it
                 * @enum {unknown}
                 */
                author: "partner" | "operator";
                /**
                 * @description What was written, as plain text
                 * @example The sale of 3 March is not listed.
                 */
                body: string;
                /**
                 * Format: date-time
                 * @description When it was written
                 * @example 2026-03-01T12:00:00.000Z
                 */
                sentAt: string;
                /** @description What came with it */
                files: {
                    /**
                     * Format: uuid
                     * @description The file
                     */
                    id: string;
                    /**
                     * @description What it is called
                     * @example receipt.pdf
                     */
                    name: string;
                    /**
                     * @description What it is, by its content
                     * @example application/pdf
                     */
                    mediaType: string;
                    /**
                     * @description In bytes
                     * @example 48213
                     */
                    size: number;
                }[];
            }[];
        };
        TicketMessage: {
            /**
             * Format: uuid
             * @description The message
             */
            id: string;
            /**
             * @description Which side wrote it
             * @enum {unknown}
             */
            author: "partner" | "operator";
            /**
             * @description What was written, as plain text
             * @example The sale of 3 March is not listed.
             */
            body: string;
            /**
             * Format: date-time
             * @description When it was written
             * @example 2026-03-01T12:00:00.000Z
             */
            sentAt: string;
            /** @description What came with it */
            files: {
                /**
                 * Format: uuid
                 * @description The file
                 */
                id: string;
                /**
                 * @description What it is called
                 * @example receipt.pdf
                 */
                name: string;
                /**
                 * @description What it is, by its content
                 * @example application/pdf
                 */
                mediaType: string;
                /**
                 * @description In bytes
                 * @example 48213
                 */
                size: number;
            }[];
        };
        OperatorTicketDetail: {
            /**
             * Format: uuid
             * @description The ticket
             */
            id: string;
            /**
             * Format: uuid
             * @description Whose it is
             */
            partnerId: string;
            /**
             * @description What it is about, in a line
             * @example A commission is missing
             */
            subject: string;
            /**
             * @description `open`: the team is to answer; `waiting`: the partner is; `solved`: a message opens it again; `closed`: for good
             * @enum {unknown}
             */
            status: "open" | "waiting" | "solved" | "closed";
            object: {
                /** @enum {unknown} */
                type: "commission" | "payout" | "referral";
                /**
                 * Format: uuid
                 * @description The commission, payout or referral
                 */
                id: string;
            } | null;
            /**
             * Format: date-time
             * @description When it was opened
             * @example 2026-03-01T12:00:00.000Z
             */
            openedAt: string;
            /**
             * Format: date-time
             * @description When something of it last changed that the partner sees
             * @example 2026-03-01T12:00:00.000Z
             */
            updatedAt: string;
            solvedAt: string | null;
            closedAt: string | null;
            assignedTo: string | null;
            /** @description The latest 500, oldest first */
            messages: {
                /**
                 * Format: uuid
                 * @description The message
                 */
                id: string;
                /**
                 * @description Which side wrote it
                 * @enum {unknown}
                 */
                author: "partner" | "operator";
                /**
                 * @description What was written, as plain text
                 * @example The sale of 3 March is not listed.
                 */
                body: string;
                /**
                 * Format: date-time
                 * @description When it was written
                 * @example 2026-03-01T12:00:00.000Z
                 */
                sentAt: string;
                /** @description What came with it */
                files: {
                    /**
                     * Format: uuid
                     * @description The file
                     */
                    id: string;
                    /**
                     * @description What it is called
                     * @example receipt.pdf
                     */
                    name: string;
                    /**
                     * @description What it is, by its content
                     * @example application/pdf
                     */
                    mediaType: string;
                    /**
                     * @description In bytes
                     * @example 48213
                     */
                    size: number;
                }[];
                authorId: string | null;
                /** @description A note of the team, which no partner sees */
                isInternal: boolean;
            }[];
        };
        OperatorTicketMessage: {
            /**
             * Format: uuid
             * @description The message
             */
            id: string;
            /**
             * @description Which side wrote it
             * @enum {unknown}
             */
            author: "partner" | "operator";
            /**
             * @description What was written, as plain text
             * @example The sale of 3 March is not listed.
             */
            body: string;
            /**
             * Format: date-time
             * @description When it was written
             * @example 2026-03-01T12:00:00.000Z
             */
            sentAt: string;
            /** @description What came with it */
            files: {
                /**
                 * Format: uuid
                 * @description The file
                 */
                id: string;
                /**
                 * @description What it is called
                 * @example receipt.pdf
                 */
                name: string;
                /**
                 * @description What it is, by its content
                 * @example application/pdf
                 */
                mediaType: string;
                /**
                 * @description In bytes
                 * @example 48213
                 */
                size: number;
            }[];
            authorId: string | null;
            /** @description A note of the team, which no partner sees */
            isInternal: boolean;
        };
        WebhookCatalogue: {
            events: {
                /** @example commission.approved */
                type: string;
                /** @example The hold is over, and it can be paid */
                when: string;
                /** @example false */
                isOperatorOnly: boolean;
                /** @description JSON Schema of the body */
                schema: {
                    [key: string]: unknown;
                };
                /** @description A body */
                example: {
                    [key: string]: unknown;
                };
            }[];
        };
        NewWebhookEndpoint: {
            /**
             * Format: uuid
             * @description The endpoint
             */
            id: string;
            partnerId: string | null;
            /** @example https://app.example.com/webhooks */
            url: string;
            description: string | null;
            /**
             * @example [
             *       "commission.*",
             *       "payout.completed"
             *     ]
             */
            events: string[];
            /**
             * @description active, inactive (turned off by its owner) or failed (turned off by us)
             * @example active
             */
            status: string;
            statusReason: string | null;
            /** @description Attempts that failed since one went well */
            failureCount: number;
            failingSince: string | null;
            lastTriggeredAt: string | null;
            lastDeliveredAt: string | null;
            previousSecretUntil: string | null;
            /**
             * Format: date-time
             * @description When it was registered
             * @example 2026-03-01T12:00:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description Last change
             * @example 2026-03-01T12:00:00.000Z
             */
            updatedAt: string;
            /**
             * @description Verifies messages (Standard Webhooks). Shown once
             * @example whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD
             */
            secret: string;
        };
        WebhookDeliveryDetail: {
            /**
             * Format: uuid
             * @description The delivery
             */
            id: string;
            /**
             * Format: uuid
             * @description Where to
             */
            endpointId: string;
            /**
             * Format: uuid
             * @description `webhook-id` of the message: the same in every attempt
             */
            eventId: string;
            /** @example commission.approved */
            eventType: string;
            /**
             * Format: uuid
             * @description What the event is about; its events arrive in order
             */
            objectId: string;
            /**
             * @description `dead` after the last attempt
             * @enum {unknown}
             */
            status: "waiting" | "delivered" | "dead";
            /** @description Attempts so far */
            attempts: number;
            nextAttemptAt: string | null;
            lastStatusCode: number | null;
            lastError: string | null;
            /**
             * Format: date-time
             * @description When it was put on its way
             * @example 2026-03-01T12:00:00.000Z
             */
            createdAt: string;
            settledAt: string | null;
            /**
             * @description What is sent, to the byte
             * @example {"type":"commission.approved"}
             */
            body: string;
            /** @description Attempts, newest first; kept 30 days */
            log: {
                /** @example 1 */
                attempt: number;
                /** @example https://app.example.com/webhooks */
                url: string;
                /**
                 * Format: date-time
                 * @description `webhook-timestamp` of the attempt, to the millisecond
                 * @example 2026-03-01T12:00:00.000Z
                 */
                startedAt: string;
                /** @example 84 */
                durationMs: number;
                statusCode: number | null;
                error: string | null;
                responseBody: string | null;
            }[];
        };
        WebhookReplay: {
            /** @description Deliveries put on their way */
            replayed: number;
            nextCursor: string | null;
        };
    };
    responses: {
        /** @description Malformed, or against a rule that needs no look at the data */
        Invalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/docs/errors#request.invalid",
                 *       "title": "The request does not fit its schema",
                 *       "status": 400,
                 *       "code": "request.invalid",
                 *       "requestId": "0e4f8a52-4a1c-4c39-9a8e-1df1c2f0a7b3"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description No credential, or one that is not taken */
        Unauthenticated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/docs/errors#access.unauthenticated",
                 *       "title": "Sign in, or send an API key",
                 *       "status": 401,
                 *       "code": "access.unauthenticated",
                 *       "requestId": "0e4f8a52-4a1c-4c39-9a8e-1df1c2f0a7b3"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The credential does not reach so far */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/docs/errors#access.scope_missing",
                 *       "title": "This credential may not do that",
                 *       "status": 403,
                 *       "code": "access.scope_missing",
                 *       "requestId": "0e4f8a52-4a1c-4c39-9a8e-1df1c2f0a7b3"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not exist, or is not for the caller to see */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/docs/errors#request.not_found",
                 *       "title": "Nothing here",
                 *       "status": 404,
                 *       "code": "request.not_found",
                 *       "requestId": "0e4f8a52-4a1c-4c39-9a8e-1df1c2f0a7b3"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The state of things forbids it */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/docs/errors#idempotency.key_reused",
                 *       "title": "This Idempotency-Key was used for another request",
                 *       "status": 409,
                 *       "code": "idempotency.key_reused",
                 *       "requestId": "0e4f8a52-4a1c-4c39-9a8e-1df1c2f0a7b3"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The limit is used up: `Retry-After` says for how long */
        TooManyRequests: {
            headers: {
                /** @description Seconds */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/docs/errors#request.rate_limited",
                 *       "title": "Too many requests; wait",
                 *       "status": 429,
                 *       "code": "request.rate_limited",
                 *       "requestId": "0e4f8a52-4a1c-4c39-9a8e-1df1c2f0a7b3"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Anything else that went wrong: `code` says what */
        OtherProblem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/docs/errors#internal",
                 *       "title": "Something went wrong on our side; it has been logged under this request id",
                 *       "status": 500,
                 *       "code": "internal",
                 *       "requestId": "0e4f8a52-4a1c-4c39-9a8e-1df1c2f0a7b3"
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /**
         * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
         * @example 5b2f7a1e-order-1042
         */
        IdempotencyKey: string;
        /**
         * @description As everywhere, but the answer holds a secret and is never kept: a repeated request says so instead.
         * @example 5b2f7a1e-order-1042
         */
        SecretIdempotencyKey: string;
        /**
         * @description Required, since money moves. The same key with the same request is answered again, and not done again.
         * @example 5b2f7a1e-order-1042
         */
        RequiredIdempotencyKey: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "live"
                     *     }
                     */
                    "application/json": {
                        /** @enum {unknown} */
                        status: "live";
                    };
                };
            };
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ready",
                     *       "checks": {
                     *         "database": "ok",
                     *         "migrations": "ok",
                     *         "worker": "ok"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** @enum {unknown} */
                        status: "ready" | "failing" | "stopping";
                        checks: {
                            [key: string]: "ok" | "failing";
                        };
                    };
                };
            };
            /** @description The answer */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ready",
                     *       "checks": {
                     *         "database": "ok",
                     *         "migrations": "ok",
                     *         "worker": "ok"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** @enum {unknown} */
                        status: "ready" | "failing" | "stopping";
                        checks: {
                            [key: string]: "ok" | "failing";
                        };
                    };
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Prometheus' text format */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example # TYPE tributary_http_request_duration_seconds histogram */
                    "text/plain": string;
                };
            };
            404: components["responses"]["NotFound"];
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "password": "seven silver herons"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: email
                     * @example ada@example.com
                     */
                    email: string;
                    /** Format: password */
                    password: string;
                    /**
                     * @description Where the refresh token goes: a program takes it from the body (default), a browser from a cookie that no script can read
                     * @enum {unknown}
                     */
                    refreshToken?: "body" | "cookie";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accessToken": "eyJhbGciOiJFZERTQSJ9.…",
                     *       "accessTokenExpiresAt": "2026-03-01T12:00:00.000Z",
                     *       "refreshToken": "TKtkbhboel8VjV-56w8nI_y_s5zw4lW61VJR11HV8Vw",
                     *       "refreshTokenExpiresAt": "2026-03-01T12:00:00.000Z",
                     *       "user": {
                     *         "id": "f0de59a3-84ca-74e3-8945-9bd2832292b0",
                     *         "role": "admin",
                     *         "email": "ada@example.com",
                     *         "name": "Ada Lovelace",
                     *         "status": "active",
                     *         "emailVerifiedAt": "2026-03-01T12:00:00.000Z",
                     *         "createdAt": "2026-03-01T12:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** @description Send it as `Authorization: Bearer …` */
                        accessToken: string;
                        /**
                         * Format: date-time
                         * @description When to refresh
                         * @example 2026-03-01T12:00:00.000Z
                         */
                        accessTokenExpiresAt: string;
                        /** @description Left out where it is in a cookie */
                        refreshToken?: string;
                        /**
                         * Format: date-time
                         * @description When the session ends, if it is not refreshed
                         * @example 2026-03-01T12:00:00.000Z
                         */
                        refreshTokenExpiresAt: string;
                        user: components["schemas"]["User"];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    refreshSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "refreshToken": "TKtkbhboel8VjV-56w8nI"
                 *     }
                 */
                "application/json": {
                    /** @description Left out where it is in a cookie */
                    refreshToken?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accessToken": "eyJhbGciOiJFZERTQSJ9.…",
                     *       "accessTokenExpiresAt": "2026-03-01T12:00:00.000Z",
                     *       "refreshToken": "TKtkbhboel8VjV-56w8nI_y_s5zw4lW61VJR11HV8Vw",
                     *       "refreshTokenExpiresAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /** @description Send it as `Authorization: Bearer …` */
                        accessToken: string;
                        /**
                         * Format: date-time
                         * @description When to refresh
                         * @example 2026-03-01T12:00:00.000Z
                         */
                        accessTokenExpiresAt: string;
                        /** @description Left out where it is in a cookie */
                        refreshToken?: string;
                        /**
                         * Format: date-time
                         * @description When the session ends, if it is not refreshed
                         * @example 2026-03-01T12:00:00.000Z
                         */
                        refreshTokenExpiresAt: string;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "refreshToken": "TKtkbhboel8VjV-56w8nI"
                 *     }
                 */
                "application/json": {
                    /** @description Left out where it is in a cookie */
                    refreshToken?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    verifyEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "from-the-link-in-the-mail",
                 *       "password": "seven silver herons"
                 *     }
                 */
                "application/json": {
                    /** @description From the link */
                    token: string;
                    /**
                     * Format: password
                     * @description At least 12 characters, and nothing that is tried first
                     */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    requestVerification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: email
                     * @example ada@example.com
                     */
                    email: string;
                };
            };
        };
        responses: {
            /** @description Taken; if the e-mail is known, a mail is on its way */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    requestPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: email
                     * @example ada@example.com
                     */
                    email: string;
                };
            };
        };
        responses: {
            /** @description Taken; if the e-mail is known, a mail is on its way */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "from-the-link-in-the-mail",
                 *       "password": "seven silver herons"
                 *     }
                 */
                "application/json": {
                    /** @description From the link */
                    token: string;
                    /**
                     * Format: password
                     * @description At least 12 characters, and nothing that is tried first
                     */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    acceptInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "from-the-link-in-the-mail",
                 *       "password": "seven silver herons",
                 *       "name": "Ada Lovelace"
                 *     }
                 */
                "application/json": {
                    /** @description From the link */
                    token: string;
                    /**
                     * Format: password
                     * @description At least 12 characters, and nothing that is tried first
                     */
                    password: string;
                    /** @description What to call you */
                    name?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    completeSetUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "from-the-link-in-the-mail",
                 *       "email": "ada@example.com",
                 *       "name": "Ada Lovelace",
                 *       "password": "seven silver herons"
                 *     }
                 */
                "application/json": {
                    /** @description From the link */
                    token: string;
                    /**
                     * Format: email
                     * @example ada@example.com
                     */
                    email: string;
                    /** @description Of the admin */
                    name: string;
                    /**
                     * Format: password
                     * @description At least 12 characters, and nothing that is tried first
                     */
                    password: string;
                };
            };
        };
        responses: {
            /** @description A person who can sign in */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "f0de59a3-84ca-74e3-8945-9bd2832292b0",
                     *       "role": "admin",
                     *       "email": "ada@example.com",
                     *       "name": "Ada Lovelace",
                     *       "status": "active",
                     *       "emailVerifiedAt": "2026-03-01T12:00:00.000Z",
                     *       "createdAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["Invalid"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": "f0de59a3-84ca-74e3-8945-9bd2832292b0",
                     *         "role": "admin",
                     *         "email": "ada@example.com",
                     *         "name": "Ada Lovelace",
                     *         "status": "active",
                     *         "emailVerifiedAt": "2026-03-01T12:00:00.000Z",
                     *         "createdAt": "2026-03-01T12:00:00.000Z"
                     *       },
                     *       "partnerId": "013e4ea0-faf3-7432-8d39-1e021aea4b39",
                     *       "tenantName": "Fernbill",
                     *       "scopes": [
                     *         "partners:read",
                     *         "payouts:read"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        user: components["schemas"]["User"];
                        partnerId: string | null;
                        tenantName: string;
                        /**
                         * @description What you may do now
                         * @example [
                         *       "partners:read",
                         *       "payouts:read"
                         *     ]
                         */
                        scopes: string[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listSessions: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "createdAt" | "-createdAt";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "0dd55289-608d-77c5-8be0-43c3f03ed576",
                     *           "userAgent": "Mozilla/5.0",
                     *           "network": "203.0.113.0/24",
                     *           "createdAt": "2026-03-01T12:00:00.000Z",
                     *           "lastUsedAt": "2026-03-01T12:00:00.000Z",
                     *           "expiresAt": "2026-03-01T12:00:00.000Z",
                     *           "isCurrent": true
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: {
                            /**
                             * Format: uuid
                             * @description Of the session
                             */
                            id: string;
                            userAgent: string | null;
                            network: string | null;
                            /**
                             * Format: date-time
                             * @description When you signed in
                             * @example 2026-03-01T12:00:00.000Z
                             */
                            createdAt: string;
                            /**
                             * Format: date-time
                             * @description When it was last refreshed
                             * @example 2026-03-01T12:00:00.000Z
                             */
                            lastUsedAt: string;
                            /**
                             * Format: date-time
                             * @description When it ends by itself
                             * @example 2026-03-01T12:00:00.000Z
                             */
                            expiresAt: string;
                            /** @description It is the one that asks */
                            isCurrent: boolean;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    revokeSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description From the list */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getJwks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "keys": [
                     *         {
                     *           "kty": "OKP",
                     *           "crv": "Ed25519",
                     *           "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
                     *           "kid": "torq2DV16JSO6o0L-Anqfz",
                     *           "alg": "EdDSA",
                     *           "use": "sig"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        keys: {
                            /** @example OKP */
                            kty: string;
                            /** @example Ed25519 */
                            crv: string;
                            /** @example 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo */
                            x: string;
                            /** @example torq2DV16JSO6o0L-Anqfz */
                            kid: string;
                            /** @example EdDSA */
                            alg: string;
                            /** @example sig */
                            use: string;
                        }[];
                    };
                };
            };
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "createdAt" | "-createdAt";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "f0de59a3-84ca-74e3-8945-9bd2832292b0",
                     *           "role": "admin",
                     *           "email": "ada@example.com",
                     *           "name": "Ada Lovelace",
                     *           "status": "active",
                     *           "emailVerifiedAt": "2026-03-01T12:00:00.000Z",
                     *           "createdAt": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["User"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    inviteUser: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "grace@example.com",
                 *       "name": "Grace",
                 *       "role": "finance"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: email
                     * @example ada@example.com
                     */
                    email: string;
                    /** @description What to call them */
                    name?: string;
                    /**
                     * @description Of a member of the team
                     * @enum {unknown}
                     */
                    role: "admin" | "finance" | "support";
                };
            };
        };
        responses: {
            /** @description A person who can sign in */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "f0de59a3-84ca-74e3-8945-9bd2832292b0",
                     *       "role": "admin",
                     *       "email": "ada@example.com",
                     *       "name": "Ada Lovelace",
                     *       "status": "active",
                     *       "emailVerifiedAt": "2026-03-01T12:00:00.000Z",
                     *       "createdAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    repeatInvitation: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description From the list */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A person who can sign in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "f0de59a3-84ca-74e3-8945-9bd2832292b0",
                     *       "role": "admin",
                     *       "email": "ada@example.com",
                     *       "name": "Ada Lovelace",
                     *       "status": "active",
                     *       "emailVerifiedAt": "2026-03-01T12:00:00.000Z",
                     *       "createdAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description From the list */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "role": "support"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Of a member of the team
                     * @enum {unknown}
                     */
                    role?: "admin" | "finance" | "support";
                    /** @enum {unknown} */
                    status?: "active" | "disabled";
                };
            };
        };
        responses: {
            /** @description A person who can sign in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "f0de59a3-84ca-74e3-8945-9bd2832292b0",
                     *       "role": "admin",
                     *       "email": "ada@example.com",
                     *       "name": "Ada Lovelace",
                     *       "status": "active",
                     *       "emailVerifiedAt": "2026-03-01T12:00:00.000Z",
                     *       "createdAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listPartnerAPIKeys: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "createdAt" | "-createdAt";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "33918000-02a2-7789-8283-454e98b03a36",
                     *           "name": "Ada Lovelace",
                     *           "apiKey": "trk_PgCcJ8eQ_G21qNIPs-bm",
                     *           "scopes": [
                     *             "referrals:convert",
                     *             "transactions:write"
                     *           ],
                     *           "ipAllowList": [
                     *             "203.0.113.0/24"
                     *           ],
                     *           "status": "active",
                     *           "createdBy": "83fdf177-c916-7c6e-8417-ec2fdad17894",
                     *           "createdAt": "2026-03-01T12:00:00.000Z",
                     *           "lastUsedAt": "2026-03-01T12:00:00.000Z",
                     *           "expiresAt": "2026-03-01T12:00:00.000Z",
                     *           "revokedAt": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ApiKey"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    generatePartnerAPIKey: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description As everywhere, but the answer holds a secret and is never kept: a repeated request says so instead.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["SecretIdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Our dashboard",
                 *       "scopes": [
                 *         "own:commissions:read",
                 *         "own:payouts:read"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description What it is for */
                    name: string;
                    /** @description What the key may do; no more than you may */
                    scopes: ("own:profile:read" | "own:profile:write" | "own:referrals:read" | "own:referrals:write" | "own:commissions:read" | "own:commissions:dispute" | "own:payouts:read" | "own:payouts:write" | "own:analytics:read" | "own:support:read" | "own:support:write" | "own:webhooks:read" | "own:webhooks:write")[];
                    /**
                     * @description Addresses or CIDR blocks from which the key is taken; from everywhere when left out
                     * @example [
                     *       "203.0.113.0/24",
                     *       "2001:db8::1"
                     *     ]
                     */
                    ipAllowList?: string[];
                    /**
                     * Format: date-time
                     * @description When it ends; never when left out
                     * @example 2026-03-01T12:00:00Z
                     */
                    expiresAt?: string;
                };
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "33918000-02a2-7789-8283-454e98b03a36",
                     *       "name": "Ada Lovelace",
                     *       "apiKey": "trk_PgCcJ8eQ_G21qNIPs-bm",
                     *       "scopes": [
                     *         "referrals:convert",
                     *         "transactions:write"
                     *       ],
                     *       "ipAllowList": [
                     *         "203.0.113.0/24"
                     *       ],
                     *       "status": "active",
                     *       "createdBy": "83fdf177-c916-7c6e-8417-ec2fdad17894",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "lastUsedAt": "2026-03-01T12:00:00.000Z",
                     *       "expiresAt": "2026-03-01T12:00:00.000Z",
                     *       "revokedAt": "2026-03-01T12:00:00.000Z",
                     *       "secret": "trs_shown-here-and-never-again"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description Of the key
                         */
                        id: string;
                        name: string;
                        /** @description User name of basic authentication; public */
                        apiKey: string;
                        /**
                         * @example [
                         *       "referrals:convert",
                         *       "transactions:write"
                         *     ]
                         */
                        scopes: string[];
                        /**
                         * @example [
                         *       "203.0.113.0/24"
                         *     ]
                         */
                        ipAllowList: string[];
                        /** @enum {unknown} */
                        status: "active" | "revoked" | "expired";
                        createdBy: string | null;
                        /**
                         * Format: date-time
                         * @description When it was made
                         * @example 2026-03-01T12:00:00.000Z
                         */
                        createdAt: string;
                        lastUsedAt: string | null;
                        expiresAt: string | null;
                        revokedAt: string | null;
                        /** @description Password of basic authentication; shown here and never again */
                        secret: string;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    revokePartnerAPIKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description From the list */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An API key, without its secret */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "33918000-02a2-7789-8283-454e98b03a36",
                     *       "name": "Ada Lovelace",
                     *       "apiKey": "trk_PgCcJ8eQ_G21qNIPs-bm",
                     *       "scopes": [
                     *         "referrals:convert",
                     *         "transactions:write"
                     *       ],
                     *       "ipAllowList": [
                     *         "203.0.113.0/24"
                     *       ],
                     *       "status": "active",
                     *       "createdBy": "83fdf177-c916-7c6e-8417-ec2fdad17894",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "lastUsedAt": "2026-03-01T12:00:00.000Z",
                     *       "expiresAt": "2026-03-01T12:00:00.000Z",
                     *       "revokedAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listOperatorAPIKeys: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "createdAt" | "-createdAt";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "33918000-02a2-7789-8283-454e98b03a36",
                     *           "name": "Ada Lovelace",
                     *           "apiKey": "trk_PgCcJ8eQ_G21qNIPs-bm",
                     *           "scopes": [
                     *             "referrals:convert",
                     *             "transactions:write"
                     *           ],
                     *           "ipAllowList": [
                     *             "203.0.113.0/24"
                     *           ],
                     *           "status": "active",
                     *           "createdBy": "83fdf177-c916-7c6e-8417-ec2fdad17894",
                     *           "createdAt": "2026-03-01T12:00:00.000Z",
                     *           "lastUsedAt": "2026-03-01T12:00:00.000Z",
                     *           "expiresAt": "2026-03-01T12:00:00.000Z",
                     *           "revokedAt": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ApiKey"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    generateOperatorAPIKey: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description As everywhere, but the answer holds a secret and is never kept: a repeated request says so instead.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["SecretIdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Billing",
                 *       "scopes": [
                 *         "referrals:convert",
                 *         "transactions:write"
                 *       ],
                 *       "ipAllowList": [
                 *         "203.0.113.0/24"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description What it is for */
                    name: string;
                    /** @description What the key may do; no more than you may */
                    scopes: ("referrals:convert" | "transactions:write" | "transactions:read" | "partners:read" | "partners:write" | "program:read" | "program:write" | "commissions:read" | "commissions:write" | "payouts:read" | "payouts:process" | "analytics:read" | "support:read" | "support:write" | "webhooks:read" | "webhooks:write" | "flags:write" | "audit:read")[];
                    /**
                     * @description Addresses or CIDR blocks from which the key is taken; from everywhere when left out
                     * @example [
                     *       "203.0.113.0/24",
                     *       "2001:db8::1"
                     *     ]
                     */
                    ipAllowList?: string[];
                    /**
                     * Format: date-time
                     * @description When it ends; never when left out
                     * @example 2026-03-01T12:00:00Z
                     */
                    expiresAt?: string;
                };
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "33918000-02a2-7789-8283-454e98b03a36",
                     *       "name": "Ada Lovelace",
                     *       "apiKey": "trk_PgCcJ8eQ_G21qNIPs-bm",
                     *       "scopes": [
                     *         "referrals:convert",
                     *         "transactions:write"
                     *       ],
                     *       "ipAllowList": [
                     *         "203.0.113.0/24"
                     *       ],
                     *       "status": "active",
                     *       "createdBy": "83fdf177-c916-7c6e-8417-ec2fdad17894",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "lastUsedAt": "2026-03-01T12:00:00.000Z",
                     *       "expiresAt": "2026-03-01T12:00:00.000Z",
                     *       "revokedAt": "2026-03-01T12:00:00.000Z",
                     *       "secret": "trs_shown-here-and-never-again"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description Of the key
                         */
                        id: string;
                        name: string;
                        /** @description User name of basic authentication; public */
                        apiKey: string;
                        /**
                         * @example [
                         *       "referrals:convert",
                         *       "transactions:write"
                         *     ]
                         */
                        scopes: string[];
                        /**
                         * @example [
                         *       "203.0.113.0/24"
                         *     ]
                         */
                        ipAllowList: string[];
                        /** @enum {unknown} */
                        status: "active" | "revoked" | "expired";
                        createdBy: string | null;
                        /**
                         * Format: date-time
                         * @description When it was made
                         * @example 2026-03-01T12:00:00.000Z
                         */
                        createdAt: string;
                        lastUsedAt: string | null;
                        expiresAt: string | null;
                        revokedAt: string | null;
                        /** @description Password of basic authentication; shown here and never again */
                        secret: string;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    revokeOperatorAPIKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description From the list */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An API key, without its secret */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "33918000-02a2-7789-8283-454e98b03a36",
                     *       "name": "Ada Lovelace",
                     *       "apiKey": "trk_PgCcJ8eQ_G21qNIPs-bm",
                     *       "scopes": [
                     *         "referrals:convert",
                     *         "transactions:write"
                     *       ],
                     *       "ipAllowList": [
                     *         "203.0.113.0/24"
                     *       ],
                     *       "status": "active",
                     *       "createdBy": "83fdf177-c916-7c6e-8417-ec2fdad17894",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "lastUsedAt": "2026-03-01T12:00:00.000Z",
                     *       "expiresAt": "2026-03-01T12:00:00.000Z",
                     *       "revokedAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listFeatures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "key": "partner-program",
                     *           "description": "Registration is open to everybody",
                     *           "isEnabled": true,
                     *           "updatedAt": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: {
                            /** @example partner-program */
                            key: string;
                            /**
                             * @description What it opens
                             * @example Registration is open to everybody
                             */
                            description: string;
                            isEnabled: boolean;
                            updatedAt: string | null;
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    setFeature: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the feature */
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "isEnabled": true
                 *     }
                 */
                "application/json": {
                    isEnabled: boolean;
                };
            };
        };
        responses: {
            /** @description A feature that can be turned on and off */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "key": "partner-program",
                     *       "description": "Registration is open to everybody",
                     *       "isEnabled": true,
                     *       "updatedAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /** @example partner-program */
                        key: string;
                        /**
                         * @description What it opens
                         * @example Registration is open to everybody
                         */
                        description: string;
                        isEnabled: boolean;
                        updatedAt: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "name": "commissions.approve_due",
                     *           "schedule": "*\/5 * * * *",
                     *           "startedAt": "2026-03-01T12:00:00.000Z",
                     *           "progress": 3,
                     *           "finishedAt": "2026-03-01T12:00:00.000Z",
                     *           "durationMs": 3,
                     *           "succeededAt": "2026-03-01T12:00:00.000Z",
                     *           "failures": 3,
                     *           "error": "postgres.40P01",
                     *           "nextRunAt": "2026-03-01T12:00:00.000Z",
                     *           "lagSeconds": 3
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ScheduledJob"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "position" | "-position";
                /** @description `<object>.<past participle>`, as `payout.requested` */
                action?: string;
                /** @description Who acted: id of a person or a key, or name of a job */
                actorId?: string;
                /** @description What was acted on */
                targetType?: string;
                /** @description Of what was acted on */
                targetId?: string;
                /**
                 * @description At or after
                 * @example 2026-03-01T12:00:00Z
                 */
                occurredFrom?: string;
                /**
                 * @description Before
                 * @example 2026-03-01T12:00:00Z
                 */
                occurredBefore?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "ac5a0a73-b590-7e44-81af-0060abba07e1",
                     *           "actorType": "user",
                     *           "actorId": null,
                     *           "action": "payout.requested",
                     *           "targetType": "payout",
                     *           "targetId": null,
                     *           "before": {},
                     *           "after": {},
                     *           "reason": "As agreed by telephone",
                     *           "requestId": "0e4f8a52-4a1c-4c39-9a8e-1df1c2f0a7b3",
                     *           "network": "203.0.113.0/24",
                     *           "occurredAt": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: {
                            /**
                             * Format: uuid
                             * @description Of the act
                             */
                            id: string;
                            /** @enum {unknown} */
                            actorType: "user" | "key" | "system" | "anonymous";
                            actorId: string | null;
                            /** @example payout.requested */
                            action: string;
                            /** @example payout */
                            targetType: string;
                            targetId: string | null;
                            /** @description What it was; null where there is none */
                            before: unknown;
                            /** @description What it became; null where there is none */
                            after: unknown;
                            reason: string | null;
                            requestId: string | null;
                            network: string | null;
                            /**
                             * Format: date-time
                             * @description When
                             * @example 2026-03-01T12:00:00.000Z
                             */
                            occurredAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getProgram: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The partner programme of an operator */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "9d316b16-9b01-78c8-8880-8de71d869925",
                     *       "name": "Ada Lovelace",
                     *       "currency": "USD",
                     *       "timeZone": "Europe/Berlin",
                     *       "destinationHosts": [
                     *         "shop.example.com"
                     *       ],
                     *       "defaultDestination": null,
                     *       "attributionModel": "last",
                     *       "requiresVerifiedEmail": true,
                     *       "autoApprovedTiers": [
                     *         "tier1"
                     *       ],
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "updatedAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Program"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    updateProgram: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "destinationHosts": [
                 *         "shop.example.com"
                 *       ],
                 *       "defaultDestination": "https://shop.example.com/"
                 *     }
                 */
                "application/json": {
                    /** @description Shown to partners */
                    name?: string;
                    /**
                     * @description Currency of fixed amounts; stays as it is once money has been booked
                     * @example USD
                     */
                    currency?: string;
                    /**
                     * @description IANA name; a change is a new plan version
                     * @example Europe/Berlin
                     */
                    timeZone?: string;
                    /**
                     * @description Hosts that links may lead to, with a port where it is not the usual one
                     * @example [
                     *       "shop.example.com"
                     *     ]
                     */
                    destinationHosts?: string[];
                    defaultDestination?: string | null;
                    /**
                     * @description Which click of several counts
                     * @enum {unknown}
                     */
                    attributionModel?: "last" | "first";
                    /** @description A referral qualifies only when the customer's e-mail is verified */
                    requiresVerifiedEmail?: boolean;
                    /** @description Tiers whose partners are approved when their e-mail is verified */
                    autoApprovedTiers?: ("tier1" | "tier2" | "tier3" | "tier4")[];
                };
            };
        };
        responses: {
            /** @description The partner programme of an operator */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "9d316b16-9b01-78c8-8880-8de71d869925",
                     *       "name": "Ada Lovelace",
                     *       "currency": "USD",
                     *       "timeZone": "Europe/Berlin",
                     *       "destinationHosts": [
                     *         "shop.example.com"
                     *       ],
                     *       "defaultDestination": null,
                     *       "attributionModel": "last",
                     *       "requiresVerifiedEmail": true,
                     *       "autoApprovedTiers": [
                     *         "tier1"
                     *       ],
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "updatedAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Program"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listPlans: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "createdAt" | "-createdAt";
                status?: "draft" | "published";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "efe1d852-13b5-75eb-82b8-151097d7d9fe",
                     *           "version": 1,
                     *           "state": "draft",
                     *           "currency": "USD",
                     *           "timeZone": "UTC",
                     *           "effectiveFrom": "2026-03-01T12:00:00.000Z",
                     *           "isRetroactive": true,
                     *           "createdAt": "2026-03-01T12:00:00.000Z",
                     *           "publishedAt": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["CommissionPlanSummary"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    draftPlan: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "tiers": {
                 *         "tier1": {
                 *           "signupBonus": 5000,
                 *           "recurringRate": 0.1,
                 *           "recurringRateRange": {
                 *             "minimum": 0.1,
                 *             "maximum": 0.15
                 *           },
                 *           "recurringDuration": 12,
                 *           "transactionRate": 0,
                 *           "tierMultiplier": 1,
                 *           "minimumPayout": {
                 *             "USD": 5000
                 *           },
                 *           "holdDays": 30,
                 *           "attributionWindowDays": 30,
                 *           "features": [
                 *             "links",
                 *             "basic_dashboard"
                 *           ]
                 *         },
                 *         "tier2": {
                 *           "signupBonus": 10000,
                 *           "recurringRate": 0.25,
                 *           "recurringRateRange": {
                 *             "minimum": 0.2,
                 *             "maximum": 0.3
                 *           },
                 *           "recurringDuration": null,
                 *           "transactionRate": 0.001,
                 *           "volumeBonuses": [
                 *             {
                 *               "threshold": 50,
                 *               "bonus": 0.05
                 *             },
                 *             {
                 *               "threshold": 100,
                 *               "bonus": 0.1
                 *             }
                 *           ],
                 *           "volumeBonusMode": "multiplicative",
                 *           "tierMultiplier": 1,
                 *           "minimumPayout": {
                 *             "USD": 10000
                 *           },
                 *           "holdDays": 30,
                 *           "attributionWindowDays": 60,
                 *           "eligibility": {
                 *             "qualifiedReferrals": {
                 *               "minimum": 10,
                 *               "days": 365
                 *             }
                 *           },
                 *           "features": [
                 *             "links",
                 *             "basic_dashboard",
                 *             "co_branding",
                 *             "leads",
                 *             "marketing_tools"
                 *           ]
                 *         },
                 *         "tier3": {
                 *           "revenueShare": 0.5,
                 *           "revenueShareRange": {
                 *             "minimum": 0.4,
                 *             "maximum": 0.5
                 *           },
                 *           "mode": "share",
                 *           "setupFee": 5000000,
                 *           "monthlyLicense": 1000000,
                 *           "customCardFee": 500000,
                 *           "supportFee": 200000,
                 *           "tierMultiplier": 1,
                 *           "minimumPayout": {
                 *             "USD": 100000
                 *           },
                 *           "holdDays": 30,
                 *           "attributionWindowDays": 90,
                 *           "eligibility": {
                 *             "monthlyLicense": {
                 *               "minimum": 500000,
                 *               "maximum": 1500000
                 *             },
                 *             "setupFee": {
                 *               "minimum": 5000000,
                 *               "maximum": 10000000
                 *             }
                 *           },
                 *           "features": [
                 *             "links",
                 *             "basic_dashboard",
                 *             "co_branding",
                 *             "leads",
                 *             "marketing_tools",
                 *             "full_branding",
                 *             "custom_domain",
                 *             "partner_api",
                 *             "cards"
                 *           ]
                 *         },
                 *         "tier4": {
                 *           "recurringRate": 0.15,
                 *           "recurringRateRange": {
                 *             "minimum": 0.15,
                 *             "maximum": 0.2
                 *           },
                 *           "recurringDuration": null,
                 *           "integrationFee": 0,
                 *           "coMarketingBudget": 500000,
                 *           "tierMultiplier": 1,
                 *           "minimumPayout": {
                 *             "USD": 20000
                 *           },
                 *           "holdDays": 30,
                 *           "attributionWindowDays": 90,
                 *           "eligibility": {
                 *             "partnershipAgreement": true
                 *           },
                 *           "features": [
                 *             "links",
                 *             "basic_dashboard",
                 *             "api",
                 *             "webhooks",
                 *             "co_marketing"
                 *           ]
                 *         }
                 *       }
                 *     }
                 */
                "application/json": {
                    tiers?: {
                        tier1: components["schemas"]["TierPlan"];
                        tier2: components["schemas"]["TierPlan"];
                        tier3: components["schemas"]["TierPlan"];
                        tier4: components["schemas"]["TierPlan"];
                    };
                };
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "efe1d852-13b5-75eb-82b8-151097d7d9fe",
                     *       "version": 1,
                     *       "state": "draft",
                     *       "currency": "USD",
                     *       "timeZone": "UTC",
                     *       "effectiveFrom": "2026-03-01T12:00:00.000Z",
                     *       "isRetroactive": true,
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "publishedAt": "2026-03-01T12:00:00.000Z",
                     *       "tiers": {
                     *         "tier1": {
                     *           "signupBonus": 1250,
                     *           "recurringRate": 0.25,
                     *           "recurringDuration": 3,
                     *           "transactionRate": 0.25,
                     *           "volumeBonuses": [
                     *             {
                     *               "threshold": 3,
                     *               "bonus": 0.25
                     *             }
                     *           ],
                     *           "volumeBonusMode": "multiplicative",
                     *           "volumeTrueUp": {
                     *             "period": "month",
                     *             "windowDays": 31,
                     *             "mode": "graduated",
                     *             "steps": [
                     *               {
                     *                 "from": 1250,
                     *                 "rate": 0.25
                     *               }
                     *             ]
                     *           },
                     *           "revenueShare": 0.25,
                     *           "mode": "share",
                     *           "setupFee": 1250,
                     *           "monthlyLicense": 1250,
                     *           "customCardFee": 1250,
                     *           "supportFee": 1250,
                     *           "integrationFee": 1250,
                     *           "coMarketingBudget": 1250,
                     *           "tierMultiplier": 0.25,
                     *           "qualifyingMinimum": 1250,
                     *           "minimumPayout": {},
                     *           "holdDays": 30,
                     *           "attributionWindowDays": 30,
                     *           "recurringRateRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "revenueShareRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "eligibility": {
                     *             "qualifiedReferrals": {
                     *               "minimum": 3,
                     *               "days": 3
                     *             },
                     *             "monthlyLicense": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "setupFee": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "partnershipAgreement": true
                     *           },
                     *           "features": [
                     *             "links"
                     *           ]
                     *         },
                     *         "tier2": {
                     *           "signupBonus": 1250,
                     *           "recurringRate": 0.25,
                     *           "recurringDuration": 3,
                     *           "transactionRate": 0.25,
                     *           "volumeBonuses": [
                     *             {
                     *               "threshold": 3,
                     *               "bonus": 0.25
                     *             }
                     *           ],
                     *           "volumeBonusMode": "multiplicative",
                     *           "volumeTrueUp": {
                     *             "period": "month",
                     *             "windowDays": 31,
                     *             "mode": "graduated",
                     *             "steps": [
                     *               {
                     *                 "from": 1250,
                     *                 "rate": 0.25
                     *               }
                     *             ]
                     *           },
                     *           "revenueShare": 0.25,
                     *           "mode": "share",
                     *           "setupFee": 1250,
                     *           "monthlyLicense": 1250,
                     *           "customCardFee": 1250,
                     *           "supportFee": 1250,
                     *           "integrationFee": 1250,
                     *           "coMarketingBudget": 1250,
                     *           "tierMultiplier": 0.25,
                     *           "qualifyingMinimum": 1250,
                     *           "minimumPayout": {},
                     *           "holdDays": 30,
                     *           "attributionWindowDays": 30,
                     *           "recurringRateRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "revenueShareRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "eligibility": {
                     *             "qualifiedReferrals": {
                     *               "minimum": 3,
                     *               "days": 3
                     *             },
                     *             "monthlyLicense": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "setupFee": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "partnershipAgreement": true
                     *           },
                     *           "features": [
                     *             "links"
                     *           ]
                     *         },
                     *         "tier3": {
                     *           "signupBonus": 1250,
                     *           "recurringRate": 0.25,
                     *           "recurringDuration": 3,
                     *           "transactionRate": 0.25,
                     *           "volumeBonuses": [
                     *             {
                     *               "threshold": 3,
                     *               "bonus": 0.25
                     *             }
                     *           ],
                     *           "volumeBonusMode": "multiplicative",
                     *           "volumeTrueUp": {
                     *             "period": "month",
                     *             "windowDays": 31,
                     *             "mode": "graduated",
                     *             "steps": [
                     *               {
                     *                 "from": 1250,
                     *                 "rate": 0.25
                     *               }
                     *             ]
                     *           },
                     *           "revenueShare": 0.25,
                     *           "mode": "share",
                     *           "setupFee": 1250,
                     *           "monthlyLicense": 1250,
                     *           "customCardFee": 1250,
                     *           "supportFee": 1250,
                     *           "integrationFee": 1250,
                     *           "coMarketingBudget": 1250,
                     *           "tierMultiplier": 0.25,
                     *           "qualifyingMinimum": 1250,
                     *           "minimumPayout": {},
                     *           "holdDays": 30,
                     *           "attributionWindowDays": 30,
                     *           "recurringRateRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "revenueShareRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "eligibility": {
                     *             "qualifiedReferrals": {
                     *               "minimum": 3,
                     *               "days": 3
                     *             },
                     *             "monthlyLicense": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "setupFee": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "partnershipAgreement": true
                     *           },
                     *           "features": [
                     *             "links"
                     *           ]
                     *         },
                     *         "tier4": {
                     *           "signupBonus": 1250,
                     *           "recurringRate": 0.25,
                     *           "recurringDuration": 3,
                     *           "transactionRate": 0.25,
                     *           "volumeBonuses": [
                     *             {
                     *               "threshold": 3,
                     *               "bonus": 0.25
                     *             }
                     *           ],
                     *           "volumeBonusMode": "multiplicative",
                     *           "volumeTrueUp": {
                     *             "period": "month",
                     *             "windowDays": 31,
                     *             "mode": "graduated",
                     *             "steps": [
                     *               {
                     *                 "from": 1250,
                     *                 "rate": 0.25
                     *               }
                     *             ]
                     *           },
                     *           "revenueShare": 0.25,
                     *           "mode": "share",
                     *           "setupFee": 1250,
                     *           "monthlyLicense": 1250,
                     *           "customCardFee": 1250,
                     *           "supportFee": 1250,
                     *           "integrationFee": 1250,
                     *           "coMarketingBudget": 1250,
                     *           "tierMultiplier": 0.25,
                     *           "qualifyingMinimum": 1250,
                     *           "minimumPayout": {},
                     *           "holdDays": 30,
                     *           "attributionWindowDays": 30,
                     *           "recurringRateRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "revenueShareRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "eligibility": {
                     *             "qualifiedReferrals": {
                     *               "minimum": 3,
                     *               "days": 3
                     *             },
                     *             "monthlyLicense": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "setupFee": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "partnershipAgreement": true
                     *           },
                     *           "features": [
                     *             "links"
                     *           ]
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CommissionPlan"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getPlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The plan version */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "efe1d852-13b5-75eb-82b8-151097d7d9fe",
                     *       "version": 1,
                     *       "state": "draft",
                     *       "currency": "USD",
                     *       "timeZone": "UTC",
                     *       "effectiveFrom": "2026-03-01T12:00:00.000Z",
                     *       "isRetroactive": true,
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "publishedAt": "2026-03-01T12:00:00.000Z",
                     *       "tiers": {
                     *         "tier1": {
                     *           "signupBonus": 1250,
                     *           "recurringRate": 0.25,
                     *           "recurringDuration": 3,
                     *           "transactionRate": 0.25,
                     *           "volumeBonuses": [
                     *             {
                     *               "threshold": 3,
                     *               "bonus": 0.25
                     *             }
                     *           ],
                     *           "volumeBonusMode": "multiplicative",
                     *           "volumeTrueUp": {
                     *             "period": "month",
                     *             "windowDays": 31,
                     *             "mode": "graduated",
                     *             "steps": [
                     *               {
                     *                 "from": 1250,
                     *                 "rate": 0.25
                     *               }
                     *             ]
                     *           },
                     *           "revenueShare": 0.25,
                     *           "mode": "share",
                     *           "setupFee": 1250,
                     *           "monthlyLicense": 1250,
                     *           "customCardFee": 1250,
                     *           "supportFee": 1250,
                     *           "integrationFee": 1250,
                     *           "coMarketingBudget": 1250,
                     *           "tierMultiplier": 0.25,
                     *           "qualifyingMinimum": 1250,
                     *           "minimumPayout": {},
                     *           "holdDays": 30,
                     *           "attributionWindowDays": 30,
                     *           "recurringRateRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "revenueShareRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "eligibility": {
                     *             "qualifiedReferrals": {
                     *               "minimum": 3,
                     *               "days": 3
                     *             },
                     *             "monthlyLicense": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "setupFee": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "partnershipAgreement": true
                     *           },
                     *           "features": [
                     *             "links"
                     *           ]
                     *         },
                     *         "tier2": {
                     *           "signupBonus": 1250,
                     *           "recurringRate": 0.25,
                     *           "recurringDuration": 3,
                     *           "transactionRate": 0.25,
                     *           "volumeBonuses": [
                     *             {
                     *               "threshold": 3,
                     *               "bonus": 0.25
                     *             }
                     *           ],
                     *           "volumeBonusMode": "multiplicative",
                     *           "volumeTrueUp": {
                     *             "period": "month",
                     *             "windowDays": 31,
                     *             "mode": "graduated",
                     *             "steps": [
                     *               {
                     *                 "from": 1250,
                     *                 "rate": 0.25
                     *               }
                     *             ]
                     *           },
                     *           "revenueShare": 0.25,
                     *           "mode": "share",
                     *           "setupFee": 1250,
                     *           "monthlyLicense": 1250,
                     *           "customCardFee": 1250,
                     *           "supportFee": 1250,
                     *           "integrationFee": 1250,
                     *           "coMarketingBudget": 1250,
                     *           "tierMultiplier": 0.25,
                     *           "qualifyingMinimum": 1250,
                     *           "minimumPayout": {},
                     *           "holdDays": 30,
                     *           "attributionWindowDays": 30,
                     *           "recurringRateRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "revenueShareRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "eligibility": {
                     *             "qualifiedReferrals": {
                     *               "minimum": 3,
                     *               "days": 3
                     *             },
                     *             "monthlyLicense": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "setupFee": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "partnershipAgreement": true
                     *           },
                     *           "features": [
                     *             "links"
                     *           ]
                     *         },
                     *         "tier3": {
                     *           "signupBonus": 1250,
                     *           "recurringRate": 0.25,
                     *           "recurringDuration": 3,
                     *           "transactionRate": 0.25,
                     *           "volumeBonuses": [
                     *             {
                     *               "threshold": 3,
                     *               "bonus": 0.25
                     *             }
                     *           ],
                     *           "volumeBonusMode": "multiplicative",
                     *           "volumeTrueUp": {
                     *             "period": "month",
                     *             "windowDays": 31,
                     *             "mode": "graduated",
                     *             "steps": [
                     *               {
                     *                 "from": 1250,
                     *                 "rate": 0.25
                     *               }
                     *             ]
                     *           },
                     *           "revenueShare": 0.25,
                     *           "mode": "share",
                     *           "setupFee": 1250,
                     *           "monthlyLicense": 1250,
                     *           "customCardFee": 1250,
                     *           "supportFee": 1250,
                     *           "integrationFee": 1250,
                     *           "coMarketingBudget": 1250,
                     *           "tierMultiplier": 0.25,
                     *           "qualifyingMinimum": 1250,
                     *           "minimumPayout": {},
                     *           "holdDays": 30,
                     *           "attributionWindowDays": 30,
                     *           "recurringRateRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "revenueShareRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "eligibility": {
                     *             "qualifiedReferrals": {
                     *               "minimum": 3,
                     *               "days": 3
                     *             },
                     *             "monthlyLicense": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "setupFee": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "partnershipAgreement": true
                     *           },
                     *           "features": [
                     *             "links"
                     *           ]
                     *         },
                     *         "tier4": {
                     *           "signupBonus": 1250,
                     *           "recurringRate": 0.25,
                     *           "recurringDuration": 3,
                     *           "transactionRate": 0.25,
                     *           "volumeBonuses": [
                     *             {
                     *               "threshold": 3,
                     *               "bonus": 0.25
                     *             }
                     *           ],
                     *           "volumeBonusMode": "multiplicative",
                     *           "volumeTrueUp": {
                     *             "period": "month",
                     *             "windowDays": 31,
                     *             "mode": "graduated",
                     *             "steps": [
                     *               {
                     *                 "from": 1250,
                     *                 "rate": 0.25
                     *               }
                     *             ]
                     *           },
                     *           "revenueShare": 0.25,
                     *           "mode": "share",
                     *           "setupFee": 1250,
                     *           "monthlyLicense": 1250,
                     *           "customCardFee": 1250,
                     *           "supportFee": 1250,
                     *           "integrationFee": 1250,
                     *           "coMarketingBudget": 1250,
                     *           "tierMultiplier": 0.25,
                     *           "qualifyingMinimum": 1250,
                     *           "minimumPayout": {},
                     *           "holdDays": 30,
                     *           "attributionWindowDays": 30,
                     *           "recurringRateRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "revenueShareRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "eligibility": {
                     *             "qualifiedReferrals": {
                     *               "minimum": 3,
                     *               "days": 3
                     *             },
                     *             "monthlyLicense": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "setupFee": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "partnershipAgreement": true
                     *           },
                     *           "features": [
                     *             "links"
                     *           ]
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CommissionPlan"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    editPlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The plan version */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "tiers": {
                 *         "tier1": {
                 *           "signupBonus": 5000,
                 *           "recurringRate": 0.1,
                 *           "recurringRateRange": {
                 *             "minimum": 0.1,
                 *             "maximum": 0.15
                 *           },
                 *           "recurringDuration": 12,
                 *           "transactionRate": 0,
                 *           "tierMultiplier": 1,
                 *           "minimumPayout": {
                 *             "USD": 5000
                 *           },
                 *           "holdDays": 30,
                 *           "attributionWindowDays": 30,
                 *           "features": [
                 *             "links",
                 *             "basic_dashboard"
                 *           ]
                 *         },
                 *         "tier2": {
                 *           "signupBonus": 10000,
                 *           "recurringRate": 0.25,
                 *           "recurringRateRange": {
                 *             "minimum": 0.2,
                 *             "maximum": 0.3
                 *           },
                 *           "recurringDuration": null,
                 *           "transactionRate": 0.001,
                 *           "volumeBonuses": [
                 *             {
                 *               "threshold": 50,
                 *               "bonus": 0.05
                 *             },
                 *             {
                 *               "threshold": 100,
                 *               "bonus": 0.1
                 *             }
                 *           ],
                 *           "volumeBonusMode": "multiplicative",
                 *           "tierMultiplier": 1,
                 *           "minimumPayout": {
                 *             "USD": 10000
                 *           },
                 *           "holdDays": 30,
                 *           "attributionWindowDays": 60,
                 *           "eligibility": {
                 *             "qualifiedReferrals": {
                 *               "minimum": 10,
                 *               "days": 365
                 *             }
                 *           },
                 *           "features": [
                 *             "links",
                 *             "basic_dashboard",
                 *             "co_branding",
                 *             "leads",
                 *             "marketing_tools"
                 *           ]
                 *         },
                 *         "tier3": {
                 *           "revenueShare": 0.5,
                 *           "revenueShareRange": {
                 *             "minimum": 0.4,
                 *             "maximum": 0.5
                 *           },
                 *           "mode": "share",
                 *           "setupFee": 5000000,
                 *           "monthlyLicense": 1000000,
                 *           "customCardFee": 500000,
                 *           "supportFee": 200000,
                 *           "tierMultiplier": 1,
                 *           "minimumPayout": {
                 *             "USD": 100000
                 *           },
                 *           "holdDays": 30,
                 *           "attributionWindowDays": 90,
                 *           "eligibility": {
                 *             "monthlyLicense": {
                 *               "minimum": 500000,
                 *               "maximum": 1500000
                 *             },
                 *             "setupFee": {
                 *               "minimum": 5000000,
                 *               "maximum": 10000000
                 *             }
                 *           },
                 *           "features": [
                 *             "links",
                 *             "basic_dashboard",
                 *             "co_branding",
                 *             "leads",
                 *             "marketing_tools",
                 *             "full_branding",
                 *             "custom_domain",
                 *             "partner_api",
                 *             "cards"
                 *           ]
                 *         },
                 *         "tier4": {
                 *           "recurringRate": 0.15,
                 *           "recurringRateRange": {
                 *             "minimum": 0.15,
                 *             "maximum": 0.2
                 *           },
                 *           "recurringDuration": null,
                 *           "integrationFee": 0,
                 *           "coMarketingBudget": 500000,
                 *           "tierMultiplier": 1,
                 *           "minimumPayout": {
                 *             "USD": 20000
                 *           },
                 *           "holdDays": 30,
                 *           "attributionWindowDays": 90,
                 *           "eligibility": {
                 *             "partnershipAgreement": true
                 *           },
                 *           "features": [
                 *             "links",
                 *             "basic_dashboard",
                 *             "api",
                 *             "webhooks",
                 *             "co_marketing"
                 *           ]
                 *         }
                 *       }
                 *     }
                 */
                "application/json": {
                    tiers: {
                        tier1: components["schemas"]["TierPlan"];
                        tier2: components["schemas"]["TierPlan"];
                        tier3: components["schemas"]["TierPlan"];
                        tier4: components["schemas"]["TierPlan"];
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "efe1d852-13b5-75eb-82b8-151097d7d9fe",
                     *       "version": 1,
                     *       "state": "draft",
                     *       "currency": "USD",
                     *       "timeZone": "UTC",
                     *       "effectiveFrom": "2026-03-01T12:00:00.000Z",
                     *       "isRetroactive": true,
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "publishedAt": "2026-03-01T12:00:00.000Z",
                     *       "tiers": {
                     *         "tier1": {
                     *           "signupBonus": 1250,
                     *           "recurringRate": 0.25,
                     *           "recurringDuration": 3,
                     *           "transactionRate": 0.25,
                     *           "volumeBonuses": [
                     *             {
                     *               "threshold": 3,
                     *               "bonus": 0.25
                     *             }
                     *           ],
                     *           "volumeBonusMode": "multiplicative",
                     *           "volumeTrueUp": {
                     *             "period": "month",
                     *             "windowDays": 31,
                     *             "mode": "graduated",
                     *             "steps": [
                     *               {
                     *                 "from": 1250,
                     *                 "rate": 0.25
                     *               }
                     *             ]
                     *           },
                     *           "revenueShare": 0.25,
                     *           "mode": "share",
                     *           "setupFee": 1250,
                     *           "monthlyLicense": 1250,
                     *           "customCardFee": 1250,
                     *           "supportFee": 1250,
                     *           "integrationFee": 1250,
                     *           "coMarketingBudget": 1250,
                     *           "tierMultiplier": 0.25,
                     *           "qualifyingMinimum": 1250,
                     *           "minimumPayout": {},
                     *           "holdDays": 30,
                     *           "attributionWindowDays": 30,
                     *           "recurringRateRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "revenueShareRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "eligibility": {
                     *             "qualifiedReferrals": {
                     *               "minimum": 3,
                     *               "days": 3
                     *             },
                     *             "monthlyLicense": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "setupFee": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "partnershipAgreement": true
                     *           },
                     *           "features": [
                     *             "links"
                     *           ]
                     *         },
                     *         "tier2": {
                     *           "signupBonus": 1250,
                     *           "recurringRate": 0.25,
                     *           "recurringDuration": 3,
                     *           "transactionRate": 0.25,
                     *           "volumeBonuses": [
                     *             {
                     *               "threshold": 3,
                     *               "bonus": 0.25
                     *             }
                     *           ],
                     *           "volumeBonusMode": "multiplicative",
                     *           "volumeTrueUp": {
                     *             "period": "month",
                     *             "windowDays": 31,
                     *             "mode": "graduated",
                     *             "steps": [
                     *               {
                     *                 "from": 1250,
                     *                 "rate": 0.25
                     *               }
                     *             ]
                     *           },
                     *           "revenueShare": 0.25,
                     *           "mode": "share",
                     *           "setupFee": 1250,
                     *           "monthlyLicense": 1250,
                     *           "customCardFee": 1250,
                     *           "supportFee": 1250,
                     *           "integrationFee": 1250,
                     *           "coMarketingBudget": 1250,
                     *           "tierMultiplier": 0.25,
                     *           "qualifyingMinimum": 1250,
                     *           "minimumPayout": {},
                     *           "holdDays": 30,
                     *           "attributionWindowDays": 30,
                     *           "recurringRateRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "revenueShareRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "eligibility": {
                     *             "qualifiedReferrals": {
                     *               "minimum": 3,
                     *               "days": 3
                     *             },
                     *             "monthlyLicense": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "setupFee": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "partnershipAgreement": true
                     *           },
                     *           "features": [
                     *             "links"
                     *           ]
                     *         },
                     *         "tier3": {
                     *           "signupBonus": 1250,
                     *           "recurringRate": 0.25,
                     *           "recurringDuration": 3,
                     *           "transactionRate": 0.25,
                     *           "volumeBonuses": [
                     *             {
                     *               "threshold": 3,
                     *               "bonus": 0.25
                     *             }
                     *           ],
                     *           "volumeBonusMode": "multiplicative",
                     *           "volumeTrueUp": {
                     *             "period": "month",
                     *             "windowDays": 31,
                     *             "mode": "graduated",
                     *             "steps": [
                     *               {
                     *                 "from": 1250,
                     *                 "rate": 0.25
                     *               }
                     *             ]
                     *           },
                     *           "revenueShare": 0.25,
                     *           "mode": "share",
                     *           "setupFee": 1250,
                     *           "monthlyLicense": 1250,
                     *           "customCardFee": 1250,
                     *           "supportFee": 1250,
                     *           "integrationFee": 1250,
                     *           "coMarketingBudget": 1250,
                     *           "tierMultiplier": 0.25,
                     *           "qualifyingMinimum": 1250,
                     *           "minimumPayout": {},
                     *           "holdDays": 30,
                     *           "attributionWindowDays": 30,
                     *           "recurringRateRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "revenueShareRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "eligibility": {
                     *             "qualifiedReferrals": {
                     *               "minimum": 3,
                     *               "days": 3
                     *             },
                     *             "monthlyLicense": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "setupFee": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "partnershipAgreement": true
                     *           },
                     *           "features": [
                     *             "links"
                     *           ]
                     *         },
                     *         "tier4": {
                     *           "signupBonus": 1250,
                     *           "recurringRate": 0.25,
                     *           "recurringDuration": 3,
                     *           "transactionRate": 0.25,
                     *           "volumeBonuses": [
                     *             {
                     *               "threshold": 3,
                     *               "bonus": 0.25
                     *             }
                     *           ],
                     *           "volumeBonusMode": "multiplicative",
                     *           "volumeTrueUp": {
                     *             "period": "month",
                     *             "windowDays": 31,
                     *             "mode": "graduated",
                     *             "steps": [
                     *               {
                     *                 "from": 1250,
                     *                 "rate": 0.25
                     *               }
                     *             ]
                     *           },
                     *           "revenueShare": 0.25,
                     *           "mode": "share",
                     *           "setupFee": 1250,
                     *           "monthlyLicense": 1250,
                     *           "customCardFee": 1250,
                     *           "supportFee": 1250,
                     *           "integrationFee": 1250,
                     *           "coMarketingBudget": 1250,
                     *           "tierMultiplier": 0.25,
                     *           "qualifyingMinimum": 1250,
                     *           "minimumPayout": {},
                     *           "holdDays": 30,
                     *           "attributionWindowDays": 30,
                     *           "recurringRateRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "revenueShareRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "eligibility": {
                     *             "qualifiedReferrals": {
                     *               "minimum": 3,
                     *               "days": 3
                     *             },
                     *             "monthlyLicense": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "setupFee": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "partnershipAgreement": true
                     *           },
                     *           "features": [
                     *             "links"
                     *           ]
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CommissionPlan"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    publishPlan: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The plan version */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "effectiveFrom": "2027-01-01T00:00:00Z"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: date-time
                     * @description When it comes into force; at once when not given
                     * @example 2026-03-01T12:00:00Z
                     */
                    effectiveFrom?: string;
                    /** @description It also holds for existing customers, from now on */
                    isRetroactive?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "efe1d852-13b5-75eb-82b8-151097d7d9fe",
                     *       "version": 1,
                     *       "state": "draft",
                     *       "currency": "USD",
                     *       "timeZone": "UTC",
                     *       "effectiveFrom": "2026-03-01T12:00:00.000Z",
                     *       "isRetroactive": true,
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "publishedAt": "2026-03-01T12:00:00.000Z",
                     *       "tiers": {
                     *         "tier1": {
                     *           "signupBonus": 1250,
                     *           "recurringRate": 0.25,
                     *           "recurringDuration": 3,
                     *           "transactionRate": 0.25,
                     *           "volumeBonuses": [
                     *             {
                     *               "threshold": 3,
                     *               "bonus": 0.25
                     *             }
                     *           ],
                     *           "volumeBonusMode": "multiplicative",
                     *           "volumeTrueUp": {
                     *             "period": "month",
                     *             "windowDays": 31,
                     *             "mode": "graduated",
                     *             "steps": [
                     *               {
                     *                 "from": 1250,
                     *                 "rate": 0.25
                     *               }
                     *             ]
                     *           },
                     *           "revenueShare": 0.25,
                     *           "mode": "share",
                     *           "setupFee": 1250,
                     *           "monthlyLicense": 1250,
                     *           "customCardFee": 1250,
                     *           "supportFee": 1250,
                     *           "integrationFee": 1250,
                     *           "coMarketingBudget": 1250,
                     *           "tierMultiplier": 0.25,
                     *           "qualifyingMinimum": 1250,
                     *           "minimumPayout": {},
                     *           "holdDays": 30,
                     *           "attributionWindowDays": 30,
                     *           "recurringRateRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "revenueShareRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "eligibility": {
                     *             "qualifiedReferrals": {
                     *               "minimum": 3,
                     *               "days": 3
                     *             },
                     *             "monthlyLicense": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "setupFee": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "partnershipAgreement": true
                     *           },
                     *           "features": [
                     *             "links"
                     *           ]
                     *         },
                     *         "tier2": {
                     *           "signupBonus": 1250,
                     *           "recurringRate": 0.25,
                     *           "recurringDuration": 3,
                     *           "transactionRate": 0.25,
                     *           "volumeBonuses": [
                     *             {
                     *               "threshold": 3,
                     *               "bonus": 0.25
                     *             }
                     *           ],
                     *           "volumeBonusMode": "multiplicative",
                     *           "volumeTrueUp": {
                     *             "period": "month",
                     *             "windowDays": 31,
                     *             "mode": "graduated",
                     *             "steps": [
                     *               {
                     *                 "from": 1250,
                     *                 "rate": 0.25
                     *               }
                     *             ]
                     *           },
                     *           "revenueShare": 0.25,
                     *           "mode": "share",
                     *           "setupFee": 1250,
                     *           "monthlyLicense": 1250,
                     *           "customCardFee": 1250,
                     *           "supportFee": 1250,
                     *           "integrationFee": 1250,
                     *           "coMarketingBudget": 1250,
                     *           "tierMultiplier": 0.25,
                     *           "qualifyingMinimum": 1250,
                     *           "minimumPayout": {},
                     *           "holdDays": 30,
                     *           "attributionWindowDays": 30,
                     *           "recurringRateRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "revenueShareRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "eligibility": {
                     *             "qualifiedReferrals": {
                     *               "minimum": 3,
                     *               "days": 3
                     *             },
                     *             "monthlyLicense": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "setupFee": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "partnershipAgreement": true
                     *           },
                     *           "features": [
                     *             "links"
                     *           ]
                     *         },
                     *         "tier3": {
                     *           "signupBonus": 1250,
                     *           "recurringRate": 0.25,
                     *           "recurringDuration": 3,
                     *           "transactionRate": 0.25,
                     *           "volumeBonuses": [
                     *             {
                     *               "threshold": 3,
                     *               "bonus": 0.25
                     *             }
                     *           ],
                     *           "volumeBonusMode": "multiplicative",
                     *           "volumeTrueUp": {
                     *             "period": "month",
                     *             "windowDays": 31,
                     *             "mode": "graduated",
                     *             "steps": [
                     *               {
                     *                 "from": 1250,
                     *                 "rate": 0.25
                     *               }
                     *             ]
                     *           },
                     *           "revenueShare": 0.25,
                     *           "mode": "share",
                     *           "setupFee": 1250,
                     *           "monthlyLicense": 1250,
                     *           "customCardFee": 1250,
                     *           "supportFee": 1250,
                     *           "integrationFee": 1250,
                     *           "coMarketingBudget": 1250,
                     *           "tierMultiplier": 0.25,
                     *           "qualifyingMinimum": 1250,
                     *           "minimumPayout": {},
                     *           "holdDays": 30,
                     *           "attributionWindowDays": 30,
                     *           "recurringRateRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "revenueShareRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "eligibility": {
                     *             "qualifiedReferrals": {
                     *               "minimum": 3,
                     *               "days": 3
                     *             },
                     *             "monthlyLicense": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "setupFee": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "partnershipAgreement": true
                     *           },
                     *           "features": [
                     *             "links"
                     *           ]
                     *         },
                     *         "tier4": {
                     *           "signupBonus": 1250,
                     *           "recurringRate": 0.25,
                     *           "recurringDuration": 3,
                     *           "transactionRate": 0.25,
                     *           "volumeBonuses": [
                     *             {
                     *               "threshold": 3,
                     *               "bonus": 0.25
                     *             }
                     *           ],
                     *           "volumeBonusMode": "multiplicative",
                     *           "volumeTrueUp": {
                     *             "period": "month",
                     *             "windowDays": 31,
                     *             "mode": "graduated",
                     *             "steps": [
                     *               {
                     *                 "from": 1250,
                     *                 "rate": 0.25
                     *               }
                     *             ]
                     *           },
                     *           "revenueShare": 0.25,
                     *           "mode": "share",
                     *           "setupFee": 1250,
                     *           "monthlyLicense": 1250,
                     *           "customCardFee": 1250,
                     *           "supportFee": 1250,
                     *           "integrationFee": 1250,
                     *           "coMarketingBudget": 1250,
                     *           "tierMultiplier": 0.25,
                     *           "qualifyingMinimum": 1250,
                     *           "minimumPayout": {},
                     *           "holdDays": 30,
                     *           "attributionWindowDays": 30,
                     *           "recurringRateRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "revenueShareRange": {
                     *             "minimum": 0.25,
                     *             "maximum": 0.25
                     *           },
                     *           "eligibility": {
                     *             "qualifiedReferrals": {
                     *               "minimum": 3,
                     *               "days": 3
                     *             },
                     *             "monthlyLicense": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "setupFee": {
                     *               "minimum": 1250,
                     *               "maximum": 1250
                     *             },
                     *             "partnershipAgreement": true
                     *           },
                     *           "features": [
                     *             "links"
                     *           ]
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CommissionPlan"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    registerPartner: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "ada@example.com",
                 *       "password": "seven silver herons",
                 *       "name": "Ada",
                 *       "partnerType": "affiliate"
                 *     }
                 */
                "application/json": {
                    /** Format: email */
                    email: string;
                    /** @description Twelve characters or more, hard to guess */
                    password: string;
                    name: string;
                    /**
                     * @description What the partner is; its tier is what it is paid by
                     * @enum {unknown}
                     */
                    partnerType?: "affiliate" | "reseller" | "whitelabel" | "technology";
                    companyName?: string;
                    /** @description ISO 3166 code */
                    country?: string;
                    /** @description Wished for; given once the e-mail is verified, if it is free then. Letters of either case are the same. */
                    referralCode?: string;
                };
            };
        };
        responses: {
            /** @description The same whether or not the e-mail is known */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "verification_sent"
                     *     }
                     */
                    "application/json": components["schemas"]["Registration"];
                };
            };
            400: components["responses"]["Invalid"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getPartnerProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "b87b0b1f-004f-7bf6-81d1-91ac87d41d64",
                     *       "email": "ada@example.com",
                     *       "name": "Ada Lovelace",
                     *       "isEmailVerified": true,
                     *       "partnerType": "affiliate",
                     *       "tier": "tier1",
                     *       "companyName": "Ada Writes Ltd",
                     *       "referralCode": "ada-writes",
                     *       "commissionRate": 25,
                     *       "status": "pending",
                     *       "country": "US",
                     *       "settings": {},
                     *       "joinedAt": "2026-03-01T12:00:00.000Z",
                     *       "approvedAt": "2026-03-01T12:00:00.000Z",
                     *       "suspendedAt": "2026-03-01T12:00:00.000Z",
                     *       "terminatedAt": "2026-03-01T12:00:00.000Z",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "updatedAt": "2026-03-01T12:00:00.000Z",
                     *       "terms": {
                     *         "id": "fed63522-d13d-73ad-8f03-68711abda5af",
                     *         "planId": "1df7e092-8b2f-78e1-8f3a-fc7d6f66c4cb",
                     *         "planVersion": 1,
                     *         "tier": "tier1",
                     *         "currency": "USD",
                     *         "timeZone": "UTC",
                     *         "signupBonus": 1250,
                     *         "recurringRate": 0.25,
                     *         "recurringDuration": 3,
                     *         "transactionRate": 0.25,
                     *         "volumeBonuses": [
                     *           {
                     *             "threshold": 3,
                     *             "bonus": 0.25
                     *           }
                     *         ],
                     *         "volumeBonusMode": "multiplicative",
                     *         "volumeTrueUp": {
                     *           "period": "month",
                     *           "windowDays": 31,
                     *           "mode": "graduated",
                     *           "steps": [
                     *             {
                     *               "from": 1250,
                     *               "rate": 0.25
                     *             }
                     *           ]
                     *         },
                     *         "revenueShare": 0.25,
                     *         "mode": "share",
                     *         "tierMultiplier": 0.25,
                     *         "qualifyingMinimum": 1250,
                     *         "holdDays": 30,
                     *         "attributionWindowDays": 30,
                     *         "minimumPayout": {},
                     *         "features": [
                     *           "links"
                     *         ]
                     *       },
                     *       "openUpgrade": {
                     *         "id": "9c6da702-b67e-715f-8e85-4b2308f4682b",
                     *         "partnerId": "81ac0e9a-6655-785a-8b88-37607547f35d",
                     *         "fromTier": "tier1",
                     *         "toTier": "tier1",
                     *         "status": "requested",
                     *         "eligibility": {
                     *           "isEligible": true,
                     *           "criteria": [
                     *             {
                     *               "name": "Ada Lovelace",
                     *               "minimum": 3,
                     *               "maximum": 3,
                     *               "actual": 3,
                     *               "isMet": true
                     *             }
                     *           ]
                     *         },
                     *         "reason": "As agreed by telephone",
                     *         "requestedAt": "2026-03-01T12:00:00.000Z",
                     *         "decidedAt": "2026-03-01T12:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PartnerProfile"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    updatePartner: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "companyName": "Ada Analytics Ltd",
                 *       "country": "GB"
                 *     }
                 */
                "application/json": {
                    companyName?: string | null;
                    country?: string | null;
                    /** @description What the partner's own programs keep here */
                    settings?: {
                        [key: string]: string | number | boolean;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "b87b0b1f-004f-7bf6-81d1-91ac87d41d64",
                     *       "email": "ada@example.com",
                     *       "name": "Ada Lovelace",
                     *       "isEmailVerified": true,
                     *       "partnerType": "affiliate",
                     *       "tier": "tier1",
                     *       "companyName": "Ada Writes Ltd",
                     *       "referralCode": "ada-writes",
                     *       "commissionRate": 25,
                     *       "status": "pending",
                     *       "country": "US",
                     *       "settings": {},
                     *       "joinedAt": "2026-03-01T12:00:00.000Z",
                     *       "approvedAt": "2026-03-01T12:00:00.000Z",
                     *       "suspendedAt": "2026-03-01T12:00:00.000Z",
                     *       "terminatedAt": "2026-03-01T12:00:00.000Z",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "updatedAt": "2026-03-01T12:00:00.000Z",
                     *       "terms": {
                     *         "id": "fed63522-d13d-73ad-8f03-68711abda5af",
                     *         "planId": "1df7e092-8b2f-78e1-8f3a-fc7d6f66c4cb",
                     *         "planVersion": 1,
                     *         "tier": "tier1",
                     *         "currency": "USD",
                     *         "timeZone": "UTC",
                     *         "signupBonus": 1250,
                     *         "recurringRate": 0.25,
                     *         "recurringDuration": 3,
                     *         "transactionRate": 0.25,
                     *         "volumeBonuses": [
                     *           {
                     *             "threshold": 3,
                     *             "bonus": 0.25
                     *           }
                     *         ],
                     *         "volumeBonusMode": "multiplicative",
                     *         "volumeTrueUp": {
                     *           "period": "month",
                     *           "windowDays": 31,
                     *           "mode": "graduated",
                     *           "steps": [
                     *             {
                     *               "from": 1250,
                     *               "rate": 0.25
                     *             }
                     *           ]
                     *         },
                     *         "revenueShare": 0.25,
                     *         "mode": "share",
                     *         "tierMultiplier": 0.25,
                     *         "qualifyingMinimum": 1250,
                     *         "holdDays": 30,
                     *         "attributionWindowDays": 30,
                     *         "minimumPayout": {},
                     *         "features": [
                     *           "links"
                     *         ]
                     *       },
                     *       "openUpgrade": {
                     *         "id": "9c6da702-b67e-715f-8e85-4b2308f4682b",
                     *         "partnerId": "81ac0e9a-6655-785a-8b88-37607547f35d",
                     *         "fromTier": "tier1",
                     *         "toTier": "tier1",
                     *         "status": "requested",
                     *         "eligibility": {
                     *           "isEligible": true,
                     *           "criteria": [
                     *             {
                     *               "name": "Ada Lovelace",
                     *               "minimum": 3,
                     *               "maximum": 3,
                     *               "actual": 3,
                     *               "isMet": true
                     *             }
                     *           ]
                     *         },
                     *         "reason": "As agreed by telephone",
                     *         "requestedAt": "2026-03-01T12:00:00.000Z",
                     *         "decidedAt": "2026-03-01T12:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PartnerProfile"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    upgradeTier: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "tier": "tier2"
                 *     }
                 */
                "application/json": {
                    /** @enum {unknown} */
                    tier: "tier1" | "tier2" | "tier3" | "tier4";
                };
            };
        };
        responses: {
            /** @description A request for another tier */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "9c6da702-b67e-715f-8e85-4b2308f4682b",
                     *       "partnerId": "81ac0e9a-6655-785a-8b88-37607547f35d",
                     *       "fromTier": "tier1",
                     *       "toTier": "tier1",
                     *       "status": "requested",
                     *       "eligibility": {
                     *         "isEligible": true,
                     *         "criteria": [
                     *           {
                     *             "name": "Ada Lovelace",
                     *             "minimum": 3,
                     *             "maximum": 3,
                     *             "actual": 3,
                     *             "isMet": true
                     *           }
                     *         ]
                     *       },
                     *       "reason": "As agreed by telephone",
                     *       "requestedAt": "2026-03-01T12:00:00.000Z",
                     *       "decidedAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["TierChange"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    closeAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "b87b0b1f-004f-7bf6-81d1-91ac87d41d64",
                     *       "email": "ada@example.com",
                     *       "name": "Ada Lovelace",
                     *       "isEmailVerified": true,
                     *       "partnerType": "affiliate",
                     *       "tier": "tier1",
                     *       "companyName": "Ada Writes Ltd",
                     *       "referralCode": "ada-writes",
                     *       "commissionRate": 25,
                     *       "status": "pending",
                     *       "country": "US",
                     *       "settings": {},
                     *       "joinedAt": "2026-03-01T12:00:00.000Z",
                     *       "approvedAt": "2026-03-01T12:00:00.000Z",
                     *       "suspendedAt": "2026-03-01T12:00:00.000Z",
                     *       "terminatedAt": "2026-03-01T12:00:00.000Z",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "updatedAt": "2026-03-01T12:00:00.000Z",
                     *       "terms": {
                     *         "id": "fed63522-d13d-73ad-8f03-68711abda5af",
                     *         "planId": "1df7e092-8b2f-78e1-8f3a-fc7d6f66c4cb",
                     *         "planVersion": 1,
                     *         "tier": "tier1",
                     *         "currency": "USD",
                     *         "timeZone": "UTC",
                     *         "signupBonus": 1250,
                     *         "recurringRate": 0.25,
                     *         "recurringDuration": 3,
                     *         "transactionRate": 0.25,
                     *         "volumeBonuses": [
                     *           {
                     *             "threshold": 3,
                     *             "bonus": 0.25
                     *           }
                     *         ],
                     *         "volumeBonusMode": "multiplicative",
                     *         "volumeTrueUp": {
                     *           "period": "month",
                     *           "windowDays": 31,
                     *           "mode": "graduated",
                     *           "steps": [
                     *             {
                     *               "from": 1250,
                     *               "rate": 0.25
                     *             }
                     *           ]
                     *         },
                     *         "revenueShare": 0.25,
                     *         "mode": "share",
                     *         "tierMultiplier": 0.25,
                     *         "qualifyingMinimum": 1250,
                     *         "holdDays": 30,
                     *         "attributionWindowDays": 30,
                     *         "minimumPayout": {},
                     *         "features": [
                     *           "links"
                     *         ]
                     *       },
                     *       "openUpgrade": {
                     *         "id": "9c6da702-b67e-715f-8e85-4b2308f4682b",
                     *         "partnerId": "81ac0e9a-6655-785a-8b88-37607547f35d",
                     *         "fromTier": "tier1",
                     *         "toTier": "tier1",
                     *         "status": "requested",
                     *         "eligibility": {
                     *           "isEligible": true,
                     *           "criteria": [
                     *             {
                     *               "name": "Ada Lovelace",
                     *               "minimum": 3,
                     *               "maximum": 3,
                     *               "actual": 3,
                     *               "isMet": true
                     *             }
                     *           ]
                     *         },
                     *         "reason": "As agreed by telephone",
                     *         "requestedAt": "2026-03-01T12:00:00.000Z",
                     *         "decidedAt": "2026-03-01T12:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PartnerProfile"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listPartners: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "createdAt" | "-createdAt" | "joinedAt" | "-joinedAt" | "referralCode" | "-referralCode";
                /** @description `pending` waits for approval; `suspended` earns, held; `terminated` is final */
                status?: "pending" | "active" | "suspended" | "rejected" | "terminated";
                tier?: "tier1" | "tier2" | "tier3" | "tier4";
                /** @description What the partner is; its tier is what it is paid by */
                type?: "affiliate" | "reseller" | "whitelabel" | "technology";
                /** @description Part of a company's name or code, or a whole external id or e-mail */
                q?: string;
                /**
                 * @description Of these partners alone, parted by commas
                 * @example 99e9ab67-6d87-7212-800c-ecfb003f5bbc
                 */
                ids?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "b87b0b1f-004f-7bf6-81d1-91ac87d41d64",
                     *           "email": "ada@example.com",
                     *           "name": "Ada Lovelace",
                     *           "isEmailVerified": true,
                     *           "partnerType": "affiliate",
                     *           "tier": "tier1",
                     *           "companyName": "Ada Writes Ltd",
                     *           "referralCode": "ada-writes",
                     *           "commissionRate": 25,
                     *           "status": "pending",
                     *           "country": "US",
                     *           "settings": {},
                     *           "joinedAt": "2026-03-01T12:00:00.000Z",
                     *           "approvedAt": "2026-03-01T12:00:00.000Z",
                     *           "suspendedAt": "2026-03-01T12:00:00.000Z",
                     *           "terminatedAt": "2026-03-01T12:00:00.000Z",
                     *           "createdAt": "2026-03-01T12:00:00.000Z",
                     *           "updatedAt": "2026-03-01T12:00:00.000Z",
                     *           "externalId": "customer-1042",
                     *           "userId": "0d25d6b7-1d7b-7c94-829d-d48bc4a51b25",
                     *           "statusReason": null
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Partner"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getPartner: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The partner */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "b87b0b1f-004f-7bf6-81d1-91ac87d41d64",
                     *       "email": "ada@example.com",
                     *       "name": "Ada Lovelace",
                     *       "isEmailVerified": true,
                     *       "partnerType": "affiliate",
                     *       "tier": "tier1",
                     *       "companyName": "Ada Writes Ltd",
                     *       "referralCode": "ada-writes",
                     *       "commissionRate": 25,
                     *       "status": "pending",
                     *       "country": "US",
                     *       "settings": {},
                     *       "joinedAt": "2026-03-01T12:00:00.000Z",
                     *       "approvedAt": "2026-03-01T12:00:00.000Z",
                     *       "suspendedAt": "2026-03-01T12:00:00.000Z",
                     *       "terminatedAt": "2026-03-01T12:00:00.000Z",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "updatedAt": "2026-03-01T12:00:00.000Z",
                     *       "externalId": "customer-1042",
                     *       "userId": "0d25d6b7-1d7b-7c94-829d-d48bc4a51b25",
                     *       "statusReason": null,
                     *       "terms": {
                     *         "id": "fed63522-d13d-73ad-8f03-68711abda5af",
                     *         "planId": "1df7e092-8b2f-78e1-8f3a-fc7d6f66c4cb",
                     *         "planVersion": 1,
                     *         "tier": "tier1",
                     *         "currency": "USD",
                     *         "timeZone": "UTC",
                     *         "signupBonus": 1250,
                     *         "recurringRate": 0.25,
                     *         "recurringDuration": 3,
                     *         "transactionRate": 0.25,
                     *         "volumeBonuses": [
                     *           {
                     *             "threshold": 3,
                     *             "bonus": 0.25
                     *           }
                     *         ],
                     *         "volumeBonusMode": "multiplicative",
                     *         "volumeTrueUp": {
                     *           "period": "month",
                     *           "windowDays": 31,
                     *           "mode": "graduated",
                     *           "steps": [
                     *             {
                     *               "from": 1250,
                     *               "rate": 0.25
                     *             }
                     *           ]
                     *         },
                     *         "revenueShare": 0.25,
                     *         "mode": "share",
                     *         "tierMultiplier": 0.25,
                     *         "qualifyingMinimum": 1250,
                     *         "holdDays": 30,
                     *         "attributionWindowDays": 30,
                     *         "minimumPayout": {},
                     *         "features": [
                     *           "links"
                     *         ]
                     *       },
                     *       "openUpgrade": {
                     *         "id": "9c6da702-b67e-715f-8e85-4b2308f4682b",
                     *         "partnerId": "81ac0e9a-6655-785a-8b88-37607547f35d",
                     *         "fromTier": "tier1",
                     *         "toTier": "tier1",
                     *         "status": "requested",
                     *         "eligibility": {
                     *           "isEligible": true,
                     *           "criteria": [
                     *             {
                     *               "name": "Ada Lovelace",
                     *               "minimum": 3,
                     *               "maximum": 3,
                     *               "actual": 3,
                     *               "isMet": true
                     *             }
                     *           ]
                     *         },
                     *         "reason": "As agreed by telephone",
                     *         "requestedAt": "2026-03-01T12:00:00.000Z",
                     *         "decidedAt": "2026-03-01T12:00:00.000Z"
                     *       },
                     *       "termsHistory": [
                     *         {
                     *           "id": "fed63522-d13d-73ad-8f03-68711abda5af",
                     *           "planId": "1df7e092-8b2f-78e1-8f3a-fc7d6f66c4cb",
                     *           "planVersion": 1,
                     *           "tier": "tier1",
                     *           "currency": "USD",
                     *           "timeZone": "UTC",
                     *           "signupBonus": 1250,
                     *           "recurringRate": 0.25,
                     *           "recurringDuration": 3,
                     *           "transactionRate": 0.25,
                     *           "volumeBonuses": [
                     *             {
                     *               "threshold": 3,
                     *               "bonus": 0.25
                     *             }
                     *           ],
                     *           "volumeBonusMode": "multiplicative",
                     *           "volumeTrueUp": {
                     *             "period": "month",
                     *             "windowDays": 31,
                     *             "mode": "graduated",
                     *             "steps": [
                     *               {
                     *                 "from": 1250,
                     *                 "rate": 0.25
                     *               }
                     *             ]
                     *           },
                     *           "revenueShare": 0.25,
                     *           "mode": "share",
                     *           "tierMultiplier": 0.25,
                     *           "qualifyingMinimum": 1250,
                     *           "holdDays": 30,
                     *           "attributionWindowDays": 30,
                     *           "minimumPayout": {},
                     *           "features": [
                     *             "links"
                     *           ],
                     *           "effectiveFrom": "2026-03-01T12:00:00.000Z",
                     *           "isOwn": true,
                     *           "reason": "As agreed by telephone"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PartnerDetail"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    approvePartner: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The partner */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "Answers no mail since January"
                 *     }
                 */
                "application/json": {
                    /** @description Kept with the act; partners do not see it */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "b87b0b1f-004f-7bf6-81d1-91ac87d41d64",
                     *       "email": "ada@example.com",
                     *       "name": "Ada Lovelace",
                     *       "isEmailVerified": true,
                     *       "partnerType": "affiliate",
                     *       "tier": "tier1",
                     *       "companyName": "Ada Writes Ltd",
                     *       "referralCode": "ada-writes",
                     *       "commissionRate": 25,
                     *       "status": "pending",
                     *       "country": "US",
                     *       "settings": {},
                     *       "joinedAt": "2026-03-01T12:00:00.000Z",
                     *       "approvedAt": "2026-03-01T12:00:00.000Z",
                     *       "suspendedAt": "2026-03-01T12:00:00.000Z",
                     *       "terminatedAt": "2026-03-01T12:00:00.000Z",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "updatedAt": "2026-03-01T12:00:00.000Z",
                     *       "externalId": "customer-1042",
                     *       "userId": "0d25d6b7-1d7b-7c94-829d-d48bc4a51b25",
                     *       "statusReason": null
                     *     }
                     */
                    "application/json": components["schemas"]["Partner"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    rejectPartner: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The partner */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "Answers no mail since January"
                 *     }
                 */
                "application/json": {
                    /** @description Kept with the act; partners do not see it */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "b87b0b1f-004f-7bf6-81d1-91ac87d41d64",
                     *       "email": "ada@example.com",
                     *       "name": "Ada Lovelace",
                     *       "isEmailVerified": true,
                     *       "partnerType": "affiliate",
                     *       "tier": "tier1",
                     *       "companyName": "Ada Writes Ltd",
                     *       "referralCode": "ada-writes",
                     *       "commissionRate": 25,
                     *       "status": "pending",
                     *       "country": "US",
                     *       "settings": {},
                     *       "joinedAt": "2026-03-01T12:00:00.000Z",
                     *       "approvedAt": "2026-03-01T12:00:00.000Z",
                     *       "suspendedAt": "2026-03-01T12:00:00.000Z",
                     *       "terminatedAt": "2026-03-01T12:00:00.000Z",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "updatedAt": "2026-03-01T12:00:00.000Z",
                     *       "externalId": "customer-1042",
                     *       "userId": "0d25d6b7-1d7b-7c94-829d-d48bc4a51b25",
                     *       "statusReason": null
                     *     }
                     */
                    "application/json": components["schemas"]["Partner"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    suspendPartner: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The partner */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "Answers no mail since January"
                 *     }
                 */
                "application/json": {
                    /** @description Kept with the act; partners do not see it */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "b87b0b1f-004f-7bf6-81d1-91ac87d41d64",
                     *       "email": "ada@example.com",
                     *       "name": "Ada Lovelace",
                     *       "isEmailVerified": true,
                     *       "partnerType": "affiliate",
                     *       "tier": "tier1",
                     *       "companyName": "Ada Writes Ltd",
                     *       "referralCode": "ada-writes",
                     *       "commissionRate": 25,
                     *       "status": "pending",
                     *       "country": "US",
                     *       "settings": {},
                     *       "joinedAt": "2026-03-01T12:00:00.000Z",
                     *       "approvedAt": "2026-03-01T12:00:00.000Z",
                     *       "suspendedAt": "2026-03-01T12:00:00.000Z",
                     *       "terminatedAt": "2026-03-01T12:00:00.000Z",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "updatedAt": "2026-03-01T12:00:00.000Z",
                     *       "externalId": "customer-1042",
                     *       "userId": "0d25d6b7-1d7b-7c94-829d-d48bc4a51b25",
                     *       "statusReason": null
                     *     }
                     */
                    "application/json": components["schemas"]["Partner"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    reactivatePartner: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The partner */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "Answers no mail since January"
                 *     }
                 */
                "application/json": {
                    /** @description Kept with the act; partners do not see it */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "b87b0b1f-004f-7bf6-81d1-91ac87d41d64",
                     *       "email": "ada@example.com",
                     *       "name": "Ada Lovelace",
                     *       "isEmailVerified": true,
                     *       "partnerType": "affiliate",
                     *       "tier": "tier1",
                     *       "companyName": "Ada Writes Ltd",
                     *       "referralCode": "ada-writes",
                     *       "commissionRate": 25,
                     *       "status": "pending",
                     *       "country": "US",
                     *       "settings": {},
                     *       "joinedAt": "2026-03-01T12:00:00.000Z",
                     *       "approvedAt": "2026-03-01T12:00:00.000Z",
                     *       "suspendedAt": "2026-03-01T12:00:00.000Z",
                     *       "terminatedAt": "2026-03-01T12:00:00.000Z",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "updatedAt": "2026-03-01T12:00:00.000Z",
                     *       "externalId": "customer-1042",
                     *       "userId": "0d25d6b7-1d7b-7c94-829d-d48bc4a51b25",
                     *       "statusReason": null
                     *     }
                     */
                    "application/json": components["schemas"]["Partner"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    terminatePartner: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The partner */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "Answers no mail since January"
                 *     }
                 */
                "application/json": {
                    /** @description Kept with the act; partners do not see it */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "b87b0b1f-004f-7bf6-81d1-91ac87d41d64",
                     *       "email": "ada@example.com",
                     *       "name": "Ada Lovelace",
                     *       "isEmailVerified": true,
                     *       "partnerType": "affiliate",
                     *       "tier": "tier1",
                     *       "companyName": "Ada Writes Ltd",
                     *       "referralCode": "ada-writes",
                     *       "commissionRate": 25,
                     *       "status": "pending",
                     *       "country": "US",
                     *       "settings": {},
                     *       "joinedAt": "2026-03-01T12:00:00.000Z",
                     *       "approvedAt": "2026-03-01T12:00:00.000Z",
                     *       "suspendedAt": "2026-03-01T12:00:00.000Z",
                     *       "terminatedAt": "2026-03-01T12:00:00.000Z",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "updatedAt": "2026-03-01T12:00:00.000Z",
                     *       "externalId": "customer-1042",
                     *       "userId": "0d25d6b7-1d7b-7c94-829d-d48bc4a51b25",
                     *       "statusReason": null
                     *     }
                     */
                    "application/json": components["schemas"]["Partner"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    changeTerms: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The partner */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "overrides": {
                 *         "recurringRate": 0.3
                 *       },
                 *       "reason": "Agreed in March"
                 *     }
                 */
                "application/json": {
                    overrides: {
                        /** @description Once for each qualified referral, in minor units of the plan's currency */
                        signupBonus?: number;
                        /** @description Of each payment, as a decimal fraction of at most six places (0.25 is 25 %) */
                        recurringRate?: number;
                        recurringDuration?: number | null;
                        /** @description Of card and crypto volume, as a decimal fraction of at most six places (0.25 is 25 %) */
                        transactionRate?: number;
                        /** @description Ascending by threshold */
                        volumeBonuses?: {
                            /** @description From so many clients on */
                            threshold: number;
                            /** @description What it adds, as a decimal fraction of at most six places (0.25 is 25 %) */
                            bonus: number;
                        }[];
                        /**
                         * @description `multiplicative`: rate × (1 + bonus); `points`: rate + bonus
                         * @enum {unknown}
                         */
                        volumeBonusMode?: "multiplicative" | "points";
                        volumeTrueUp?: {
                            /**
                             * @description `rolling` is settled each month, on the volume of the `windowDays` before the month's end
                             * @enum {unknown}
                             */
                            period: "month" | "quarter" | "year" | "rolling";
                            /** @description Of `rolling`, and of it alone */
                            windowDays?: number;
                            /**
                             * @description `graduated`: each slice of the volume at its own step; `prospective`: each payment at the step that the volume before it reached; `retroactive`: all of it at the step that the whole reached
                             * @enum {unknown}
                             */
                            mode: "graduated" | "prospective" | "retroactive";
                            /** @description Ascending by `from`, each rate higher than the one before */
                            steps: {
                                /** @description From so much volume on, in minor units of the plan's currency */
                                from: number;
                                /** @description Earned beside what the payments earned, as a decimal fraction of at most six places */
                                rate: number;
                            }[];
                        } | null;
                        /** @description Share of revenue in mode `share`, as a decimal fraction of at most six places (0.25 is 25 %) */
                        revenueShare?: number;
                        /**
                         * @description `licence` earns no share of revenue
                         * @enum {unknown}
                         */
                        mode?: "share" | "licence";
                        /** @description Owed once, in minor units of the plan's currency */
                        setupFee?: number;
                        /** @description Owed each month in mode `licence`, in minor units of the plan's currency */
                        monthlyLicense?: number;
                        /** @description Owed for each card product, in minor units of the plan's currency */
                        customCardFee?: number;
                        /** @description Owed each month where support is ordered, in minor units of the plan's currency */
                        supportFee?: number;
                        /** @description Owed once for an integration, in minor units of the plan's currency */
                        integrationFee?: number;
                        /** @description Granted each quarter, in minor units of the plan's currency */
                        coMarketingBudget?: number;
                        /** @description What the tier multiplies rates by; 1 when not given. No rate comes to more than 10 with its highest bonus and this */
                        tierMultiplier?: number;
                        /** @description Least first payment that qualifies a referral; any above zero when not given, in minor units of the plan's currency */
                        qualifyingMinimum?: number;
                        /** @description Least payout by currency, in minor units of each; a currency without one is paid on request of an operator */
                        minimumPayout?: {
                            [key: string]: number;
                        };
                        /** @description Days of 24 hours in which a commission is pending */
                        holdDays?: number;
                        /** @description A conversion follows its click by at most so many days of 24 hours */
                        attributionWindowDays?: number;
                    };
                    /** @description Existing customers earn by them too, from now on */
                    isRetroactive?: boolean;
                    /** @description Kept with the act; partners do not see it */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description A tier of a plan version, with what was agreed otherwise */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "fed63522-d13d-73ad-8f03-68711abda5af",
                     *       "planId": "1df7e092-8b2f-78e1-8f3a-fc7d6f66c4cb",
                     *       "planVersion": 1,
                     *       "tier": "tier1",
                     *       "currency": "USD",
                     *       "timeZone": "UTC",
                     *       "signupBonus": 1250,
                     *       "recurringRate": 0.25,
                     *       "recurringDuration": 3,
                     *       "transactionRate": 0.25,
                     *       "volumeBonuses": [
                     *         {
                     *           "threshold": 3,
                     *           "bonus": 0.25
                     *         }
                     *       ],
                     *       "volumeBonusMode": "multiplicative",
                     *       "volumeTrueUp": {
                     *         "period": "month",
                     *         "windowDays": 31,
                     *         "mode": "graduated",
                     *         "steps": [
                     *           {
                     *             "from": 1250,
                     *             "rate": 0.25
                     *           }
                     *         ]
                     *       },
                     *       "revenueShare": 0.25,
                     *       "mode": "share",
                     *       "tierMultiplier": 0.25,
                     *       "qualifyingMinimum": 1250,
                     *       "holdDays": 30,
                     *       "attributionWindowDays": 30,
                     *       "minimumPayout": {},
                     *       "features": [
                     *         "links"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Terms"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listUpgrades: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "requestedAt" | "-requestedAt";
                status?: "requested" | "approved" | "rejected";
                /** @description One partner's */
                partnerId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "9c6da702-b67e-715f-8e85-4b2308f4682b",
                     *           "partnerId": "81ac0e9a-6655-785a-8b88-37607547f35d",
                     *           "fromTier": "tier1",
                     *           "toTier": "tier1",
                     *           "status": "requested",
                     *           "eligibility": {
                     *             "isEligible": true,
                     *             "criteria": [
                     *               {
                     *                 "name": "Ada Lovelace",
                     *                 "minimum": 3,
                     *                 "maximum": 3,
                     *                 "actual": 3,
                     *                 "isMet": true
                     *               }
                     *             ]
                     *           },
                     *           "reason": "As agreed by telephone",
                     *           "requestedAt": "2026-03-01T12:00:00.000Z",
                     *           "decidedAt": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["TierChange"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    approveUpgrade: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The request */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "Answers no mail since January"
                 *     }
                 */
                "application/json": {
                    /** @description Kept with the act; partners do not see it */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description A request for another tier */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "9c6da702-b67e-715f-8e85-4b2308f4682b",
                     *       "partnerId": "81ac0e9a-6655-785a-8b88-37607547f35d",
                     *       "fromTier": "tier1",
                     *       "toTier": "tier1",
                     *       "status": "requested",
                     *       "eligibility": {
                     *         "isEligible": true,
                     *         "criteria": [
                     *           {
                     *             "name": "Ada Lovelace",
                     *             "minimum": 3,
                     *             "maximum": 3,
                     *             "actual": 3,
                     *             "isMet": true
                     *           }
                     *         ]
                     *       },
                     *       "reason": "As agreed by telephone",
                     *       "requestedAt": "2026-03-01T12:00:00.000Z",
                     *       "decidedAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["TierChange"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    rejectUpgrade: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The request */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "Answers no mail since January"
                 *     }
                 */
                "application/json": {
                    /** @description Kept with the act; partners do not see it */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description A request for another tier */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "9c6da702-b67e-715f-8e85-4b2308f4682b",
                     *       "partnerId": "81ac0e9a-6655-785a-8b88-37607547f35d",
                     *       "fromTier": "tier1",
                     *       "toTier": "tier1",
                     *       "status": "requested",
                     *       "eligibility": {
                     *         "isEligible": true,
                     *         "criteria": [
                     *           {
                     *             "name": "Ada Lovelace",
                     *             "minimum": 3,
                     *             "maximum": 3,
                     *             "actual": 3,
                     *             "isMet": true
                     *           }
                     *         ]
                     *       },
                     *       "reason": "As agreed by telephone",
                     *       "requestedAt": "2026-03-01T12:00:00.000Z",
                     *       "decidedAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["TierChange"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listInvitations: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "createdAt" | "-createdAt" | "email" | "-email";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "01f9dea6-ae43-738a-8093-82b3a27645ea",
                     *           "email": "ada@example.com",
                     *           "createdAt": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["PartnerInvitation"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    invitePartners: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "emails": [
                 *         "ada@example.com"
                 *       ]
                 *     }
                 */
                "application/json": {
                    emails: string[];
                };
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "invited": [
                     *         {
                     *           "id": "01f9dea6-ae43-738a-8093-82b3a27645ea",
                     *           "email": "ada@example.com",
                     *           "createdAt": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["InvitedPartners"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    withdrawInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The invitation */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listTierReviews: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "openedAt" | "-openedAt";
                status?: "open" | "met" | "moot";
                /** @description One partner's */
                partnerId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "d5230da9-f614-78bd-8719-64f031b7398c",
                     *           "partnerId": "cb1d35f1-bd99-7d73-8358-7f9990260ebc",
                     *           "tier": "tier1",
                     *           "minimum": 3,
                     *           "days": 3,
                     *           "counted": 3,
                     *           "status": "open",
                     *           "openedAt": "2026-03-01T12:00:00.000Z",
                     *           "reviewedAt": "2026-03-01T12:00:00.000Z",
                     *           "closedAt": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["TierReview"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    followReferralLink: {
        parameters: {
            query?: {
                /** @description Lead there instead, where it is an address on one of the programme's hosts */
                to?: unknown;
                /** @description Kept with the click; outranks the link's own */
                utm_campaign?: unknown;
                /** @description Kept with the click, as are sub2 to sub5 */
                sub1?: unknown;
                sub2?: unknown;
                sub3?: unknown;
                sub4?: unknown;
                sub5?: unknown;
            };
            header?: never;
            path: {
                /** @description Of the link */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Invalid"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    trackReferralClick: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "ada-writes",
                 *       "deviceId": "d-5f1d9c0e7a42b8",
                 *       "campaign": "spring",
                 *       "subIds": {
                 *         "sub1": "newsletter"
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description The referral code that the visitor came with */
                    code: string;
                    /**
                     * @description Your own name for the visitor's device: random, and the same in every call. Who can guess it can claim the visit
                     * @example d-5f1d9c0e7a42b8
                     */
                    deviceId?: string;
                    /** @description `document.referrer` */
                    referrer?: string;
                    /** @description `utm_campaign` */
                    campaign?: string;
                    subIds?: {
                        sub1?: string;
                        sub2?: string;
                        sub3?: string;
                        sub4?: string;
                        sub5?: string;
                    };
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "clickId": "5ded355c-916a-7897-87a3-1b6b7af5c301"
                     *     }
                     */
                    "application/json": {
                        clickId: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    generateReferralLink: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "campaign": "spring",
                 *       "destination": "https://shop.example.com/pricing",
                 *       "subIds": {
                 *         "sub1": "newsletter"
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description What the link is for; kept with every click */
                    campaign?: string;
                    /**
                     * @description Where it leads: an address on one of the programme's hosts. By default where the programme leads
                     * @example https://shop.example.com/pricing
                     */
                    destination?: string;
                    /** @description Kept with every click; the same names in a link's query outrank them */
                    subIds?: {
                        /** @description Yours to use */
                        sub1?: string;
                        /** @description Yours to use */
                        sub2?: string;
                        /** @description Yours to use */
                        sub3?: string;
                        /** @description Yours to use */
                        sub4?: string;
                        /** @description Yours to use */
                        sub5?: string;
                    };
                };
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "9dfe9fc2-a22a-713f-8f92-a9df3c84d9c8",
                     *       "code": "ada-writes",
                     *       "url": "https://shop.example.com/pricing",
                     *       "campaign": "spring",
                     *       "destination": "https://shop.example.com/pricing",
                     *       "subIds": {},
                     *       "isDefault": true,
                     *       "status": "active",
                     *       "createdAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description Of the link
                         */
                        id: string;
                        /** @description The last part of the address */
                        code: string;
                        /** @description What to share */
                        url: string;
                        campaign: string | null;
                        destination: string | null;
                        /** @description `sub1` to `sub5` */
                        subIds: {
                            [key: string]: string;
                        };
                        /** @description The partner's own referral code */
                        isDefault: boolean;
                        /**
                         * @description An archived link goes on leading where it did; its clicks are not recorded
                         * @enum {unknown}
                         */
                        status: "active" | "archived";
                        /**
                         * Format: date-time
                         * @description When it was made
                         * @example 2026-03-01T12:00:00.000Z
                         */
                        createdAt: string;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listReferralLinks: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "createdAt" | "-createdAt";
                status?: "active" | "archived";
                campaign?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "9dfe9fc2-a22a-713f-8f92-a9df3c84d9c8",
                     *           "code": "ada-writes",
                     *           "url": "https://shop.example.com/pricing",
                     *           "campaign": "spring",
                     *           "destination": "https://shop.example.com/pricing",
                     *           "subIds": {},
                     *           "isDefault": true,
                     *           "status": "active",
                     *           "createdAt": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: {
                            /**
                             * Format: uuid
                             * @description Of the link
                             */
                            id: string;
                            /** @description The last part of the address */
                            code: string;
                            /** @description What to share */
                            url: string;
                            campaign: string | null;
                            destination: string | null;
                            /** @description `sub1` to `sub5` */
                            subIds: {
                                [key: string]: string;
                            };
                            /** @description The partner's own referral code */
                            isDefault: boolean;
                            /**
                             * @description An archived link goes on leading where it did; its clicks are not recorded
                             * @enum {unknown}
                             */
                            status: "active" | "archived";
                            /**
                             * Format: date-time
                             * @description When it was made
                             * @example 2026-03-01T12:00:00.000Z
                             */
                            createdAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    archiveReferralLink: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Of the link */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "9dfe9fc2-a22a-713f-8f92-a9df3c84d9c8",
                     *       "code": "ada-writes",
                     *       "url": "https://shop.example.com/pricing",
                     *       "campaign": "spring",
                     *       "destination": "https://shop.example.com/pricing",
                     *       "subIds": {},
                     *       "isDefault": true,
                     *       "status": "active",
                     *       "createdAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description Of the link
                         */
                        id: string;
                        /** @description The last part of the address */
                        code: string;
                        /** @description What to share */
                        url: string;
                        campaign: string | null;
                        destination: string | null;
                        /** @description `sub1` to `sub5` */
                        subIds: {
                            [key: string]: string;
                        };
                        /** @description The partner's own referral code */
                        isDefault: boolean;
                        /**
                         * @description An archived link goes on leading where it did; its clicks are not recorded
                         * @enum {unknown}
                         */
                        status: "active" | "archived";
                        /**
                         * Format: date-time
                         * @description When it was made
                         * @example 2026-03-01T12:00:00.000Z
                         */
                        createdAt: string;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listReferrals: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "createdAt" | "-createdAt";
                /** @description `pending`: signed up. `converted`: tied to the partner for good. `qualified`: has paid. `rejected`: earns nothing more. */
                status?: "pending" | "converted" | "qualified" | "rejected";
                /** @description What tied the customer to the partner */
                source?: "click" | "coupon" | "partner_api" | "manual" | "import";
                /**
                 * @description At or after
                 * @example 2026-03-01T12:00:00Z
                 */
                createdFrom?: string;
                /**
                 * @description Before
                 * @example 2026-03-01T12:00:00Z
                 */
                createdBefore?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "dd547147-27c4-7701-8255-d9bdf5f7bfa0",
                     *           "status": "pending",
                     *           "source": "click",
                     *           "referralCode": "ada-writes",
                     *           "createdAt": "2026-03-01T12:00:00.000Z",
                     *           "convertedAt": "2026-03-01T12:00:00.000Z",
                     *           "qualifiedAt": "2026-03-01T12:00:00.000Z",
                     *           "rejectedAt": "2026-03-01T12:00:00.000Z",
                     *           "rejectionReason": null,
                     *           "verificationRequired": true,
                     *           "verifiedAt": "2026-03-01T12:00:00.000Z",
                     *           "reattributedAt": "2026-03-01T12:00:00.000Z",
                     *           "customer": "a…@e….com"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["PartnerReferral"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getReferralStats: {
        parameters: {
            query: {
                /**
                 * @description At or after
                 * @example 2026-03-01T12:00:00Z
                 */
                from: string;
                /**
                 * @description Before; a year later at most
                 * @example 2026-03-01T12:00:00Z
                 */
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": "2026-03-01T12:00:00.000Z",
                     *       "to": "2026-03-01T12:00:00.000Z",
                     *       "clicks": 3,
                     *       "uniqueClicks": 3,
                     *       "signups": 3,
                     *       "conversions": 3,
                     *       "qualified": 3,
                     *       "rejected": 3
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description At or after
                         * @example 2026-03-01T12:00:00.000Z
                         */
                        from: string;
                        /**
                         * Format: date-time
                         * @description Before
                         * @example 2026-03-01T12:00:00.000Z
                         */
                        to: string;
                        /** @description Clicks */
                        clicks: number;
                        /** @description Clicks that were not repeated within an hour */
                        uniqueClicks: number;
                        /** @description Customers who signed up, or were converted without a sign-up */
                        signups: number;
                        /** @description Customers tied to the partner */
                        conversions: number;
                        /** @description Customers whose qualifying payment was in the period */
                        qualified: number;
                        /** @description Referrals rejected */
                        rejected: number;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getReferral: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the referral */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "dd547147-27c4-7701-8255-d9bdf5f7bfa0",
                     *       "status": "pending",
                     *       "source": "click",
                     *       "referralCode": "ada-writes",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "convertedAt": "2026-03-01T12:00:00.000Z",
                     *       "qualifiedAt": "2026-03-01T12:00:00.000Z",
                     *       "rejectedAt": "2026-03-01T12:00:00.000Z",
                     *       "rejectionReason": null,
                     *       "verificationRequired": true,
                     *       "verifiedAt": "2026-03-01T12:00:00.000Z",
                     *       "reattributedAt": "2026-03-01T12:00:00.000Z",
                     *       "customer": "a…@e….com",
                     *       "click": {
                     *         "id": "6e31b03a-466d-7e87-821d-3e604f92a1a5",
                     *         "clickedAt": "2026-03-01T12:00:00.000Z",
                     *         "campaign": "spring",
                     *         "subIds": {}
                     *       }
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description Of the referral
                         */
                        id: string;
                        /**
                         * @description `pending`: signed up. `converted`: tied to the partner for good. `qualified`: has paid. `rejected`: earns nothing more.
                         * @enum {unknown}
                         */
                        status: "pending" | "converted" | "qualified" | "rejected";
                        /**
                         * @description What tied the customer to the partner
                         * @enum {unknown}
                         */
                        source: "click" | "coupon" | "partner_api" | "manual" | "import";
                        /** @description The code of the link or coupon that it came through */
                        referralCode: string;
                        /**
                         * Format: date-time
                         * @description When the customer signed up, or was converted without a sign-up
                         * @example 2026-03-01T12:00:00.000Z
                         */
                        createdAt: string;
                        convertedAt: string | null;
                        qualifiedAt: string | null;
                        rejectedAt: string | null;
                        rejectionReason: string | null;
                        /** @description Its bonus waits for the customer's verified e-mail */
                        verificationRequired: boolean;
                        verifiedAt: string | null;
                        reattributedAt: string | null;
                        customer: string | null;
                        click: {
                            /**
                             * Format: uuid
                             * @description Of the click
                             */
                            id: string;
                            /**
                             * Format: date-time
                             * @description When it was
                             * @example 2026-03-01T12:00:00.000Z
                             */
                            clickedAt: string;
                            campaign: string | null;
                            /** @description `sub1` to `sub5` */
                            subIds: {
                                [key: string]: string;
                            };
                        } | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    signUpReferral: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Your name for the customer
                     * @example user_77
                     */
                    externalId: string;
                    /**
                     * Format: email
                     * @description The customer's address
                     */
                    email?: string;
                    /** @description You have seen the customer read mail at this address */
                    emailVerified?: boolean;
                    /**
                     * Format: uuid
                     * @description `tid` of the visit
                     */
                    clickId?: string;
                    /** @description The coupon that was used */
                    couponCode?: string;
                    /** @description Stands for the latest click on that link by the same `deviceId` */
                    referralCode?: string;
                    /**
                     * @description Your own name for the visitor's device: random, and the same in every call. Who can guess it can claim the visit
                     * @example d-5f1d9c0e7a42b8
                     */
                    deviceId?: string;
                    /** @description The visitor's address; only its network is kept */
                    ip?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "dd547147-27c4-7701-8255-d9bdf5f7bfa0",
                     *       "status": "pending",
                     *       "source": "click",
                     *       "referralCode": "ada-writes",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "convertedAt": "2026-03-01T12:00:00.000Z",
                     *       "qualifiedAt": "2026-03-01T12:00:00.000Z",
                     *       "rejectedAt": "2026-03-01T12:00:00.000Z",
                     *       "rejectionReason": null,
                     *       "verificationRequired": true,
                     *       "verifiedAt": "2026-03-01T12:00:00.000Z",
                     *       "reattributedAt": "2026-03-01T12:00:00.000Z",
                     *       "externalId": "customer-1042",
                     *       "customerId": "463e056c-d837-7199-8372-7fbd8b9e3da0",
                     *       "partnerId": "c0a18166-26df-7e8f-8c72-9594a080a2d3",
                     *       "clickId": "787db46c-a128-77cb-8d68-0385bcecb2d0",
                     *       "couponId": "992b6485-f4d0-7b77-8f0a-351802abdd65",
                     *       "linkId": "e571e161-0492-7438-8949-51012f70f2a6",
                     *       "termsId": "5bbd276f-30ec-751a-87ad-8c60c849c258",
                     *       "reattributedFrom": "c25bb319-6a17-7813-855b-6adb39b1f65b"
                     *     }
                     */
                    "application/json": components["schemas"]["OperatorReferral"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    convertReferral: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Your name for the customer
                     * @example user_77
                     */
                    externalId: string;
                    /**
                     * Format: email
                     * @description The customer's address
                     */
                    email?: string;
                    /** @description You have seen the customer read mail at this address */
                    emailVerified?: boolean;
                    /**
                     * Format: uuid
                     * @description `tid` of the visit
                     */
                    clickId?: string;
                    /** @description The coupon that was used */
                    couponCode?: string;
                    /** @description Stands for the latest click on that link by the same `deviceId` */
                    referralCode?: string;
                    /**
                     * @description Your own name for the visitor's device: random, and the same in every call. Who can guess it can claim the visit
                     * @example d-5f1d9c0e7a42b8
                     */
                    deviceId?: string;
                    /** @description The visitor's address; only its network is kept */
                    ip?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "dd547147-27c4-7701-8255-d9bdf5f7bfa0",
                     *       "status": "pending",
                     *       "source": "click",
                     *       "referralCode": "ada-writes",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "convertedAt": "2026-03-01T12:00:00.000Z",
                     *       "qualifiedAt": "2026-03-01T12:00:00.000Z",
                     *       "rejectedAt": "2026-03-01T12:00:00.000Z",
                     *       "rejectionReason": null,
                     *       "verificationRequired": true,
                     *       "verifiedAt": "2026-03-01T12:00:00.000Z",
                     *       "reattributedAt": "2026-03-01T12:00:00.000Z",
                     *       "externalId": "customer-1042",
                     *       "customerId": "463e056c-d837-7199-8372-7fbd8b9e3da0",
                     *       "partnerId": "c0a18166-26df-7e8f-8c72-9594a080a2d3",
                     *       "clickId": "787db46c-a128-77cb-8d68-0385bcecb2d0",
                     *       "couponId": "992b6485-f4d0-7b77-8f0a-351802abdd65",
                     *       "linkId": "e571e161-0492-7438-8949-51012f70f2a6",
                     *       "termsId": "5bbd276f-30ec-751a-87ad-8c60c849c258",
                     *       "reattributedFrom": "c25bb319-6a17-7813-855b-6adb39b1f65b"
                     *     }
                     */
                    "application/json": components["schemas"]["OperatorReferral"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    verifyReferral: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "externalId": "user_77",
                 *       "email": "grace@example.com"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Your name for the customer
                     * @example user_77
                     */
                    externalId: string;
                    /**
                     * Format: email
                     * @description The customer's address
                     */
                    email?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "dd547147-27c4-7701-8255-d9bdf5f7bfa0",
                     *       "status": "pending",
                     *       "source": "click",
                     *       "referralCode": "ada-writes",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "convertedAt": "2026-03-01T12:00:00.000Z",
                     *       "qualifiedAt": "2026-03-01T12:00:00.000Z",
                     *       "rejectedAt": "2026-03-01T12:00:00.000Z",
                     *       "rejectionReason": null,
                     *       "verificationRequired": true,
                     *       "verifiedAt": "2026-03-01T12:00:00.000Z",
                     *       "reattributedAt": "2026-03-01T12:00:00.000Z",
                     *       "externalId": "customer-1042",
                     *       "customerId": "463e056c-d837-7199-8372-7fbd8b9e3da0",
                     *       "partnerId": "c0a18166-26df-7e8f-8c72-9594a080a2d3",
                     *       "clickId": "787db46c-a128-77cb-8d68-0385bcecb2d0",
                     *       "couponId": "992b6485-f4d0-7b77-8f0a-351802abdd65",
                     *       "linkId": "e571e161-0492-7438-8949-51012f70f2a6",
                     *       "termsId": "5bbd276f-30ec-751a-87ad-8c60c849c258",
                     *       "reattributedFrom": "c25bb319-6a17-7813-855b-6adb39b1f65b"
                     *     }
                     */
                    "application/json": components["schemas"]["OperatorReferral"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    validateReferral: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "ada-writes"
                 *     }
                 */
                "application/json": {
                    /** @description A referral code or a coupon code */
                    code: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "isValid": true,
                     *       "kind": "link",
                     *       "reason": "As agreed by telephone"
                     *     }
                     */
                    "application/json": {
                        /** @description Whether a customer who comes with it now is tied to a partner */
                        isValid: boolean;
                        kind: ("link" | "coupon") | null;
                        reason: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listAllReferrals: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "createdAt" | "-createdAt";
                /** @description `pending`: signed up. `converted`: tied to the partner for good. `qualified`: has paid. `rejected`: earns nothing more. */
                status?: "pending" | "converted" | "qualified" | "rejected";
                /** @description What tied the customer to the partner */
                source?: "click" | "coupon" | "partner_api" | "manual" | "import";
                /**
                 * @description At or after
                 * @example 2026-03-01T12:00:00Z
                 */
                createdFrom?: string;
                /**
                 * @description Before
                 * @example 2026-03-01T12:00:00Z
                 */
                createdBefore?: string;
                /** @description Of a partner */
                partnerId?: string;
                /** @description Of a customer */
                externalId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "dd547147-27c4-7701-8255-d9bdf5f7bfa0",
                     *           "status": "pending",
                     *           "source": "click",
                     *           "referralCode": "ada-writes",
                     *           "createdAt": "2026-03-01T12:00:00.000Z",
                     *           "convertedAt": "2026-03-01T12:00:00.000Z",
                     *           "qualifiedAt": "2026-03-01T12:00:00.000Z",
                     *           "rejectedAt": "2026-03-01T12:00:00.000Z",
                     *           "rejectionReason": null,
                     *           "verificationRequired": true,
                     *           "verifiedAt": "2026-03-01T12:00:00.000Z",
                     *           "reattributedAt": "2026-03-01T12:00:00.000Z",
                     *           "externalId": "customer-1042",
                     *           "customerId": "463e056c-d837-7199-8372-7fbd8b9e3da0",
                     *           "partnerId": "c0a18166-26df-7e8f-8c72-9594a080a2d3",
                     *           "clickId": "787db46c-a128-77cb-8d68-0385bcecb2d0",
                     *           "couponId": "992b6485-f4d0-7b77-8f0a-351802abdd65",
                     *           "linkId": "e571e161-0492-7438-8949-51012f70f2a6",
                     *           "termsId": "5bbd276f-30ec-751a-87ad-8c60c849c258",
                     *           "reattributedFrom": "c25bb319-6a17-7813-855b-6adb39b1f65b"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["OperatorReferral"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getReferralFor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the referral */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "dd547147-27c4-7701-8255-d9bdf5f7bfa0",
                     *       "status": "pending",
                     *       "source": "click",
                     *       "referralCode": "ada-writes",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "convertedAt": "2026-03-01T12:00:00.000Z",
                     *       "qualifiedAt": "2026-03-01T12:00:00.000Z",
                     *       "rejectedAt": "2026-03-01T12:00:00.000Z",
                     *       "rejectionReason": null,
                     *       "verificationRequired": true,
                     *       "verifiedAt": "2026-03-01T12:00:00.000Z",
                     *       "reattributedAt": "2026-03-01T12:00:00.000Z",
                     *       "externalId": "customer-1042",
                     *       "customerId": "463e056c-d837-7199-8372-7fbd8b9e3da0",
                     *       "partnerId": "c0a18166-26df-7e8f-8c72-9594a080a2d3",
                     *       "clickId": "787db46c-a128-77cb-8d68-0385bcecb2d0",
                     *       "couponId": "992b6485-f4d0-7b77-8f0a-351802abdd65",
                     *       "linkId": "e571e161-0492-7438-8949-51012f70f2a6",
                     *       "termsId": "5bbd276f-30ec-751a-87ad-8c60c849c258",
                     *       "reattributedFrom": "c25bb319-6a17-7813-855b-6adb39b1f65b"
                     *     }
                     */
                    "application/json": components["schemas"]["OperatorReferral"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    assignReferral: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "externalId": "user_77",
                 *       "partnerId": "0190f1a2-7c3d-7b1e-8a55-3f1f0b6f2c11",
                 *       "reason": "The partner introduced them by telephone"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Your name for the customer
                     * @example user_77
                     */
                    externalId: string;
                    /**
                     * Format: email
                     * @description The customer's address
                     */
                    email?: string;
                    /** @description You have seen the customer read mail at this address */
                    emailVerified?: boolean;
                    /**
                     * Format: uuid
                     * @description Whose the customer is to be
                     */
                    partnerId: string;
                    /** @description Why. Kept in the audit trail */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "dd547147-27c4-7701-8255-d9bdf5f7bfa0",
                     *       "status": "pending",
                     *       "source": "click",
                     *       "referralCode": "ada-writes",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "convertedAt": "2026-03-01T12:00:00.000Z",
                     *       "qualifiedAt": "2026-03-01T12:00:00.000Z",
                     *       "rejectedAt": "2026-03-01T12:00:00.000Z",
                     *       "rejectionReason": null,
                     *       "verificationRequired": true,
                     *       "verifiedAt": "2026-03-01T12:00:00.000Z",
                     *       "reattributedAt": "2026-03-01T12:00:00.000Z",
                     *       "externalId": "customer-1042",
                     *       "customerId": "463e056c-d837-7199-8372-7fbd8b9e3da0",
                     *       "partnerId": "c0a18166-26df-7e8f-8c72-9594a080a2d3",
                     *       "clickId": "787db46c-a128-77cb-8d68-0385bcecb2d0",
                     *       "couponId": "992b6485-f4d0-7b77-8f0a-351802abdd65",
                     *       "linkId": "e571e161-0492-7438-8949-51012f70f2a6",
                     *       "termsId": "5bbd276f-30ec-751a-87ad-8c60c849c258",
                     *       "reattributedFrom": "c25bb319-6a17-7813-855b-6adb39b1f65b"
                     *     }
                     */
                    "application/json": components["schemas"]["OperatorReferral"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    rejectReferral: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Of the referral */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "The same person under another name"
                 *     }
                 */
                "application/json": {
                    /** @description Why. The partner reads it */
                    reason: string;
                    /**
                     * @description Also take back what is approved or paid
                     * @default false
                     */
                    takesBackApproved?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "dd547147-27c4-7701-8255-d9bdf5f7bfa0",
                     *       "status": "pending",
                     *       "source": "click",
                     *       "referralCode": "ada-writes",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "convertedAt": "2026-03-01T12:00:00.000Z",
                     *       "qualifiedAt": "2026-03-01T12:00:00.000Z",
                     *       "rejectedAt": "2026-03-01T12:00:00.000Z",
                     *       "rejectionReason": null,
                     *       "verificationRequired": true,
                     *       "verifiedAt": "2026-03-01T12:00:00.000Z",
                     *       "reattributedAt": "2026-03-01T12:00:00.000Z",
                     *       "externalId": "customer-1042",
                     *       "customerId": "463e056c-d837-7199-8372-7fbd8b9e3da0",
                     *       "partnerId": "c0a18166-26df-7e8f-8c72-9594a080a2d3",
                     *       "clickId": "787db46c-a128-77cb-8d68-0385bcecb2d0",
                     *       "couponId": "992b6485-f4d0-7b77-8f0a-351802abdd65",
                     *       "linkId": "e571e161-0492-7438-8949-51012f70f2a6",
                     *       "termsId": "5bbd276f-30ec-751a-87ad-8c60c849c258",
                     *       "reattributedFrom": "c25bb319-6a17-7813-855b-6adb39b1f65b"
                     *     }
                     */
                    "application/json": components["schemas"]["OperatorReferral"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    reattributeReferral: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Required, since money moves. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key": components["parameters"]["RequiredIdempotencyKey"];
            };
            path: {
                /** @description Of the referral */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "partner": "ada",
                 *       "reason": "The click came from a forged link; Ada's newsletter brought the customer"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Whose the customer is to be: the id or a referral code of a partner
                     * @example ada
                     */
                    partner: string;
                    /** @description Why. Kept in the audit trail; the partner who had the customer reads it */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "dd547147-27c4-7701-8255-d9bdf5f7bfa0",
                     *       "status": "pending",
                     *       "source": "click",
                     *       "referralCode": "ada-writes",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "convertedAt": "2026-03-01T12:00:00.000Z",
                     *       "qualifiedAt": "2026-03-01T12:00:00.000Z",
                     *       "rejectedAt": "2026-03-01T12:00:00.000Z",
                     *       "rejectionReason": null,
                     *       "verificationRequired": true,
                     *       "verifiedAt": "2026-03-01T12:00:00.000Z",
                     *       "reattributedAt": "2026-03-01T12:00:00.000Z",
                     *       "externalId": "customer-1042",
                     *       "customerId": "463e056c-d837-7199-8372-7fbd8b9e3da0",
                     *       "partnerId": "c0a18166-26df-7e8f-8c72-9594a080a2d3",
                     *       "clickId": "787db46c-a128-77cb-8d68-0385bcecb2d0",
                     *       "couponId": "992b6485-f4d0-7b77-8f0a-351802abdd65",
                     *       "linkId": "e571e161-0492-7438-8949-51012f70f2a6",
                     *       "termsId": "5bbd276f-30ec-751a-87ad-8c60c849c258",
                     *       "reattributedFrom": "c25bb319-6a17-7813-855b-6adb39b1f65b"
                     *     }
                     */
                    "application/json": components["schemas"]["OperatorReferral"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listCoupons: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "createdAt" | "-createdAt";
                /** @description Of a partner */
                partnerId?: string;
                status?: "active" | "archived";
                code?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "bc5c847a-0717-7d94-8824-489de92eb469",
                     *           "partnerId": "f95e8126-ff28-71ed-82f2-b499165227d7",
                     *           "code": "ada-writes",
                     *           "isExclusive": true,
                     *           "startsAt": "2026-03-01T12:00:00.000Z",
                     *           "endsAt": "2026-03-01T12:00:00.000Z",
                     *           "status": "active",
                     *           "createdAt": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: {
                            /**
                             * Format: uuid
                             * @description Of the coupon
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @description Whose it is
                             */
                            partnerId: string;
                            code: string;
                            isExclusive: boolean;
                            startsAt: string | null;
                            endsAt: string | null;
                            /** @enum {unknown} */
                            status: "active" | "archived";
                            /**
                             * Format: date-time
                             * @description When it was made
                             * @example 2026-03-01T12:00:00.000Z
                             */
                            createdAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    createCoupon: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "partnerId": "0190f1a2-7c3d-7b1e-8a55-3f1f0b6f2c11",
                 *       "code": "ADA20"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description Whose it is
                     */
                    partnerId: string;
                    /**
                     * @description What customers type; capitals and small letters are the same
                     * @example ADA20
                     */
                    code: string;
                    /**
                     * @description It outranks any click. A shared coupon counts only for a customer who clicked on nothing
                     * @default true
                     */
                    isExclusive?: boolean;
                    /**
                     * Format: date-time
                     * @description Valid from then on; at once if not given
                     * @example 2026-03-01T12:00:00Z
                     */
                    startsAt?: string;
                    /**
                     * Format: date-time
                     * @description No longer valid from then on; without end if not given
                     * @example 2026-03-01T12:00:00Z
                     */
                    endsAt?: string;
                };
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "bc5c847a-0717-7d94-8824-489de92eb469",
                     *       "partnerId": "f95e8126-ff28-71ed-82f2-b499165227d7",
                     *       "code": "ada-writes",
                     *       "isExclusive": true,
                     *       "startsAt": "2026-03-01T12:00:00.000Z",
                     *       "endsAt": "2026-03-01T12:00:00.000Z",
                     *       "status": "active",
                     *       "createdAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description Of the coupon
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @description Whose it is
                         */
                        partnerId: string;
                        code: string;
                        isExclusive: boolean;
                        startsAt: string | null;
                        endsAt: string | null;
                        /** @enum {unknown} */
                        status: "active" | "archived";
                        /**
                         * Format: date-time
                         * @description When it was made
                         * @example 2026-03-01T12:00:00.000Z
                         */
                        createdAt: string;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    archiveCoupon: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Of the coupon */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "bc5c847a-0717-7d94-8824-489de92eb469",
                     *       "partnerId": "f95e8126-ff28-71ed-82f2-b499165227d7",
                     *       "code": "ada-writes",
                     *       "isExclusive": true,
                     *       "startsAt": "2026-03-01T12:00:00.000Z",
                     *       "endsAt": "2026-03-01T12:00:00.000Z",
                     *       "status": "active",
                     *       "createdAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description Of the coupon
                         */
                        id: string;
                        /**
                         * Format: uuid
                         * @description Whose it is
                         */
                        partnerId: string;
                        code: string;
                        isExclusive: boolean;
                        startsAt: string | null;
                        endsAt: string | null;
                        /** @enum {unknown} */
                        status: "active" | "archived";
                        /**
                         * Format: date-time
                         * @description When it was made
                         * @example 2026-03-01T12:00:00.000Z
                         */
                        createdAt: string;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    explain: {
        parameters: {
            query?: {
                /** @description Of a click */
                clickId?: string;
                /** @description External id of a customer */
                customer?: string;
                /** @description External id of a transaction */
                transaction?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "subject": {
                     *         "kind": "click",
                     *         "id": "0190f1a2-8d40-7e33-9c1b-52c7be7d1a90"
                     *       },
                     *       "customer": {
                     *         "id": "463e056c-d837-7199-8372-7fbd8b9e3da0",
                     *         "externalId": "customer-1042"
                     *       },
                     *       "referral": {
                     *         "id": "dd547147-27c4-7701-8255-d9bdf5f7bfa0",
                     *         "status": "pending",
                     *         "source": "click",
                     *         "referralCode": "ada-writes",
                     *         "createdAt": "2026-03-01T12:00:00.000Z",
                     *         "convertedAt": "2026-03-01T12:00:00.000Z",
                     *         "qualifiedAt": "2026-03-01T12:00:00.000Z",
                     *         "rejectedAt": "2026-03-01T12:00:00.000Z",
                     *         "rejectionReason": null,
                     *         "verificationRequired": true,
                     *         "verifiedAt": "2026-03-01T12:00:00.000Z",
                     *         "reattributedAt": "2026-03-01T12:00:00.000Z",
                     *         "externalId": "customer-1042",
                     *         "customerId": "463e056c-d837-7199-8372-7fbd8b9e3da0",
                     *         "partnerId": "c0a18166-26df-7e8f-8c72-9594a080a2d3",
                     *         "clickId": "787db46c-a128-77cb-8d68-0385bcecb2d0",
                     *         "couponId": "992b6485-f4d0-7b77-8f0a-351802abdd65",
                     *         "linkId": "e571e161-0492-7438-8949-51012f70f2a6",
                     *         "termsId": "5bbd276f-30ec-751a-87ad-8c60c849c258",
                     *         "reattributedFrom": "c25bb319-6a17-7813-855b-6adb39b1f65b"
                     *       },
                     *       "model": "last",
                     *       "rule": null,
                     *       "touches": [
                     *         {
                     *           "kind": "click",
                     *           "id": "0190f1a2-8d40-7e33-9c1b-52c7be7d1a90",
                     *           "at": "2026-03-01T12:00:00.000Z",
                     *           "partnerId": "a40afb7e-b315-7f0a-88de-9919be092e82",
                     *           "outcome": "chosen"
                     *         }
                     *       ],
                     *       "former": [],
                     *       "missing": [],
                     *       "transaction": {}
                     *     }
                     */
                    "application/json": {
                        subject: {
                            /** @enum {unknown} */
                            kind: "click" | "customer" | "transaction";
                            /** @example 0190f1a2-8d40-7e33-9c1b-52c7be7d1a90 */
                            id: string;
                        };
                        customer: {
                            /**
                             * Format: uuid
                             * @description Of the customer
                             */
                            id: string;
                            externalId: string | null;
                        } | null;
                        referral: components["schemas"]["OperatorReferral"] | null;
                        model: ("last" | "first") | null;
                        rule: string | null;
                        /** @description Every touch that the server saw */
                        touches: {
                            /** @example click */
                            kind: string;
                            /**
                             * @description Of the click, coupon or referral
                             * @example 0190f1a2-8d40-7e33-9c1b-52c7be7d1a90
                             */
                            id: string;
                            /**
                             * Format: date-time
                             * @description When it was
                             * @example 2026-03-01T12:00:00.000Z
                             */
                            at: string;
                            /**
                             * Format: uuid
                             * @description Whose it was
                             */
                            partnerId: string;
                            outcome: ("chosen" | "outranked" | "out_of_window" | "after_conversion" | "partner_inactive" | "self") | null;
                        }[];
                        /**
                         * @description What the customer was before it was re-attributed, the first referral first
                         * @example []
                         */
                        former: components["schemas"]["OperatorReferral"][];
                        /**
                         * @description What would have to happen for more to be earned, or known
                         * @example []
                         */
                        missing: string[];
                        transaction: unknown | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    recordTransactions: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Required, since money moves. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key": components["parameters"]["RequiredIdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "transactions": [
                 *         {
                 *           "externalId": "in_1042",
                 *           "customerExternalId": "user_77",
                 *           "kind": "payment",
                 *           "amount": 12000,
                 *           "tax": 2000,
                 *           "currency": "USD",
                 *           "occurredAt": "2026-03-01T12:00:00Z"
                 *         },
                 *         {
                 *           "externalId": "re_88",
                 *           "customerExternalId": "user_77",
                 *           "kind": "refund",
                 *           "originalExternalId": "in_1042",
                 *           "amount": 6000,
                 *           "currency": "USD",
                 *           "occurredAt": "2026-03-04T09:30:00Z"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    transactions: {
                        /**
                         * @description Your name for the event; the same again, with the same content, is the same event
                         * @example in_1042
                         */
                        externalId: string;
                        /**
                         * @description Your name for the customer
                         * @example user_77
                         */
                        customerExternalId: string;
                        /**
                         * @description `payment`: revenue of an invoice or a one-off. `card`: card or crypto volume. `refund`, `chargeback`: take back part or all of one of these. `chargeback_won`: gives back what a chargeback took.
                         * @enum {unknown}
                         */
                        kind: "payment" | "card" | "refund" | "chargeback" | "chargeback_won";
                        /** @description Gross amount; of a reversal, gross as its original's, in minor units */
                        amount: number;
                        /**
                         * @description ISO 4217 code
                         * @example USD
                         */
                        currency: string;
                        /**
                         * Format: date-time
                         * @description When it happened
                         * @example 2026-03-01T12:00:00Z
                         */
                        occurredAt: string;
                        /**
                         * @description Of a reversal: what it reverses; it may arrive first, and then waits
                         * @example in_1042
                         */
                        originalExternalId?: string;
                        /** @description Tax contained in the amount; commissions are earned on the rest, in minor units */
                        tax?: number;
                        /** @description Of a card event: your own revenue from it, in minor units */
                        revenue?: number;
                        /** @description Make the customer where there is none, tied to no partner; otherwise it is refused */
                        createCustomer?: boolean;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "results": [
                     *         {
                     *           "externalId": "in_1042",
                     *           "status": "recorded",
                     *           "id": "0190f1a2-9a01-7c55-8f02-6f0d3c2b1a44"
                     *         },
                     *         {
                     *           "externalId": "re_88",
                     *           "status": "recorded",
                     *           "id": "0190f1a2-9a02-7d10-9b7e-0c4e5f6a7b88"
                     *         },
                     *         {
                     *           "externalId": "in_1043",
                     *           "status": "rejected",
                     *           "error": {
                     *             "code": "transaction.unknown_customer",
                     *             "title": "No customer has this external id; convert or create it first"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description One for each event, in the order given */
                        results: {
                            externalId: string;
                            /**
                             * @description `recorded`: assessed and booked. `duplicate`: recorded before. `waiting`: a reversal whose original has not arrived. `rejected`: nothing was kept.
                             * @enum {unknown}
                             */
                            status: "recorded" | "duplicate" | "waiting" | "rejected";
                            /**
                             * Format: uuid
                             * @description Of the transaction, unless it was rejected
                             */
                            id?: string;
                            error?: {
                                /** @description Stable and machine-readable, as in a problem document */
                                code: string;
                                title: string;
                                facts?: {
                                    [key: string]: unknown;
                                };
                            };
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listTransactions: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "occurredAt" | "-occurredAt";
                /** @description `payment`: revenue of an invoice or a one-off. `card`: card or crypto volume. `refund`, `chargeback`: take back part or all of one of these. `chargeback_won`: gives back what a chargeback took. */
                kind?: "payment" | "card" | "refund" | "chargeback" | "chargeback_won";
                /**
                 * @description ISO 4217 code
                 * @example USD
                 */
                currency?: string;
                /** @description Of a partner */
                partnerId?: string;
                customerExternalId?: string;
                externalId?: string;
                /**
                 * @description At or after
                 * @example 2026-03-01T12:00:00Z
                 */
                occurredFrom?: string;
                /**
                 * @description Before
                 * @example 2026-03-01T12:00:00Z
                 */
                occurredBefore?: string;
                /** @description Only reversals that wait, or only what does not */
                isWaiting?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "c63debfe-7091-7d92-89ff-1cda8385d1b7",
                     *           "externalId": "customer-1042",
                     *           "customerId": "463e056c-d837-7199-8372-7fbd8b9e3da0",
                     *           "customerExternalId": null,
                     *           "kind": "payment",
                     *           "amount": 1250,
                     *           "currency": "USD",
                     *           "tax": 1250,
                     *           "revenue": 1250,
                     *           "occurredAt": "2026-03-01T12:00:00.000Z",
                     *           "recordedAt": "2026-03-01T12:00:00.000Z",
                     *           "originalExternalId": "invoice-1042",
                     *           "originalId": "7ee2d0ed-71c7-7df3-8c3f-059e974fe38a",
                     *           "isWaiting": true,
                     *           "referralId": "770b594d-974d-7717-8a42-e7cdef9832c4",
                     *           "partnerId": "3466ddd0-7fb4-7b97-8468-2b939d23d0c4"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: {
                            /**
                             * Format: uuid
                             * @description Of the transaction
                             */
                            id: string;
                            externalId: string;
                            /**
                             * Format: uuid
                             * @description Of the customer
                             */
                            customerId: string;
                            customerExternalId: string | null;
                            /**
                             * @description `payment`: revenue of an invoice or a one-off. `card`: card or crypto volume. `refund`, `chargeback`: take back part or all of one of these. `chargeback_won`: gives back what a chargeback took.
                             * @enum {unknown}
                             */
                            kind: "payment" | "card" | "refund" | "chargeback" | "chargeback_won";
                            /** @description Gross amount, in minor units */
                            amount: number;
                            /**
                             * @description ISO 4217 code
                             * @example USD
                             */
                            currency: string;
                            /** @description Tax contained in the amount, in minor units */
                            tax: number;
                            /** @description Own revenue from a card event, in minor units */
                            revenue: number;
                            /**
                             * Format: date-time
                             * @description When it happened
                             * @example 2026-03-01T12:00:00.000Z
                             */
                            occurredAt: string;
                            /**
                             * Format: date-time
                             * @description When it was reported
                             * @example 2026-03-01T12:00:00.000Z
                             */
                            recordedAt: string;
                            originalExternalId: string | null;
                            originalId: string | null;
                            /** @description A reversal whose original has not arrived */
                            isWaiting: boolean;
                            referralId: string | null;
                            partnerId: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getTransaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the transaction */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "c63debfe-7091-7d92-89ff-1cda8385d1b7",
                     *       "externalId": "customer-1042",
                     *       "customerId": "463e056c-d837-7199-8372-7fbd8b9e3da0",
                     *       "customerExternalId": null,
                     *       "kind": "payment",
                     *       "amount": 1250,
                     *       "currency": "USD",
                     *       "tax": 1250,
                     *       "revenue": 1250,
                     *       "occurredAt": "2026-03-01T12:00:00.000Z",
                     *       "recordedAt": "2026-03-01T12:00:00.000Z",
                     *       "originalExternalId": "invoice-1042",
                     *       "originalId": "7ee2d0ed-71c7-7df3-8c3f-059e974fe38a",
                     *       "isWaiting": true,
                     *       "referralId": "770b594d-974d-7717-8a42-e7cdef9832c4",
                     *       "partnerId": "3466ddd0-7fb4-7b97-8468-2b939d23d0c4",
                     *       "reversals": [
                     *         {
                     *           "id": "c63debfe-7091-7d92-89ff-1cda8385d1b7",
                     *           "externalId": "customer-1042",
                     *           "customerId": "463e056c-d837-7199-8372-7fbd8b9e3da0",
                     *           "customerExternalId": null,
                     *           "kind": "payment",
                     *           "amount": 1250,
                     *           "currency": "USD",
                     *           "tax": 1250,
                     *           "revenue": 1250,
                     *           "occurredAt": "2026-03-01T12:00:00.000Z",
                     *           "recordedAt": "2026-03-01T12:00:00.000Z",
                     *           "originalExternalId": "invoice-1042",
                     *           "originalId": "7ee2d0ed-71c7-7df3-8c3f-059e974fe38a",
                     *           "isWaiting": true,
                     *           "referralId": "770b594d-974d-7717-8a42-e7cdef9832c4",
                     *           "partnerId": "3466ddd0-7fb4-7b97-8468-2b939d23d0c4"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description Of the transaction
                         */
                        id: string;
                        externalId: string;
                        /**
                         * Format: uuid
                         * @description Of the customer
                         */
                        customerId: string;
                        customerExternalId: string | null;
                        /**
                         * @description `payment`: revenue of an invoice or a one-off. `card`: card or crypto volume. `refund`, `chargeback`: take back part or all of one of these. `chargeback_won`: gives back what a chargeback took.
                         * @enum {unknown}
                         */
                        kind: "payment" | "card" | "refund" | "chargeback" | "chargeback_won";
                        /** @description Gross amount, in minor units */
                        amount: number;
                        /**
                         * @description ISO 4217 code
                         * @example USD
                         */
                        currency: string;
                        /** @description Tax contained in the amount, in minor units */
                        tax: number;
                        /** @description Own revenue from a card event, in minor units */
                        revenue: number;
                        /**
                         * Format: date-time
                         * @description When it happened
                         * @example 2026-03-01T12:00:00.000Z
                         */
                        occurredAt: string;
                        /**
                         * Format: date-time
                         * @description When it was reported
                         * @example 2026-03-01T12:00:00.000Z
                         */
                        recordedAt: string;
                        originalExternalId: string | null;
                        originalId: string | null;
                        /** @description A reversal whose original has not arrived */
                        isWaiting: boolean;
                        referralId: string | null;
                        partnerId: string | null;
                        /** @description What reverses it, oldest first */
                        reversals: {
                            /**
                             * Format: uuid
                             * @description Of the transaction
                             */
                            id: string;
                            externalId: string;
                            /**
                             * Format: uuid
                             * @description Of the customer
                             */
                            customerId: string;
                            customerExternalId: string | null;
                            /**
                             * @description `payment`: revenue of an invoice or a one-off. `card`: card or crypto volume. `refund`, `chargeback`: take back part or all of one of these. `chargeback_won`: gives back what a chargeback took.
                             * @enum {unknown}
                             */
                            kind: "payment" | "card" | "refund" | "chargeback" | "chargeback_won";
                            /** @description Gross amount, in minor units */
                            amount: number;
                            /**
                             * @description ISO 4217 code
                             * @example USD
                             */
                            currency: string;
                            /** @description Tax contained in the amount, in minor units */
                            tax: number;
                            /** @description Own revenue from a card event, in minor units */
                            revenue: number;
                            /**
                             * Format: date-time
                             * @description When it happened
                             * @example 2026-03-01T12:00:00.000Z
                             */
                            occurredAt: string;
                            /**
                             * Format: date-time
                             * @description When it was reported
                             * @example 2026-03-01T12:00:00.000Z
                             */
                            recordedAt: string;
                            originalExternalId: string | null;
                            originalId: string | null;
                            /** @description A reversal whose original has not arrived */
                            isWaiting: boolean;
                            referralId: string | null;
                            partnerId: string | null;
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listCommissions: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "occurredAt" | "-occurredAt" | "amount" | "-amount";
                /** @description `pending` is in hold; `approved` is available; `paid` has left in a payout; `disputed` is held; `cancelled` is final */
                status?: "pending" | "approved" | "paid" | "disputed" | "cancelled";
                /** @description What it is earned for */
                type?: "signup" | "recurring" | "transaction" | "bonus";
                /**
                 * @description ISO 4217 code
                 * @example USD
                 */
                currency?: string;
                /** @description Earned on this referral */
                referralId?: string;
                /**
                 * @description Earned at or after
                 * @example 2026-03-01T12:00:00Z
                 */
                from?: string;
                /**
                 * @description Earned before
                 * @example 2026-03-01T12:00:00Z
                 */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "8f18335a-3814-7eeb-8f90-e090bac909d9",
                     *           "partnerId": "99e9ab67-6d87-7212-800c-ecfb003f5bbc",
                     *           "referralId": "5f2530aa-8df7-7547-8419-5edd23011c9c",
                     *           "transactionId": "7d668dc2-7adf-74f5-8073-91d784aa7f26",
                     *           "customer": "a…@e….com",
                     *           "type": "signup",
                     *           "rule": "recurring",
                     *           "amount": 1250,
                     *           "currency": "USD",
                     *           "rate": 0.25,
                     *           "status": "pending",
                     *           "reversesId": "2346ef8e-a9d3-7763-83f3-2a04d5846d0e",
                     *           "occurredAt": "2026-03-01T12:00:00.000Z",
                     *           "holdUntil": "2026-03-01T12:00:00.000Z",
                     *           "periodStart": "2026-03-01",
                     *           "periodEnd": "2026-03-01",
                     *           "calculatedAt": "2026-03-01T12:00:00.000Z",
                     *           "approvedAt": "2026-03-01T12:00:00.000Z",
                     *           "paidAt": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Commission"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getCommissionSummary: {
        parameters: {
            query?: {
                /**
                 * @description Count commissions earned at or after
                 * @example 2026-03-01T12:00:00Z
                 */
                from?: string;
                /**
                 * @description Count commissions earned before
                 * @example 2026-03-01T12:00:00Z
                 */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Commissions and balances by currency; amounts never cross currencies */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "currencies": [
                     *         {
                     *           "currency": "USD",
                     *           "pending": 1250,
                     *           "approved": 1250,
                     *           "paid": 1250,
                     *           "disputed": 1250,
                     *           "commissions": 3,
                     *           "balances": {
                     *             "pending": 1250,
                     *             "available": 1250,
                     *             "disputed": 1250,
                     *             "inTransit": 1250,
                     *             "debt": 1250
                     *           },
                     *           "upcoming": [
                     *             {
                     *               "date": "2026-03-01",
                     *               "amount": 1250
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CommissionSummary"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listDisputes: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "openedAt" | "-openedAt";
                /** @description `upheld`: the commission stands; `cancelled`: it is not owed */
                status?: "open" | "upheld" | "cancelled";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "a04ecb60-c3b3-7746-805c-10d4b3e828e0",
                     *           "commissionId": "44c79373-71d3-7021-82e8-685f55af1160",
                     *           "partnerId": "226bc2e8-8d71-7d85-829d-d3ce2521d665",
                     *           "reason": "As agreed by telephone",
                     *           "status": "open",
                     *           "amountMoved": 1250,
                     *           "amountHeld": 1250,
                     *           "openedAt": "2026-03-01T12:00:00.000Z",
                     *           "resolvedAt": "2026-03-01T12:00:00.000Z",
                     *           "resolution": "The receipt is right"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Dispute"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getCommission: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The commission */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "8f18335a-3814-7eeb-8f90-e090bac909d9",
                     *       "partnerId": "99e9ab67-6d87-7212-800c-ecfb003f5bbc",
                     *       "referralId": "5f2530aa-8df7-7547-8419-5edd23011c9c",
                     *       "transactionId": "7d668dc2-7adf-74f5-8073-91d784aa7f26",
                     *       "customer": "a…@e….com",
                     *       "type": "signup",
                     *       "rule": "recurring",
                     *       "amount": 1250,
                     *       "currency": "USD",
                     *       "rate": 0.25,
                     *       "status": "pending",
                     *       "reversesId": "2346ef8e-a9d3-7763-83f3-2a04d5846d0e",
                     *       "occurredAt": "2026-03-01T12:00:00.000Z",
                     *       "holdUntil": "2026-03-01T12:00:00.000Z",
                     *       "periodStart": "2026-03-01",
                     *       "periodEnd": "2026-03-01",
                     *       "calculatedAt": "2026-03-01T12:00:00.000Z",
                     *       "approvedAt": "2026-03-01T12:00:00.000Z",
                     *       "paidAt": "2026-03-01T12:00:00.000Z",
                     *       "receipt": {
                     *         "eventId": "75464933-cb83-7d47-8817-98d5cee4e1e8",
                     *         "kind": "text",
                     *         "act": "text",
                     *         "number": 7,
                     *         "occurredAt": "2026-03-01T12:00:00.000Z",
                     *         "clauses": [
                     *           {
                     *             "clause": "text",
                     *             "outcome": "text",
                     *             "reason": "As agreed by telephone",
                     *             "commissionId": "ef76f685-1675-76ac-8b69-d01a9d480384"
                     *           }
                     *         ]
                     *       },
                     *       "note": "As agreed by telephone",
                     *       "reversals": [
                     *         {
                     *           "id": "8f18335a-3814-7eeb-8f90-e090bac909d9",
                     *           "partnerId": "99e9ab67-6d87-7212-800c-ecfb003f5bbc",
                     *           "referralId": "5f2530aa-8df7-7547-8419-5edd23011c9c",
                     *           "transactionId": "7d668dc2-7adf-74f5-8073-91d784aa7f26",
                     *           "customer": "a…@e….com",
                     *           "type": "signup",
                     *           "rule": "recurring",
                     *           "amount": 1250,
                     *           "currency": "USD",
                     *           "rate": 0.25,
                     *           "status": "pending",
                     *           "reversesId": "2346ef8e-a9d3-7763-83f3-2a04d5846d0e",
                     *           "occurredAt": "2026-03-01T12:00:00.000Z",
                     *           "holdUntil": "2026-03-01T12:00:00.000Z",
                     *           "periodStart": "2026-03-01",
                     *           "periodEnd": "2026-03-01",
                     *           "calculatedAt": "2026-03-01T12:00:00.000Z",
                     *           "approvedAt": "2026-03-01T12:00:00.000Z",
                     *           "paidAt": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "disputes": [
                     *         {
                     *           "id": "a04ecb60-c3b3-7746-805c-10d4b3e828e0",
                     *           "commissionId": "44c79373-71d3-7021-82e8-685f55af1160",
                     *           "partnerId": "226bc2e8-8d71-7d85-829d-d3ce2521d665",
                     *           "reason": "As agreed by telephone",
                     *           "status": "open",
                     *           "amountMoved": 1250,
                     *           "amountHeld": 1250,
                     *           "openedAt": "2026-03-01T12:00:00.000Z",
                     *           "resolvedAt": "2026-03-01T12:00:00.000Z",
                     *           "resolution": "The receipt is right"
                     *         }
                     *       ],
                     *       "payout": {
                     *         "paid": 1250,
                     *         "inTransit": 1250,
                     *         "unpaid": 1250
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CommissionDetail"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    disputeCommission: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "commissionId": "0190f1a2-9b10-7e21-8d33-1a2b3c4d5e6f",
                 *       "reason": "The customer upgraded to the yearly plan"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description An own commission, pending or approved
                     */
                    commissionId: string;
                    /** @description What is wrong with it */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description A commission that is contested */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "a04ecb60-c3b3-7746-805c-10d4b3e828e0",
                     *       "commissionId": "44c79373-71d3-7021-82e8-685f55af1160",
                     *       "partnerId": "226bc2e8-8d71-7d85-829d-d3ce2521d665",
                     *       "reason": "As agreed by telephone",
                     *       "status": "open",
                     *       "amountMoved": 1250,
                     *       "amountHeld": 1250,
                     *       "openedAt": "2026-03-01T12:00:00.000Z",
                     *       "resolvedAt": "2026-03-01T12:00:00.000Z",
                     *       "resolution": "The receipt is right"
                     *     }
                     */
                    "application/json": components["schemas"]["Dispute"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    previewReassessment: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "partnerId": "0190f1a2-7c3d-7b1e-8a55-3f1f0b6f2c11"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description Whose history is assessed again
                     */
                    partnerId: string;
                    /**
                     * Format: uuid
                     * @description Terms of this partner under which all of the past is assessed; those in force at each event when not given
                     */
                    termsId?: string;
                };
            };
        };
        responses: {
            /** @description The difference between what is booked and what the recorded events come to in the order of their dates */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "corrections": [
                     *         {
                     *           "kind": "earned",
                     *           "referralId": "d6d93dd5-d236-7b7e-8f99-9f697568b5b0",
                     *           "transactionId": "f5ea4184-1fbf-7cb6-8ec0-77f67a2c3260",
                     *           "rule": null,
                     *           "amount": 1250,
                     *           "currency": "USD"
                     *         }
                     *       ],
                     *       "correctionCount": 3,
                     *       "totals": [
                     *         {
                     *           "currency": "USD",
                     *           "amount": 1250
                     *         }
                     *       ],
                     *       "fingerprint": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["Reassessment"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    reassessCommissions: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Required, since money moves. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key": components["parameters"]["RequiredIdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "partnerId": "0190f1a2-7c3d-7b1e-8a55-3f1f0b6f2c11",
                 *       "reason": "January arrived after February",
                 *       "fingerprint": "5b0f2c1e-8d7a-5c44-9a3b-6e1d2f708c95"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description Whose history is assessed again
                     */
                    partnerId: string;
                    /**
                     * Format: uuid
                     * @description Terms of this partner under which all of the past is assessed; those in force at each event when not given
                     */
                    termsId?: string;
                    /** @description Why; kept in the audit trail */
                    reason: string;
                    /** @description Of the difference that was shown: refused where it would be another by now */
                    fingerprint: string;
                };
            };
        };
        responses: {
            /** @description The difference between what is booked and what the recorded events come to in the order of their dates */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "corrections": [
                     *         {
                     *           "kind": "earned",
                     *           "referralId": "d6d93dd5-d236-7b7e-8f99-9f697568b5b0",
                     *           "transactionId": "f5ea4184-1fbf-7cb6-8ec0-77f67a2c3260",
                     *           "rule": null,
                     *           "amount": 1250,
                     *           "currency": "USD"
                     *         }
                     *       ],
                     *       "correctionCount": 3,
                     *       "totals": [
                     *         {
                     *           "currency": "USD",
                     *           "amount": 1250
                     *         }
                     *       ],
                     *       "fingerprint": "text"
                     *     }
                     */
                    "application/json": components["schemas"]["Reassessment"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    simulatePlan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "plan": {
                 *         "tiers": {
                 *           "tier1": {
                 *             "signupBonus": 5000,
                 *             "recurringRate": 0.1,
                 *             "recurringRateRange": {
                 *               "minimum": 0.1,
                 *               "maximum": 0.15
                 *             },
                 *             "recurringDuration": 12,
                 *             "transactionRate": 0,
                 *             "tierMultiplier": 1,
                 *             "minimumPayout": {
                 *               "USD": 5000
                 *             },
                 *             "holdDays": 30,
                 *             "attributionWindowDays": 30,
                 *             "features": [
                 *               "links",
                 *               "basic_dashboard"
                 *             ]
                 *           },
                 *           "tier2": {
                 *             "signupBonus": 10000,
                 *             "recurringRate": 0.25,
                 *             "recurringRateRange": {
                 *               "minimum": 0.2,
                 *               "maximum": 0.3
                 *             },
                 *             "recurringDuration": null,
                 *             "transactionRate": 0.001,
                 *             "volumeBonuses": [
                 *               {
                 *                 "threshold": 50,
                 *                 "bonus": 0.05
                 *               },
                 *               {
                 *                 "threshold": 100,
                 *                 "bonus": 0.1
                 *               }
                 *             ],
                 *             "volumeBonusMode": "multiplicative",
                 *             "tierMultiplier": 1,
                 *             "minimumPayout": {
                 *               "USD": 10000
                 *             },
                 *             "holdDays": 30,
                 *             "attributionWindowDays": 60,
                 *             "eligibility": {
                 *               "qualifiedReferrals": {
                 *                 "minimum": 10,
                 *                 "days": 365
                 *               }
                 *             },
                 *             "features": [
                 *               "links",
                 *               "basic_dashboard",
                 *               "co_branding",
                 *               "leads",
                 *               "marketing_tools"
                 *             ]
                 *           },
                 *           "tier3": {
                 *             "revenueShare": 0.5,
                 *             "revenueShareRange": {
                 *               "minimum": 0.4,
                 *               "maximum": 0.5
                 *             },
                 *             "mode": "share",
                 *             "setupFee": 5000000,
                 *             "monthlyLicense": 1000000,
                 *             "customCardFee": 500000,
                 *             "supportFee": 200000,
                 *             "tierMultiplier": 1,
                 *             "minimumPayout": {
                 *               "USD": 100000
                 *             },
                 *             "holdDays": 30,
                 *             "attributionWindowDays": 90,
                 *             "eligibility": {
                 *               "monthlyLicense": {
                 *                 "minimum": 500000,
                 *                 "maximum": 1500000
                 *               },
                 *               "setupFee": {
                 *                 "minimum": 5000000,
                 *                 "maximum": 10000000
                 *               }
                 *             },
                 *             "features": [
                 *               "links",
                 *               "basic_dashboard",
                 *               "co_branding",
                 *               "leads",
                 *               "marketing_tools",
                 *               "full_branding",
                 *               "custom_domain",
                 *               "partner_api",
                 *               "cards"
                 *             ]
                 *           },
                 *           "tier4": {
                 *             "recurringRate": 0.15,
                 *             "recurringRateRange": {
                 *               "minimum": 0.15,
                 *               "maximum": 0.2
                 *             },
                 *             "recurringDuration": null,
                 *             "integrationFee": 0,
                 *             "coMarketingBudget": 500000,
                 *             "tierMultiplier": 1,
                 *             "minimumPayout": {
                 *               "USD": 20000
                 *             },
                 *             "holdDays": 30,
                 *             "attributionWindowDays": 90,
                 *             "eligibility": {
                 *               "partnershipAgreement": true
                 *             },
                 *             "features": [
                 *               "links",
                 *               "basic_dashboard",
                 *               "api",
                 *               "webhooks",
                 *               "co_marketing"
                 *             ]
                 *           }
                 *         }
                 *       },
                 *       "from": "2026-01-01T00:00:00Z",
                 *       "to": "2026-07-01T00:00:00Z"
                 *     }
                 */
                "application/json": {
                    plan: {
                        tiers: {
                            tier1: components["schemas"]["TierPlan"];
                            tier2: components["schemas"]["TierPlan"];
                            tier3: components["schemas"]["TierPlan"];
                            tier4: components["schemas"]["TierPlan"];
                        };
                    };
                    /**
                     * Format: date-time
                     * @description Count what is earned and taken back at or after
                     * @example 2026-03-01T12:00:00Z
                     */
                    from: string;
                    /**
                     * Format: date-time
                     * @description Count what is earned and taken back before
                     * @example 2026-03-01T12:00:00Z
                     */
                    to: string;
                };
            };
        };
        responses: {
            /** @description What commissions would have cost, approved by their dates alone */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "partners": [
                     *         {
                     *           "partnerId": "b87b0b1f-004f-7bf6-81d1-91ac87d41d64",
                     *           "currency": "USD",
                     *           "recorded": 1250,
                     *           "simulated": 1250
                     *         }
                     *       ],
                     *       "totals": [
                     *         {
                     *           "currency": "USD",
                     *           "recorded": 1250,
                     *           "simulated": 1250
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PlanSimulation"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listAllCommissions: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "occurredAt" | "-occurredAt" | "amount" | "-amount";
                /** @description `pending` is in hold; `approved` is available; `paid` has left in a payout; `disputed` is held; `cancelled` is final */
                status?: "pending" | "approved" | "paid" | "disputed" | "cancelled";
                /** @description What it is earned for */
                type?: "signup" | "recurring" | "transaction" | "bonus";
                /**
                 * @description ISO 4217 code
                 * @example USD
                 */
                currency?: string;
                /** @description Earned on this referral */
                referralId?: string;
                /**
                 * @description Earned at or after
                 * @example 2026-03-01T12:00:00Z
                 */
                from?: string;
                /**
                 * @description Earned before
                 * @example 2026-03-01T12:00:00Z
                 */
                to?: string;
                /** @description One partner's */
                partnerId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "8f18335a-3814-7eeb-8f90-e090bac909d9",
                     *           "partnerId": "99e9ab67-6d87-7212-800c-ecfb003f5bbc",
                     *           "referralId": "5f2530aa-8df7-7547-8419-5edd23011c9c",
                     *           "transactionId": "7d668dc2-7adf-74f5-8073-91d784aa7f26",
                     *           "customer": "a…@e….com",
                     *           "type": "signup",
                     *           "rule": "recurring",
                     *           "amount": 1250,
                     *           "currency": "USD",
                     *           "rate": 0.25,
                     *           "status": "pending",
                     *           "reversesId": "2346ef8e-a9d3-7763-83f3-2a04d5846d0e",
                     *           "occurredAt": "2026-03-01T12:00:00.000Z",
                     *           "holdUntil": "2026-03-01T12:00:00.000Z",
                     *           "periodStart": "2026-03-01",
                     *           "periodEnd": "2026-03-01",
                     *           "calculatedAt": "2026-03-01T12:00:00.000Z",
                     *           "approvedAt": "2026-03-01T12:00:00.000Z",
                     *           "paidAt": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Commission"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listAllDisputes: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "openedAt" | "-openedAt";
                /** @description `upheld`: the commission stands; `cancelled`: it is not owed */
                status?: "open" | "upheld" | "cancelled";
                /** @description One partner's */
                partnerId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "a04ecb60-c3b3-7746-805c-10d4b3e828e0",
                     *           "commissionId": "44c79373-71d3-7021-82e8-685f55af1160",
                     *           "partnerId": "226bc2e8-8d71-7d85-829d-d3ce2521d665",
                     *           "reason": "As agreed by telephone",
                     *           "status": "open",
                     *           "amountMoved": 1250,
                     *           "amountHeld": 1250,
                     *           "openedAt": "2026-03-01T12:00:00.000Z",
                     *           "resolvedAt": "2026-03-01T12:00:00.000Z",
                     *           "resolution": "The receipt is right"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Dispute"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getAnyCommission: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The commission */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "8f18335a-3814-7eeb-8f90-e090bac909d9",
                     *       "partnerId": "99e9ab67-6d87-7212-800c-ecfb003f5bbc",
                     *       "referralId": "5f2530aa-8df7-7547-8419-5edd23011c9c",
                     *       "transactionId": "7d668dc2-7adf-74f5-8073-91d784aa7f26",
                     *       "customer": "a…@e….com",
                     *       "type": "signup",
                     *       "rule": "recurring",
                     *       "amount": 1250,
                     *       "currency": "USD",
                     *       "rate": 0.25,
                     *       "status": "pending",
                     *       "reversesId": "2346ef8e-a9d3-7763-83f3-2a04d5846d0e",
                     *       "occurredAt": "2026-03-01T12:00:00.000Z",
                     *       "holdUntil": "2026-03-01T12:00:00.000Z",
                     *       "periodStart": "2026-03-01",
                     *       "periodEnd": "2026-03-01",
                     *       "calculatedAt": "2026-03-01T12:00:00.000Z",
                     *       "approvedAt": "2026-03-01T12:00:00.000Z",
                     *       "paidAt": "2026-03-01T12:00:00.000Z",
                     *       "receipt": {
                     *         "eventId": "75464933-cb83-7d47-8817-98d5cee4e1e8",
                     *         "kind": "text",
                     *         "act": "text",
                     *         "number": 7,
                     *         "occurredAt": "2026-03-01T12:00:00.000Z",
                     *         "clauses": [
                     *           {
                     *             "clause": "text",
                     *             "outcome": "text",
                     *             "reason": "As agreed by telephone",
                     *             "commissionId": "ef76f685-1675-76ac-8b69-d01a9d480384"
                     *           }
                     *         ]
                     *       },
                     *       "note": "As agreed by telephone",
                     *       "reversals": [
                     *         {
                     *           "id": "8f18335a-3814-7eeb-8f90-e090bac909d9",
                     *           "partnerId": "99e9ab67-6d87-7212-800c-ecfb003f5bbc",
                     *           "referralId": "5f2530aa-8df7-7547-8419-5edd23011c9c",
                     *           "transactionId": "7d668dc2-7adf-74f5-8073-91d784aa7f26",
                     *           "customer": "a…@e….com",
                     *           "type": "signup",
                     *           "rule": "recurring",
                     *           "amount": 1250,
                     *           "currency": "USD",
                     *           "rate": 0.25,
                     *           "status": "pending",
                     *           "reversesId": "2346ef8e-a9d3-7763-83f3-2a04d5846d0e",
                     *           "occurredAt": "2026-03-01T12:00:00.000Z",
                     *           "holdUntil": "2026-03-01T12:00:00.000Z",
                     *           "periodStart": "2026-03-01",
                     *           "periodEnd": "2026-03-01",
                     *           "calculatedAt": "2026-03-01T12:00:00.000Z",
                     *           "approvedAt": "2026-03-01T12:00:00.000Z",
                     *           "paidAt": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "disputes": [
                     *         {
                     *           "id": "a04ecb60-c3b3-7746-805c-10d4b3e828e0",
                     *           "commissionId": "44c79373-71d3-7021-82e8-685f55af1160",
                     *           "partnerId": "226bc2e8-8d71-7d85-829d-d3ce2521d665",
                     *           "reason": "As agreed by telephone",
                     *           "status": "open",
                     *           "amountMoved": 1250,
                     *           "amountHeld": 1250,
                     *           "openedAt": "2026-03-01T12:00:00.000Z",
                     *           "resolvedAt": "2026-03-01T12:00:00.000Z",
                     *           "resolution": "The receipt is right"
                     *         }
                     *       ],
                     *       "payout": {
                     *         "paid": 1250,
                     *         "inTransit": 1250,
                     *         "unpaid": 1250
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CommissionDetail"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    calculateCommissions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "partnerId": "0190f1a2-7c3d-7b1e-8a55-3f1f0b6f2c11"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description One partner; all when not given
                     */
                    partnerId?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "partners": 3,
                     *       "assessed": 3,
                     *       "commissions": 3,
                     *       "gaps": [
                     *         "b1fd116a-0c3a-7385-8813-77093901a7b8"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CalculatedCommissions"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    previewCommission: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "referralId": "0190f1a2-8f00-7a11-9e22-5d6c7b8a9f00",
                 *       "kind": "payment",
                 *       "amount": 12000,
                 *       "tax": 2000,
                 *       "currency": "USD"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description The customer that the sale would be to
                     */
                    referralId: string;
                    /** @enum {unknown} */
                    kind: "payment" | "card";
                    /** @description Gross amount, in minor units */
                    amount: number;
                    /**
                     * @description ISO 4217 code
                     * @example USD
                     */
                    currency: string;
                    /** @description Tax contained in the amount, in minor units */
                    tax?: number;
                    /** @description Of a card event: your own revenue from it, in minor units */
                    revenue?: number;
                    /**
                     * Format: date-time
                     * @description Now when not given
                     * @example 2026-03-01T12:00:00Z
                     */
                    occurredAt?: string;
                };
            };
        };
        responses: {
            /** @description What a sale would earn if it were reported now, and why */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "commissions": [
                     *         {
                     *           "type": "signup",
                     *           "rule": "text",
                     *           "amount": 1250,
                     *           "currency": "USD",
                     *           "rate": 0.25,
                     *           "holdUntil": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "clauses": [
                     *         {
                     *           "clause": "text",
                     *           "outcome": "text",
                     *           "reason": "As agreed by telephone",
                     *           "commissionId": "ef76f685-1675-76ac-8b69-d01a9d480384"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CommissionPreview"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    grantCommission: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Required, since money moves. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key": components["parameters"]["RequiredIdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "partnerId": "0190f1a2-7c3d-7b1e-8a55-3f1f0b6f2c11",
                 *       "amount": 25000,
                 *       "currency": "USD",
                 *       "reason": "Launch bonus"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description Who is granted it
                     */
                    partnerId: string;
                    /** @description How much, above zero, in minor units */
                    amount: number;
                    /**
                     * @description ISO 4217 code
                     * @example USD
                     */
                    currency: string;
                    /** @description Why; the partner is told */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description One earned or reversed amount */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "8f18335a-3814-7eeb-8f90-e090bac909d9",
                     *       "partnerId": "99e9ab67-6d87-7212-800c-ecfb003f5bbc",
                     *       "referralId": "5f2530aa-8df7-7547-8419-5edd23011c9c",
                     *       "transactionId": "7d668dc2-7adf-74f5-8073-91d784aa7f26",
                     *       "customer": "a…@e….com",
                     *       "type": "signup",
                     *       "rule": "recurring",
                     *       "amount": 1250,
                     *       "currency": "USD",
                     *       "rate": 0.25,
                     *       "status": "pending",
                     *       "reversesId": "2346ef8e-a9d3-7763-83f3-2a04d5846d0e",
                     *       "occurredAt": "2026-03-01T12:00:00.000Z",
                     *       "holdUntil": "2026-03-01T12:00:00.000Z",
                     *       "periodStart": "2026-03-01",
                     *       "periodEnd": "2026-03-01",
                     *       "calculatedAt": "2026-03-01T12:00:00.000Z",
                     *       "approvedAt": "2026-03-01T12:00:00.000Z",
                     *       "paidAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Commission"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    writeOffDebt: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Required, since money moves. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key": components["parameters"]["RequiredIdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "partnerId": "0190f1a2-7c3d-7b1e-8a55-3f1f0b6f2c11",
                 *       "currency": "USD",
                 *       "reason": "Too little to pursue"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description Whose debt
                     */
                    partnerId: string;
                    /**
                     * @description ISO 4217 code
                     * @example USD
                     */
                    currency: string;
                    /** @description How much of it; all when not given, in minor units */
                    amount?: number;
                    /** @description Why; the partner is told */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description One earned or reversed amount */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "8f18335a-3814-7eeb-8f90-e090bac909d9",
                     *       "partnerId": "99e9ab67-6d87-7212-800c-ecfb003f5bbc",
                     *       "referralId": "5f2530aa-8df7-7547-8419-5edd23011c9c",
                     *       "transactionId": "7d668dc2-7adf-74f5-8073-91d784aa7f26",
                     *       "customer": "a…@e….com",
                     *       "type": "signup",
                     *       "rule": "recurring",
                     *       "amount": 1250,
                     *       "currency": "USD",
                     *       "rate": 0.25,
                     *       "status": "pending",
                     *       "reversesId": "2346ef8e-a9d3-7763-83f3-2a04d5846d0e",
                     *       "occurredAt": "2026-03-01T12:00:00.000Z",
                     *       "holdUntil": "2026-03-01T12:00:00.000Z",
                     *       "periodStart": "2026-03-01",
                     *       "periodEnd": "2026-03-01",
                     *       "calculatedAt": "2026-03-01T12:00:00.000Z",
                     *       "approvedAt": "2026-03-01T12:00:00.000Z",
                     *       "paidAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Commission"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    approveCommission: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The commission */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One earned or reversed amount */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "8f18335a-3814-7eeb-8f90-e090bac909d9",
                     *       "partnerId": "99e9ab67-6d87-7212-800c-ecfb003f5bbc",
                     *       "referralId": "5f2530aa-8df7-7547-8419-5edd23011c9c",
                     *       "transactionId": "7d668dc2-7adf-74f5-8073-91d784aa7f26",
                     *       "customer": "a…@e….com",
                     *       "type": "signup",
                     *       "rule": "recurring",
                     *       "amount": 1250,
                     *       "currency": "USD",
                     *       "rate": 0.25,
                     *       "status": "pending",
                     *       "reversesId": "2346ef8e-a9d3-7763-83f3-2a04d5846d0e",
                     *       "occurredAt": "2026-03-01T12:00:00.000Z",
                     *       "holdUntil": "2026-03-01T12:00:00.000Z",
                     *       "periodStart": "2026-03-01",
                     *       "periodEnd": "2026-03-01",
                     *       "calculatedAt": "2026-03-01T12:00:00.000Z",
                     *       "approvedAt": "2026-03-01T12:00:00.000Z",
                     *       "paidAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Commission"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    cancelCommission: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The commission */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "The customer is the partner's own company"
                 *     }
                 */
                "application/json": {
                    /** @description Why; the partner is told */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description One earned or reversed amount */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "8f18335a-3814-7eeb-8f90-e090bac909d9",
                     *       "partnerId": "99e9ab67-6d87-7212-800c-ecfb003f5bbc",
                     *       "referralId": "5f2530aa-8df7-7547-8419-5edd23011c9c",
                     *       "transactionId": "7d668dc2-7adf-74f5-8073-91d784aa7f26",
                     *       "customer": "a…@e….com",
                     *       "type": "signup",
                     *       "rule": "recurring",
                     *       "amount": 1250,
                     *       "currency": "USD",
                     *       "rate": 0.25,
                     *       "status": "pending",
                     *       "reversesId": "2346ef8e-a9d3-7763-83f3-2a04d5846d0e",
                     *       "occurredAt": "2026-03-01T12:00:00.000Z",
                     *       "holdUntil": "2026-03-01T12:00:00.000Z",
                     *       "periodStart": "2026-03-01",
                     *       "periodEnd": "2026-03-01",
                     *       "calculatedAt": "2026-03-01T12:00:00.000Z",
                     *       "approvedAt": "2026-03-01T12:00:00.000Z",
                     *       "paidAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Commission"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    resolveDispute: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The dispute */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "outcome": "uphold",
                 *       "resolution": "The receipt is right"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description `uphold`: the commission stands; `cancel`: it is not owed
                     * @enum {unknown}
                     */
                    outcome: "uphold" | "cancel";
                    /** @description Why; the partner is told */
                    resolution: string;
                };
            };
        };
        responses: {
            /** @description A commission that is contested */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "a04ecb60-c3b3-7746-805c-10d4b3e828e0",
                     *       "commissionId": "44c79373-71d3-7021-82e8-685f55af1160",
                     *       "partnerId": "226bc2e8-8d71-7d85-829d-d3ce2521d665",
                     *       "reason": "As agreed by telephone",
                     *       "status": "open",
                     *       "amountMoved": 1250,
                     *       "amountHeld": 1250,
                     *       "openedAt": "2026-03-01T12:00:00.000Z",
                     *       "resolvedAt": "2026-03-01T12:00:00.000Z",
                     *       "resolution": "The receipt is right"
                     *     }
                     */
                    "application/json": components["schemas"]["Dispute"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listAllPayouts: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "requestedAt" | "-requestedAt" | "amount" | "-amount";
                /** @description `pending` waits for release; `processing` is with the provider; `completed` has been transferred */
                status?: "pending" | "processing" | "completed" | "failed" | "cancelled";
                /**
                 * @description ISO 4217 code
                 * @example USD
                 */
                currency?: string;
                /**
                 * @description Requested at or after
                 * @example 2026-03-01T12:00:00Z
                 */
                from?: string;
                /**
                 * @description Requested before
                 * @example 2026-03-01T12:00:00Z
                 */
                to?: string;
                /** @description One partner's */
                partnerId?: string;
                /** @description Those of one batch */
                batchId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "8dc1c5dd-1523-78ca-8d88-30825a1bb723",
                     *           "partnerId": "f0a8796b-a9ef-7b2b-8b3e-ae5f9aa74951",
                     *           "amount": 1250,
                     *           "currency": "USD",
                     *           "fee": 0,
                     *           "taxWithheld": 0,
                     *           "operatorFee": 1250,
                     *           "netAmount": 1250,
                     *           "paymentMethod": "stripe_connect",
                     *           "status": "pending",
                     *           "bankStatus": null,
                     *           "failureCode": null,
                     *           "batchId": "519ae637-e8f1-7fa9-8806-d607ad69c4ac",
                     *           "requestedBy": "partner",
                     *           "requestedAt": "2026-03-01T12:00:00.000Z",
                     *           "processedAt": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Payout"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    exportBankFile: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description As everywhere, but the answer holds a secret and is never kept: a repeated request says so instead.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["SecretIdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "from": "2026-03-01T12:00:00Z",
                 *       "to": "2026-03-01T12:00:00Z",
                 *       "includeExported": false
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: date-time
                     * @description Released at or after
                     * @example 2026-03-01T12:00:00Z
                     */
                    from?: string;
                    /**
                     * Format: date-time
                     * @description Released before
                     * @example 2026-03-01T12:00:00Z
                     */
                    to?: string;
                    /**
                     * @description Also what stood in a file before: for a download that was lost
                     * @default false
                     */
                    includeExported?: boolean;
                };
            };
        };
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    reconcilePayouts: {
        parameters: {
            query: {
                /**
                 * @description Transferred at or after
                 * @example 2026-03-01T12:00:00Z
                 */
                from: string;
                /**
                 * @description Transferred before
                 * @example 2026-03-01T12:00:00Z
                 */
                to: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": "2026-03-01T12:00:00.000Z",
                     *       "to": "2026-03-01T12:00:00.000Z",
                     *       "here": 3,
                     *       "atProvider": 3,
                     *       "differences": [
                     *         {
                     *           "difference": "missing_at_provider",
                     *           "payoutId": "8dc1c5dd-1523-78ca-8d88-30825a1bb723",
                     *           "transferId": "text",
                     *           "amountHere": 1250,
                     *           "amountThere": 1250,
                     *           "currency": "USD",
                     *           "action": "text"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Reconciliation"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getAnyPayout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The payout */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "8dc1c5dd-1523-78ca-8d88-30825a1bb723",
                     *       "partnerId": "f0a8796b-a9ef-7b2b-8b3e-ae5f9aa74951",
                     *       "amount": 1250,
                     *       "currency": "USD",
                     *       "fee": 0,
                     *       "taxWithheld": 0,
                     *       "operatorFee": 1250,
                     *       "netAmount": 1250,
                     *       "paymentMethod": "stripe_connect",
                     *       "status": "pending",
                     *       "bankStatus": null,
                     *       "failureCode": null,
                     *       "batchId": "519ae637-e8f1-7fa9-8806-d607ad69c4ac",
                     *       "requestedBy": "partner",
                     *       "requestedAt": "2026-03-01T12:00:00.000Z",
                     *       "processedAt": "2026-03-01T12:00:00.000Z",
                     *       "items": [
                     *         {
                     *           "line": 3,
                     *           "kind": "text",
                     *           "commissionId": "06ac49a8-d96a-70d6-8c88-6301d8d58481",
                     *           "amount": 1250,
                     *           "state": "reserved"
                     *         }
                     *       ],
                     *       "transfers": [
                     *         {
                     *           "attempt": 3,
                     *           "provider": "text",
                     *           "status": "created",
                     *           "transferId": null,
                     *           "errorCode": null,
                     *           "sentAt": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PayoutDetail"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    requestPayoutFor: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Required, since money moves. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key": components["parameters"]["RequiredIdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "partnerId": "0198c2d4-5a7e-7c31-9f00-3b1d5e8a6c42",
                 *       "currency": "USD",
                 *       "amount": 12500
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description Who is to be paid
                     */
                    partnerId: string;
                    /**
                     * @description ISO 4217 code
                     * @example USD
                     */
                    currency: string;
                    /**
                     * @description How much; everything available when not given, in minor units
                     * @example 12500
                     */
                    amount?: number;
                };
            };
        };
        responses: {
            /** @description A payment of balance to a partner */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "8dc1c5dd-1523-78ca-8d88-30825a1bb723",
                     *       "partnerId": "f0a8796b-a9ef-7b2b-8b3e-ae5f9aa74951",
                     *       "amount": 1250,
                     *       "currency": "USD",
                     *       "fee": 0,
                     *       "taxWithheld": 0,
                     *       "operatorFee": 1250,
                     *       "netAmount": 1250,
                     *       "paymentMethod": "stripe_connect",
                     *       "status": "pending",
                     *       "bankStatus": null,
                     *       "failureCode": null,
                     *       "batchId": "519ae637-e8f1-7fa9-8806-d607ad69c4ac",
                     *       "requestedBy": "partner",
                     *       "requestedAt": "2026-03-01T12:00:00.000Z",
                     *       "processedAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Payout"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    processPayout: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Required, since money moves. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key": components["parameters"]["RequiredIdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: uuid
                     * @description One payout; everything that waits when not given
                     */
                    payoutId?: string;
                    /** @description At most so many, oldest first */
                    limit?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "processed": 3,
                     *       "held": [
                     *         {
                     *           "payoutId": "c97fe84a-5340-7259-81df-cf35bce9f786",
                     *           "code": "ada-writes",
                     *           "reason": "As agreed by telephone"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ProcessedPayouts"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    cancelPayoutFor: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The payout */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A payment of balance to a partner */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "8dc1c5dd-1523-78ca-8d88-30825a1bb723",
                     *       "partnerId": "f0a8796b-a9ef-7b2b-8b3e-ae5f9aa74951",
                     *       "amount": 1250,
                     *       "currency": "USD",
                     *       "fee": 0,
                     *       "taxWithheld": 0,
                     *       "operatorFee": 1250,
                     *       "netAmount": 1250,
                     *       "paymentMethod": "stripe_connect",
                     *       "status": "pending",
                     *       "bankStatus": null,
                     *       "failureCode": null,
                     *       "batchId": "519ae637-e8f1-7fa9-8806-d607ad69c4ac",
                     *       "requestedBy": "partner",
                     *       "requestedAt": "2026-03-01T12:00:00.000Z",
                     *       "processedAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Payout"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    recordReturn: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Required, since money moves. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key": components["parameters"]["RequiredIdempotencyKey"];
            };
            path: {
                /** @description The payout */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "Account closed"
                 *     }
                 */
                "application/json": {
                    /** @description What the bank says */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description A payment of balance to a partner */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "8dc1c5dd-1523-78ca-8d88-30825a1bb723",
                     *       "partnerId": "f0a8796b-a9ef-7b2b-8b3e-ae5f9aa74951",
                     *       "amount": 1250,
                     *       "currency": "USD",
                     *       "fee": 0,
                     *       "taxWithheld": 0,
                     *       "operatorFee": 1250,
                     *       "netAmount": 1250,
                     *       "paymentMethod": "stripe_connect",
                     *       "status": "pending",
                     *       "bankStatus": null,
                     *       "failureCode": null,
                     *       "batchId": "519ae637-e8f1-7fa9-8806-d607ad69c4ac",
                     *       "requestedBy": "partner",
                     *       "requestedAt": "2026-03-01T12:00:00.000Z",
                     *       "processedAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Payout"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    previewPayouts: {
        parameters: {
            query: {
                /**
                 * @description ISO 4217 code
                 * @example USD
                 */
                currency: string;
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "available" | "-available";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "partnerId": "c17b94b8-c939-7d40-851b-a4078f384f0b",
                     *           "currency": "USD",
                     *           "available": 1250,
                     *           "debt": 1250,
                     *           "method": null,
                     *           "lines": [
                     *             {
                     *               "payoutId": "591f8548-2dcc-78ec-867f-07e20da36606",
                     *               "amount": 1250,
                     *               "fee": 0,
                     *               "operatorFee": 1250,
                     *               "netAmount": 1250,
                     *               "isPayable": true,
                     *               "withheld": null,
                     *               "reason": "As agreed by telephone"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["PreviewedPartner"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getPayoutSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "coolingOffHours": 3,
                     *       "approvalExpiresHours": 3,
                     *       "releasesScheduled": true,
                     *       "currencies": [
                     *         {
                     *           "currency": "USD",
                     *           "approvalAbove": 1250,
                     *           "feeBorneBy": "programme",
                     *           "feeFixed": 1250,
                     *           "feeRate": 0.25,
                     *           "schedule": {
                     *             "every": "week",
                     *             "day": 3,
                     *             "minimum": 1250,
                     *             "nextDueOn": "2026-03-01"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PayoutSettings"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    changePayoutSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "coolingOffHours": 72,
                 *       "releasesScheduled": true
                 *     }
                 */
                "application/json": {
                    /** @description How long a changed payout method waits before it is paid to */
                    coolingOffHours?: number;
                    /** @description How long a batch waits for its second person; then its money goes back */
                    approvalExpiresHours?: number;
                    /** @description Whether what schedules ask for is released by itself, up to the limit */
                    releasesScheduled?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "coolingOffHours": 3,
                     *       "approvalExpiresHours": 3,
                     *       "releasesScheduled": true,
                     *       "currencies": [
                     *         {
                     *           "currency": "USD",
                     *           "approvalAbove": 1250,
                     *           "feeBorneBy": "programme",
                     *           "feeFixed": 1250,
                     *           "feeRate": 0.25,
                     *           "schedule": {
                     *             "every": "week",
                     *             "day": 3,
                     *             "minimum": 1250,
                     *             "nextDueOn": "2026-03-01"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PayoutSettings"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    changePayoutCurrency: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currency": "USD",
                 *       "approvalAbove": 1000000,
                 *       "feeBorneBy": "programme",
                 *       "feeFixed": 25,
                 *       "feeRate": 0.0025,
                 *       "schedule": {
                 *         "every": "month",
                 *         "day": 1
                 *       }
                 *     }
                 */
                "application/json": {
                    /**
                     * @description ISO 4217 code
                     * @example USD
                     */
                    currency: string;
                    approvalAbove: number | null;
                    /**
                     * @description Who bears the fee of a transfer
                     * @enum {unknown}
                     */
                    feeBorneBy: "programme" | "partner";
                    /** @description Fee of a transfer, in minor units */
                    feeFixed: number;
                    /** @description And of its gross amount: 0.0025 is 2.5 per mille */
                    feeRate: number;
                    schedule: {
                        /** @enum {unknown} */
                        every: "week" | "fortnight" | "month" | "amount";
                        /** @description Of the week or month */
                        day?: number;
                        /** @description Pays whoever has at least this much, in minor units */
                        minimum?: number;
                    } | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "coolingOffHours": 3,
                     *       "approvalExpiresHours": 3,
                     *       "releasesScheduled": true,
                     *       "currencies": [
                     *         {
                     *           "currency": "USD",
                     *           "approvalAbove": 1250,
                     *           "feeBorneBy": "programme",
                     *           "feeFixed": 1250,
                     *           "feeRate": 0.25,
                     *           "schedule": {
                     *             "every": "week",
                     *             "day": 3,
                     *             "minimum": 1250,
                     *             "nextDueOn": "2026-03-01"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PayoutSettings"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listPayoutBatches: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "madeAt" | "-madeAt";
                status?: "waiting" | "ready" | "released" | "refused" | "expired" | "cancelled";
                /**
                 * @description ISO 4217 code
                 * @example USD
                 */
                currency?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "23f794aa-587f-7a9b-8e37-18179767e66c",
                     *           "currency": "USD",
                     *           "status": "text",
                     *           "amount": 1250,
                     *           "payouts": 3,
                     *           "approvalAbove": 1250,
                     *           "madeBy": "14a21a03-7274-787d-8407-2c3089e06028",
                     *           "madeAt": "2026-03-01T12:00:00.000Z",
                     *           "expiresAt": "2026-03-01T12:00:00.000Z",
                     *           "approvedBy": "516ec526-10be-7164-80f6-b8577d4161ec",
                     *           "approvedAt": "2026-03-01T12:00:00.000Z",
                     *           "decisionReason": null,
                     *           "releasedAt": "2026-03-01T12:00:00.000Z",
                     *           "closedAt": "2026-03-01T12:00:00.000Z",
                     *           "finishedAt": "2026-03-01T12:00:00.000Z",
                     *           "counts": [
                     *             {
                     *               "status": "text",
                     *               "count": 3,
                     *               "amount": 1250
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["PayoutBatch"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    makePayoutBatch: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Required, since money moves. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key": components["parameters"]["RequiredIdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currency": "USD",
                 *       "includeBalances": true
                 *     }
                 */
                "application/json": {
                    /**
                     * @description ISO 4217 code
                     * @example USD
                     */
                    currency: string;
                    /** @description These alone; everything that waits when not given */
                    payoutIds?: string[];
                    /**
                     * @description Also pays what is available to partners who reach their minimum
                     * @default false
                     */
                    includeBalances?: boolean;
                    /** @description At most so many, oldest first */
                    limit?: number;
                };
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "23f794aa-587f-7a9b-8e37-18179767e66c",
                     *       "currency": "USD",
                     *       "status": "text",
                     *       "amount": 1250,
                     *       "payouts": 3,
                     *       "approvalAbove": 1250,
                     *       "madeBy": "14a21a03-7274-787d-8407-2c3089e06028",
                     *       "madeAt": "2026-03-01T12:00:00.000Z",
                     *       "expiresAt": "2026-03-01T12:00:00.000Z",
                     *       "approvedBy": "516ec526-10be-7164-80f6-b8577d4161ec",
                     *       "approvedAt": "2026-03-01T12:00:00.000Z",
                     *       "decisionReason": null,
                     *       "releasedAt": "2026-03-01T12:00:00.000Z",
                     *       "closedAt": "2026-03-01T12:00:00.000Z",
                     *       "finishedAt": "2026-03-01T12:00:00.000Z",
                     *       "counts": [
                     *         {
                     *           "status": "text",
                     *           "count": 3,
                     *           "amount": 1250
                     *         }
                     *       ],
                     *       "withheld": [
                     *         {
                     *           "payoutId": "c97fe84a-5340-7259-81df-cf35bce9f786",
                     *           "code": "ada-writes",
                     *           "reason": "As agreed by telephone"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["MadePayoutBatch"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getPayoutBatch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The batch */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Payouts of one currency that are approved and released together */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "23f794aa-587f-7a9b-8e37-18179767e66c",
                     *       "currency": "USD",
                     *       "status": "text",
                     *       "amount": 1250,
                     *       "payouts": 3,
                     *       "approvalAbove": 1250,
                     *       "madeBy": "14a21a03-7274-787d-8407-2c3089e06028",
                     *       "madeAt": "2026-03-01T12:00:00.000Z",
                     *       "expiresAt": "2026-03-01T12:00:00.000Z",
                     *       "approvedBy": "516ec526-10be-7164-80f6-b8577d4161ec",
                     *       "approvedAt": "2026-03-01T12:00:00.000Z",
                     *       "decisionReason": null,
                     *       "releasedAt": "2026-03-01T12:00:00.000Z",
                     *       "closedAt": "2026-03-01T12:00:00.000Z",
                     *       "finishedAt": "2026-03-01T12:00:00.000Z",
                     *       "counts": [
                     *         {
                     *           "status": "text",
                     *           "count": 3,
                     *           "amount": 1250
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PayoutBatch"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    approvePayoutBatch: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The batch */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": {
                    /** @description For the trail */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Payouts of one currency that are approved and released together */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "23f794aa-587f-7a9b-8e37-18179767e66c",
                     *       "currency": "USD",
                     *       "status": "text",
                     *       "amount": 1250,
                     *       "payouts": 3,
                     *       "approvalAbove": 1250,
                     *       "madeBy": "14a21a03-7274-787d-8407-2c3089e06028",
                     *       "madeAt": "2026-03-01T12:00:00.000Z",
                     *       "expiresAt": "2026-03-01T12:00:00.000Z",
                     *       "approvedBy": "516ec526-10be-7164-80f6-b8577d4161ec",
                     *       "approvedAt": "2026-03-01T12:00:00.000Z",
                     *       "decisionReason": null,
                     *       "releasedAt": "2026-03-01T12:00:00.000Z",
                     *       "closedAt": "2026-03-01T12:00:00.000Z",
                     *       "finishedAt": "2026-03-01T12:00:00.000Z",
                     *       "counts": [
                     *         {
                     *           "status": "text",
                     *           "count": 3,
                     *           "amount": 1250
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PayoutBatch"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    refusePayoutBatch: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The batch */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "The amount of one partner is to be checked"
                 *     }
                 */
                "application/json": {
                    /** @description For the trail, and for whoever made it */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Payouts of one currency that are approved and released together */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "23f794aa-587f-7a9b-8e37-18179767e66c",
                     *       "currency": "USD",
                     *       "status": "text",
                     *       "amount": 1250,
                     *       "payouts": 3,
                     *       "approvalAbove": 1250,
                     *       "madeBy": "14a21a03-7274-787d-8407-2c3089e06028",
                     *       "madeAt": "2026-03-01T12:00:00.000Z",
                     *       "expiresAt": "2026-03-01T12:00:00.000Z",
                     *       "approvedBy": "516ec526-10be-7164-80f6-b8577d4161ec",
                     *       "approvedAt": "2026-03-01T12:00:00.000Z",
                     *       "decisionReason": null,
                     *       "releasedAt": "2026-03-01T12:00:00.000Z",
                     *       "closedAt": "2026-03-01T12:00:00.000Z",
                     *       "finishedAt": "2026-03-01T12:00:00.000Z",
                     *       "counts": [
                     *         {
                     *           "status": "text",
                     *           "count": 3,
                     *           "amount": 1250
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PayoutBatch"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    releasePayoutBatch: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Required, since money moves. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key": components["parameters"]["RequiredIdempotencyKey"];
            };
            path: {
                /** @description The batch */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "23f794aa-587f-7a9b-8e37-18179767e66c",
                     *       "currency": "USD",
                     *       "status": "text",
                     *       "amount": 1250,
                     *       "payouts": 3,
                     *       "approvalAbove": 1250,
                     *       "madeBy": "14a21a03-7274-787d-8407-2c3089e06028",
                     *       "madeAt": "2026-03-01T12:00:00.000Z",
                     *       "expiresAt": "2026-03-01T12:00:00.000Z",
                     *       "approvedBy": "516ec526-10be-7164-80f6-b8577d4161ec",
                     *       "approvedAt": "2026-03-01T12:00:00.000Z",
                     *       "decisionReason": null,
                     *       "releasedAt": "2026-03-01T12:00:00.000Z",
                     *       "closedAt": "2026-03-01T12:00:00.000Z",
                     *       "finishedAt": "2026-03-01T12:00:00.000Z",
                     *       "counts": [
                     *         {
                     *           "status": "text",
                     *           "count": 3,
                     *           "amount": 1250
                     *         }
                     *       ],
                     *       "processed": 3,
                     *       "held": [
                     *         {
                     *           "payoutId": "c97fe84a-5340-7259-81df-cf35bce9f786",
                     *           "code": "ada-writes",
                     *           "reason": "As agreed by telephone"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ReleasedPayoutBatch"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    cancelPayoutBatch: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The batch */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Payouts of one currency that are approved and released together */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "23f794aa-587f-7a9b-8e37-18179767e66c",
                     *       "currency": "USD",
                     *       "status": "text",
                     *       "amount": 1250,
                     *       "payouts": 3,
                     *       "approvalAbove": 1250,
                     *       "madeBy": "14a21a03-7274-787d-8407-2c3089e06028",
                     *       "madeAt": "2026-03-01T12:00:00.000Z",
                     *       "expiresAt": "2026-03-01T12:00:00.000Z",
                     *       "approvedBy": "516ec526-10be-7164-80f6-b8577d4161ec",
                     *       "approvedAt": "2026-03-01T12:00:00.000Z",
                     *       "decisionReason": null,
                     *       "releasedAt": "2026-03-01T12:00:00.000Z",
                     *       "closedAt": "2026-03-01T12:00:00.000Z",
                     *       "finishedAt": "2026-03-01T12:00:00.000Z",
                     *       "counts": [
                     *         {
                     *           "status": "text",
                     *           "count": 3,
                     *           "amount": 1250
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PayoutBatch"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getPayoutStatement: {
        parameters: {
            query?: {
                /** @description PDF when not given */
                format?: "pdf" | "csv";
            };
            header?: never;
            path: {
                /** @description The payout */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The statement */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                    "text/csv": string;
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getAnyPayoutStatement: {
        parameters: {
            query?: {
                /** @description PDF when not given */
                format?: "pdf" | "csv";
            };
            header?: never;
            path: {
                /** @description The payout */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The statement */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                    "text/csv": string;
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getPayoutHistory: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "requestedAt" | "-requestedAt" | "amount" | "-amount";
                /** @description `pending` waits for release; `processing` is with the provider; `completed` has been transferred */
                status?: "pending" | "processing" | "completed" | "failed" | "cancelled";
                /**
                 * @description ISO 4217 code
                 * @example USD
                 */
                currency?: string;
                /**
                 * @description Requested at or after
                 * @example 2026-03-01T12:00:00Z
                 */
                from?: string;
                /**
                 * @description Requested before
                 * @example 2026-03-01T12:00:00Z
                 */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "8dc1c5dd-1523-78ca-8d88-30825a1bb723",
                     *           "partnerId": "f0a8796b-a9ef-7b2b-8b3e-ae5f9aa74951",
                     *           "amount": 1250,
                     *           "currency": "USD",
                     *           "fee": 0,
                     *           "taxWithheld": 0,
                     *           "operatorFee": 1250,
                     *           "netAmount": 1250,
                     *           "paymentMethod": "stripe_connect",
                     *           "status": "pending",
                     *           "bankStatus": null,
                     *           "failureCode": null,
                     *           "batchId": "519ae637-e8f1-7fa9-8806-d607ad69c4ac",
                     *           "requestedBy": "partner",
                     *           "requestedAt": "2026-03-01T12:00:00.000Z",
                     *           "processedAt": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Payout"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    requestPayout: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Required, since money moves. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key": components["parameters"]["RequiredIdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currency": "USD",
                 *       "amount": 12500
                 *     }
                 */
                "application/json": {
                    /**
                     * @description ISO 4217 code
                     * @example USD
                     */
                    currency: string;
                    /**
                     * @description How much; everything available when not given, in minor units
                     * @example 12500
                     */
                    amount?: number;
                };
            };
        };
        responses: {
            /** @description A payment of balance to a partner */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "8dc1c5dd-1523-78ca-8d88-30825a1bb723",
                     *       "partnerId": "f0a8796b-a9ef-7b2b-8b3e-ae5f9aa74951",
                     *       "amount": 1250,
                     *       "currency": "USD",
                     *       "fee": 0,
                     *       "taxWithheld": 0,
                     *       "operatorFee": 1250,
                     *       "netAmount": 1250,
                     *       "paymentMethod": "stripe_connect",
                     *       "status": "pending",
                     *       "bankStatus": null,
                     *       "failureCode": null,
                     *       "batchId": "519ae637-e8f1-7fa9-8806-d607ad69c4ac",
                     *       "requestedBy": "partner",
                     *       "requestedAt": "2026-03-01T12:00:00.000Z",
                     *       "processedAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Payout"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getPayout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The payout */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "8dc1c5dd-1523-78ca-8d88-30825a1bb723",
                     *       "partnerId": "f0a8796b-a9ef-7b2b-8b3e-ae5f9aa74951",
                     *       "amount": 1250,
                     *       "currency": "USD",
                     *       "fee": 0,
                     *       "taxWithheld": 0,
                     *       "operatorFee": 1250,
                     *       "netAmount": 1250,
                     *       "paymentMethod": "stripe_connect",
                     *       "status": "pending",
                     *       "bankStatus": null,
                     *       "failureCode": null,
                     *       "batchId": "519ae637-e8f1-7fa9-8806-d607ad69c4ac",
                     *       "requestedBy": "partner",
                     *       "requestedAt": "2026-03-01T12:00:00.000Z",
                     *       "processedAt": "2026-03-01T12:00:00.000Z",
                     *       "items": [
                     *         {
                     *           "line": 3,
                     *           "kind": "text",
                     *           "commissionId": "06ac49a8-d96a-70d6-8c88-6301d8d58481",
                     *           "amount": 1250,
                     *           "state": "reserved"
                     *         }
                     *       ],
                     *       "transfers": [
                     *         {
                     *           "attempt": 3,
                     *           "provider": "text",
                     *           "status": "created",
                     *           "transferId": null,
                     *           "errorCode": null,
                     *           "sentAt": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PayoutDetail"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    cancelPayout: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The payout */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A payment of balance to a partner */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "8dc1c5dd-1523-78ca-8d88-30825a1bb723",
                     *       "partnerId": "f0a8796b-a9ef-7b2b-8b3e-ae5f9aa74951",
                     *       "amount": 1250,
                     *       "currency": "USD",
                     *       "fee": 0,
                     *       "taxWithheld": 0,
                     *       "operatorFee": 1250,
                     *       "netAmount": 1250,
                     *       "paymentMethod": "stripe_connect",
                     *       "status": "pending",
                     *       "bankStatus": null,
                     *       "failureCode": null,
                     *       "batchId": "519ae637-e8f1-7fa9-8806-d607ad69c4ac",
                     *       "requestedBy": "partner",
                     *       "requestedAt": "2026-03-01T12:00:00.000Z",
                     *       "processedAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Payout"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getPaymentMethod: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "bae5bd51-f2c2-7803-8e0a-2dbd528b5205",
                     *       "kind": "text",
                     *       "summary": "text",
                     *       "status": "incomplete",
                     *       "statusReason": null,
                     *       "onboardingUrl": null,
                     *       "updatedAt": "2026-03-01T12:00:00.000Z",
                     *       "usableAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["PaymentMethod"] | null;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    updatePaymentMethod: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "stripe_connect",
                 *       "country": "US"
                 *     }
                 */
                "application/json": {
                    /** @enum {string} */
                    kind: "stripe_connect";
                    /** @description ISO 3166 country of the partner */
                    country: string;
                } | {
                    /** @enum {string} */
                    kind: "bank_file";
                    holder: string;
                    iban?: string;
                    accountNumber?: string;
                    /** @description Routing number, sort code or BIC */
                    bankCode?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "bae5bd51-f2c2-7803-8e0a-2dbd528b5205",
                     *       "kind": "text",
                     *       "summary": "text",
                     *       "status": "incomplete",
                     *       "statusReason": null,
                     *       "onboardingUrl": null,
                     *       "updatedAt": "2026-03-01T12:00:00.000Z",
                     *       "usableAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["PaymentMethod"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getPayoutSchedules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "currency": "USD",
                     *           "every": "week",
                     *           "day": 3,
                     *           "minimum": 1250,
                     *           "isEnabled": true,
                     *           "nextDueOn": "2026-03-01",
                     *           "nextRunAt": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["AutoPayout"][];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    scheduleAutoPayout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "currency": "USD",
                 *       "every": "month",
                 *       "day": 31,
                 *       "minimum": 10000,
                 *       "isEnabled": true
                 *     }
                 */
                "application/json": {
                    /**
                     * @description ISO 4217 code
                     * @example USD
                     */
                    currency: string;
                    /**
                     * @description `amount`: each day on which at least `minimum` is available
                     * @enum {unknown}
                     */
                    every: "week" | "fortnight" | "month" | "amount";
                    /** @description Of the week, 1 is Monday; of the month, where one that it lacks is its last */
                    day?: number;
                    /** @description Pay only when at least this much is available, in minor units */
                    minimum?: number;
                    isEnabled: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "currency": "USD",
                     *       "every": "week",
                     *       "day": 3,
                     *       "minimum": 1250,
                     *       "isEnabled": true,
                     *       "nextDueOn": "2026-03-01",
                     *       "nextRunAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["AutoPayout"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listRevenueSources: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "createdAt" | "-createdAt";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "7201fe47-c3f5-774d-80fa-4b95531e80e3",
                     *           "kind": "stripe",
                     *           "name": "Ada Lovelace",
                     *           "path": "body.amount",
                     *           "isEnabled": true,
                     *           "hasSecret": true,
                     *           "previousSecretUntil": "2026-03-01T12:00:00.000Z",
                     *           "lastHeardAt": "2026-03-01T12:00:00.000Z",
                     *           "createdAt": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: {
                            /**
                             * Format: uuid
                             * @description Of the source
                             */
                            id: string;
                            /**
                             * @description `stripe`: webhooks of Stripe Billing. `generic`: any other system, through `POST /api/v1/intake/{sourceId}`
                             * @enum {unknown}
                             */
                            kind: "stripe" | "generic";
                            name: string;
                            /** @description Where its messages go, below your address */
                            path: string;
                            isEnabled: boolean;
                            /** @description False until Stripe's signing secret is given: then nothing is let in */
                            hasSecret: boolean;
                            previousSecretUntil: string | null;
                            lastHeardAt: string | null;
                            /**
                             * Format: date-time
                             * @description When it was connected
                             * @example 2026-03-01T12:00:00.000Z
                             */
                            createdAt: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    createRevenueSource: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description As everywhere, but the answer holds a secret and is never kept: a repeated request says so instead.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["SecretIdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "generic",
                 *       "name": "Paddle"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description `stripe`: webhooks of Stripe Billing. `generic`: any other system, through `POST /api/v1/intake/{sourceId}`
                     * @enum {unknown}
                     */
                    kind: "stripe" | "generic";
                    /** @description What you call it */
                    name: string;
                    /** @description Of a Stripe source: the signing secret that Stripe shows for its endpoint */
                    signingSecret?: string;
                };
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7201fe47-c3f5-774d-80fa-4b95531e80e3",
                     *       "kind": "stripe",
                     *       "name": "Ada Lovelace",
                     *       "path": "body.amount",
                     *       "isEnabled": true,
                     *       "hasSecret": true,
                     *       "previousSecretUntil": "2026-03-01T12:00:00.000Z",
                     *       "lastHeardAt": "2026-03-01T12:00:00.000Z",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "signingSecret": null
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description Of the source
                         */
                        id: string;
                        /**
                         * @description `stripe`: webhooks of Stripe Billing. `generic`: any other system, through `POST /api/v1/intake/{sourceId}`
                         * @enum {unknown}
                         */
                        kind: "stripe" | "generic";
                        name: string;
                        /** @description Where its messages go, below your address */
                        path: string;
                        isEnabled: boolean;
                        /** @description False until Stripe's signing secret is given: then nothing is let in */
                        hasSecret: boolean;
                        previousSecretUntil: string | null;
                        lastHeardAt: string | null;
                        /**
                         * Format: date-time
                         * @description When it was connected
                         * @example 2026-03-01T12:00:00.000Z
                         */
                        createdAt: string;
                        signingSecret: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    rotateRevenueSourceSecret: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description As everywhere, but the answer holds a secret and is never kept: a repeated request says so instead.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["SecretIdempotencyKey"];
            };
            path: {
                /** @description Of the source */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "overlapHours": 24
                 *     }
                 */
                "application/json": {
                    /** @description Of a Stripe source: the signing secret that Stripe shows for its endpoint */
                    signingSecret?: string;
                    /**
                     * @description How long the secret before stays good beside the new one
                     * @default 24
                     */
                    overlapHours?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7201fe47-c3f5-774d-80fa-4b95531e80e3",
                     *       "kind": "stripe",
                     *       "name": "Ada Lovelace",
                     *       "path": "body.amount",
                     *       "isEnabled": true,
                     *       "hasSecret": true,
                     *       "previousSecretUntil": "2026-03-01T12:00:00.000Z",
                     *       "lastHeardAt": "2026-03-01T12:00:00.000Z",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "signingSecret": null
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description Of the source
                         */
                        id: string;
                        /**
                         * @description `stripe`: webhooks of Stripe Billing. `generic`: any other system, through `POST /api/v1/intake/{sourceId}`
                         * @enum {unknown}
                         */
                        kind: "stripe" | "generic";
                        name: string;
                        /** @description Where its messages go, below your address */
                        path: string;
                        isEnabled: boolean;
                        /** @description False until Stripe's signing secret is given: then nothing is let in */
                        hasSecret: boolean;
                        previousSecretUntil: string | null;
                        lastHeardAt: string | null;
                        /**
                         * Format: date-time
                         * @description When it was connected
                         * @example 2026-03-01T12:00:00.000Z
                         */
                        createdAt: string;
                        signingSecret: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    updateRevenueSource: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the source */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "isEnabled": false
                 *     }
                 */
                "application/json": {
                    /** @description What you call it */
                    name?: string;
                    /** @description False: its messages are refused */
                    isEnabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7201fe47-c3f5-774d-80fa-4b95531e80e3",
                     *       "kind": "stripe",
                     *       "name": "Ada Lovelace",
                     *       "path": "body.amount",
                     *       "isEnabled": true,
                     *       "hasSecret": true,
                     *       "previousSecretUntil": "2026-03-01T12:00:00.000Z",
                     *       "lastHeardAt": "2026-03-01T12:00:00.000Z",
                     *       "createdAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": {
                        /**
                         * Format: uuid
                         * @description Of the source
                         */
                        id: string;
                        /**
                         * @description `stripe`: webhooks of Stripe Billing. `generic`: any other system, through `POST /api/v1/intake/{sourceId}`
                         * @enum {unknown}
                         */
                        kind: "stripe" | "generic";
                        name: string;
                        /** @description Where its messages go, below your address */
                        path: string;
                        isEnabled: boolean;
                        /** @description False until Stripe's signing secret is given: then nothing is let in */
                        hasSecret: boolean;
                        previousSecretUntil: string | null;
                        lastHeardAt: string | null;
                        /**
                         * Format: date-time
                         * @description When it was connected
                         * @example 2026-03-01T12:00:00.000Z
                         */
                        createdAt: string;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listUnmatchedRevenue: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "occurredAt" | "-occurredAt";
                /** @description Of a source */
                sourceId?: string;
                status?: "waiting" | "refused" | "notice";
                /** @description One reason alone */
                reason?: string;
                /**
                 * @description ISO 4217 code
                 * @example USD
                 */
                currency?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "7c5a36ea-c78a-7dac-8cc2-a3410447eae1",
                     *           "sourceId": "fa5f25f3-566d-7f0c-84b4-5c8ef4fbb149",
                     *           "externalId": "customer-1042",
                     *           "kind": "payment",
                     *           "amount": 1250,
                     *           "currency": "USD",
                     *           "tax": 1250,
                     *           "occurredAt": "2026-03-01T12:00:00.000Z",
                     *           "receivedAt": "2026-03-01T12:00:00.000Z",
                     *           "status": "waiting",
                     *           "reason": "As agreed by telephone",
                     *           "customerExternalId": null,
                     *           "providerCustomerId": null,
                     *           "email": "ada@example.com"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: {
                            /**
                             * Format: uuid
                             * @description Of this entry
                             */
                            id: string;
                            /**
                             * Format: uuid
                             * @description Of the source that told of it
                             */
                            sourceId: string;
                            /** @description The name of the transaction that it becomes */
                            externalId: string;
                            /**
                             * @description `payment`: revenue of an invoice or a one-off. `card`: card or crypto volume. `refund`, `chargeback`: take back part or all of one of these. `chargeback_won`: gives back what a chargeback took.
                             * @enum {unknown}
                             */
                            kind: "payment" | "card" | "refund" | "chargeback" | "chargeback_won";
                            /** @description Gross amount, in minor units */
                            amount: number;
                            /**
                             * @description ISO 4217 code
                             * @example USD
                             */
                            currency: string;
                            /** @description Tax contained in the amount, in minor units */
                            tax: number;
                            /**
                             * Format: date-time
                             * @description When it happened
                             * @example 2026-03-01T12:00:00.000Z
                             */
                            occurredAt: string;
                            /**
                             * Format: date-time
                             * @description When it was told
                             * @example 2026-03-01T12:00:00.000Z
                             */
                            receivedAt: string;
                            /** @description `waiting`: recorded as soon as it can be. `refused`: by the rules of transactions. `notice`: to be looked at */
                            status: string;
                            /** @description `customer_unknown`, `customer_unnamed`, `email_ambiguous`, `payment_unknown`, `original_missing`; of a notice `refunds_untold` or `refund_failed`; or the code of the refusal */
                            reason: string;
                            customerExternalId: string | null;
                            providerCustomerId: string | null;
                            email: string | null;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listInboxFailures: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "receivedAt" | "-receivedAt";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "ae050f4e-6fca-7623-82d6-6eb920cdabe2",
                     *           "source": "text",
                     *           "externalId": "customer-1042",
                     *           "type": "text",
                     *           "receivedAt": "2026-03-01T12:00:00.000Z",
                     *           "failure": "text"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: {
                            /**
                             * Format: uuid
                             * @description Of the message
                             */
                            id: string;
                            /** @description Who sent it */
                            source: string;
                            /** @description The sender's name for it */
                            externalId: string;
                            type: string;
                            /**
                             * Format: date-time
                             * @description When it came first
                             * @example 2026-03-01T12:00:00.000Z
                             */
                            receivedAt: string;
                            /** @description Why the last attempt failed; it is tried again by itself */
                            failure: string;
                        }[];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listTickets: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "updatedAt" | "-updatedAt" | "openedAt" | "-openedAt";
                /** @description `open`: the team is to answer; `waiting`: the partner is; `solved`: a message opens it again; `closed`: for good */
                status?: "open" | "waiting" | "solved" | "closed";
                /** @description About this commission, payout or referral */
                objectId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "b367e0c5-f1a8-7a47-85fc-838e4103118b",
                     *           "partnerId": "f95e8126-ff28-71ed-82f2-b499165227d7",
                     *           "subject": "A commission is missing",
                     *           "status": "open",
                     *           "object": {
                     *             "type": "commission",
                     *             "id": "79a94cf9-55d1-7881-8613-f655620738d8"
                     *           },
                     *           "openedAt": "2026-03-01T12:00:00.000Z",
                     *           "updatedAt": "2026-03-01T12:00:00.000Z",
                     *           "solvedAt": "2026-03-01T12:00:00.000Z",
                     *           "closedAt": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["Ticket"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    openTicket: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "subject": "A commission is missing",
                 *       "message": "The sale of 3 March is not listed.",
                 *       "object": {
                 *         "type": "commission",
                 *         "id": "0190f1a2-9b10-7e21-8d33-1a2b3c4d5e6f"
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description What it is about, in a line */
                    subject: string;
                    /** @description Plain text */
                    message: string;
                    /** @description Up to three files */
                    files?: {
                        /** @description What it is called; it is kept without folders and signs */
                        name: string;
                        /** @description Its bytes as base64: at most 2 MiB of PNG, JPEG, GIF, WebP, PDF or plain text */
                        content: string;
                    }[];
                    /** @description What it is about */
                    object?: {
                        /** @enum {unknown} */
                        type: "commission" | "payout" | "referral";
                        /**
                         * Format: uuid
                         * @description The commission, payout or referral
                         */
                        id: string;
                    };
                };
            };
        };
        responses: {
            /** @description A question and its answers */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "b367e0c5-f1a8-7a47-85fc-838e4103118b",
                     *       "partnerId": "f95e8126-ff28-71ed-82f2-b499165227d7",
                     *       "subject": "A commission is missing",
                     *       "status": "open",
                     *       "object": {
                     *         "type": "commission",
                     *         "id": "79a94cf9-55d1-7881-8613-f655620738d8"
                     *       },
                     *       "openedAt": "2026-03-01T12:00:00.000Z",
                     *       "updatedAt": "2026-03-01T12:00:00.000Z",
                     *       "solvedAt": "2026-03-01T12:00:00.000Z",
                     *       "closedAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ticket */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "b367e0c5-f1a8-7a47-85fc-838e4103118b",
                     *       "partnerId": "f95e8126-ff28-71ed-82f2-b499165227d7",
                     *       "subject": "A commission is missing",
                     *       "status": "open",
                     *       "object": {
                     *         "type": "commission",
                     *         "id": "79a94cf9-55d1-7881-8613-f655620738d8"
                     *       },
                     *       "openedAt": "2026-03-01T12:00:00.000Z",
                     *       "updatedAt": "2026-03-01T12:00:00.000Z",
                     *       "solvedAt": "2026-03-01T12:00:00.000Z",
                     *       "closedAt": "2026-03-01T12:00:00.000Z",
                     *       "messages": [
                     *         {
                     *           "id": "3f7b4597-bf02-787c-86bf-20d74c9196f6",
                     *           "author": "partner",
                     *           "body": "The sale of 3 March is not listed.",
                     *           "sentAt": "2026-03-01T12:00:00.000Z",
                     *           "files": [
                     *             {
                     *               "id": "d79f8eae-b0f3-7c4a-8594-9e226e00a7f7",
                     *               "name": "receipt.pdf",
                     *               "mediaType": "application/pdf",
                     *               "size": 48213
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TicketDetail"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    answerTicket: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The ticket */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "message": "It is listed now. Thank you."
                 *     }
                 */
                "application/json": {
                    /** @description Plain text */
                    message: string;
                    /** @description Up to three files */
                    files?: {
                        /** @description What it is called; it is kept without folders and signs */
                        name: string;
                        /** @description Its bytes as base64: at most 2 MiB of PNG, JPEG, GIF, WebP, PDF or plain text */
                        content: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "3f7b4597-bf02-787c-86bf-20d74c9196f6",
                     *       "author": "partner",
                     *       "body": "The sale of 3 March is not listed.",
                     *       "sentAt": "2026-03-01T12:00:00.000Z",
                     *       "files": [
                     *         {
                     *           "id": "d79f8eae-b0f3-7c4a-8594-9e226e00a7f7",
                     *           "name": "receipt.pdf",
                     *           "mediaType": "application/pdf",
                     *           "size": 48213
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TicketMessage"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    solveTicket: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The ticket */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A question and its answers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "b367e0c5-f1a8-7a47-85fc-838e4103118b",
                     *       "partnerId": "f95e8126-ff28-71ed-82f2-b499165227d7",
                     *       "subject": "A commission is missing",
                     *       "status": "open",
                     *       "object": {
                     *         "type": "commission",
                     *         "id": "79a94cf9-55d1-7881-8613-f655620738d8"
                     *       },
                     *       "openedAt": "2026-03-01T12:00:00.000Z",
                     *       "updatedAt": "2026-03-01T12:00:00.000Z",
                     *       "solvedAt": "2026-03-01T12:00:00.000Z",
                     *       "closedAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Ticket"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getTicketFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The file */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file, to be kept and not shown */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listAllTickets: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "updatedAt" | "-updatedAt" | "openedAt" | "-openedAt";
                /** @description `open`: the team is to answer; `waiting`: the partner is; `solved`: a message opens it again; `closed`: for good */
                status?: "open" | "waiting" | "solved" | "closed";
                /** @description About this commission, payout or referral */
                objectId?: string;
                /** @description One partner's */
                partnerId?: string;
                /** @description Those that this member of the team has */
                assignedTo?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "b367e0c5-f1a8-7a47-85fc-838e4103118b",
                     *           "partnerId": "f95e8126-ff28-71ed-82f2-b499165227d7",
                     *           "subject": "A commission is missing",
                     *           "status": "open",
                     *           "object": {
                     *             "type": "commission",
                     *             "id": "79a94cf9-55d1-7881-8613-f655620738d8"
                     *           },
                     *           "openedAt": "2026-03-01T12:00:00.000Z",
                     *           "updatedAt": "2026-03-01T12:00:00.000Z",
                     *           "solvedAt": "2026-03-01T12:00:00.000Z",
                     *           "closedAt": "2026-03-01T12:00:00.000Z",
                     *           "assignedTo": "395ec3f3-6a3d-74df-8c65-91eed90816b2"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["OperatorTicket"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    openTicketFor: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "partnerId": "0190f1a2-7c3d-7b1e-8a55-3f1f0b6f2c11",
                 *       "subject": "A commission is missing",
                 *       "message": "The sale of 3 March is not listed.",
                 *       "object": {
                 *         "type": "commission",
                 *         "id": "0190f1a2-9b10-7e21-8d33-1a2b3c4d5e6f"
                 *       }
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description Who is asked
                     */
                    partnerId: string;
                    /** @description What it is about, in a line */
                    subject: string;
                    /** @description Plain text */
                    message: string;
                    /** @description Up to three files */
                    files?: {
                        /** @description What it is called; it is kept without folders and signs */
                        name: string;
                        /** @description Its bytes as base64: at most 2 MiB of PNG, JPEG, GIF, WebP, PDF or plain text */
                        content: string;
                    }[];
                    /** @description What it is about */
                    object?: {
                        /** @enum {unknown} */
                        type: "commission" | "payout" | "referral";
                        /**
                         * Format: uuid
                         * @description The commission, payout or referral
                         */
                        id: string;
                    };
                };
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "b367e0c5-f1a8-7a47-85fc-838e4103118b",
                     *       "partnerId": "f95e8126-ff28-71ed-82f2-b499165227d7",
                     *       "subject": "A commission is missing",
                     *       "status": "open",
                     *       "object": {
                     *         "type": "commission",
                     *         "id": "79a94cf9-55d1-7881-8613-f655620738d8"
                     *       },
                     *       "openedAt": "2026-03-01T12:00:00.000Z",
                     *       "updatedAt": "2026-03-01T12:00:00.000Z",
                     *       "solvedAt": "2026-03-01T12:00:00.000Z",
                     *       "closedAt": "2026-03-01T12:00:00.000Z",
                     *       "assignedTo": "395ec3f3-6a3d-74df-8c65-91eed90816b2"
                     *     }
                     */
                    "application/json": components["schemas"]["OperatorTicket"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getTicketFor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ticket */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "b367e0c5-f1a8-7a47-85fc-838e4103118b",
                     *       "partnerId": "f95e8126-ff28-71ed-82f2-b499165227d7",
                     *       "subject": "A commission is missing",
                     *       "status": "open",
                     *       "object": {
                     *         "type": "commission",
                     *         "id": "79a94cf9-55d1-7881-8613-f655620738d8"
                     *       },
                     *       "openedAt": "2026-03-01T12:00:00.000Z",
                     *       "updatedAt": "2026-03-01T12:00:00.000Z",
                     *       "solvedAt": "2026-03-01T12:00:00.000Z",
                     *       "closedAt": "2026-03-01T12:00:00.000Z",
                     *       "assignedTo": "395ec3f3-6a3d-74df-8c65-91eed90816b2",
                     *       "messages": [
                     *         {
                     *           "id": "3f7b4597-bf02-787c-86bf-20d74c9196f6",
                     *           "author": "partner",
                     *           "body": "The sale of 3 March is not listed.",
                     *           "sentAt": "2026-03-01T12:00:00.000Z",
                     *           "files": [
                     *             {
                     *               "id": "d79f8eae-b0f3-7c4a-8594-9e226e00a7f7",
                     *               "name": "receipt.pdf",
                     *               "mediaType": "application/pdf",
                     *               "size": 48213
                     *             }
                     *           ],
                     *           "authorId": "ed7c11a7-d914-7c4b-8b28-4f126668e256",
                     *           "isInternal": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["OperatorTicketDetail"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    changeTicket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The ticket */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "status": "solved"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Where to move it; `waiting` follows from an answer
                     * @enum {unknown}
                     */
                    status?: "open" | "solved" | "closed";
                    assignedTo?: string | null;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "b367e0c5-f1a8-7a47-85fc-838e4103118b",
                     *       "partnerId": "f95e8126-ff28-71ed-82f2-b499165227d7",
                     *       "subject": "A commission is missing",
                     *       "status": "open",
                     *       "object": {
                     *         "type": "commission",
                     *         "id": "79a94cf9-55d1-7881-8613-f655620738d8"
                     *       },
                     *       "openedAt": "2026-03-01T12:00:00.000Z",
                     *       "updatedAt": "2026-03-01T12:00:00.000Z",
                     *       "solvedAt": "2026-03-01T12:00:00.000Z",
                     *       "closedAt": "2026-03-01T12:00:00.000Z",
                     *       "assignedTo": "395ec3f3-6a3d-74df-8c65-91eed90816b2"
                     *     }
                     */
                    "application/json": components["schemas"]["OperatorTicket"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    answerTicketFor: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description The ticket */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "message": "It came in late; it is listed now."
                 *     }
                 */
                "application/json": {
                    /** @description Plain text */
                    message: string;
                    /** @description Up to three files */
                    files?: {
                        /** @description What it is called; it is kept without folders and signs */
                        name: string;
                        /** @description Its bytes as base64: at most 2 MiB of PNG, JPEG, GIF, WebP, PDF or plain text */
                        content: string;
                    }[];
                    /** @description A note of the team: the partner never sees it, nor is told */
                    isInternal?: boolean;
                };
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "3f7b4597-bf02-787c-86bf-20d74c9196f6",
                     *       "author": "partner",
                     *       "body": "The sale of 3 March is not listed.",
                     *       "sentAt": "2026-03-01T12:00:00.000Z",
                     *       "files": [
                     *         {
                     *           "id": "d79f8eae-b0f3-7c4a-8594-9e226e00a7f7",
                     *           "name": "receipt.pdf",
                     *           "mediaType": "application/pdf",
                     *           "size": 48213
                     *         }
                     *       ],
                     *       "authorId": "ed7c11a7-d914-7c4b-8b28-4f126668e256",
                     *       "isInternal": true
                     *     }
                     */
                    "application/json": components["schemas"]["OperatorTicketMessage"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getTicketFileFor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The file */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file, to be kept and not shown */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getDashboardOverview: {
        parameters: {
            query?: {
                /** @description A named period that ends today; 30d when nothing is given */
                period?: "today" | "yesterday" | "7d" | "30d" | "90d" | "12m" | "this_month" | "last_month" | "this_year" | "last_year";
                /**
                 * @description First day, in the programme's time zone; with `to`, instead of `period`
                 * @example 2026-03-01
                 */
                from?: string;
                /**
                 * @description Last day, included
                 * @example 2026-03-01
                 */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "period": {
                     *         "from": "2026-03-01",
                     *         "to": "2026-03-01",
                     *         "previous": {
                     *           "from": "2026-03-01",
                     *           "to": "2026-03-01"
                     *         },
                     *         "granularity": "day"
                     *       },
                     *       "timeZone": "Europe/Berlin",
                     *       "currency": "USD",
                     *       "upTo": "2026-03-01T12:00:00.000Z",
                     *       "totals": {
                     *         "counts": {
                     *           "clicks": {
                     *             "value": 3,
                     *             "previous": 3,
                     *             "change": 0.25
                     *           },
                     *           "signups": {
                     *             "value": 3,
                     *             "previous": 3,
                     *             "change": 0.25
                     *           },
                     *           "conversions": {
                     *             "value": 3,
                     *             "previous": 3,
                     *             "change": 0.25
                     *           },
                     *           "qualified": {
                     *             "value": 3,
                     *             "previous": 3,
                     *             "change": 0.25
                     *           },
                     *           "rejected": {
                     *             "value": 3,
                     *             "previous": 3,
                     *             "change": 0.25
                     *           }
                     *         },
                     *         "rates": {
                     *           "clickToSignup": 0.25,
                     *           "clickToConversion": 0.25,
                     *           "signupToConversion": 0.25,
                     *           "conversionToQualified": 0.25
                     *         },
                     *         "amounts": [
                     *           {
                     *             "currency": "USD",
                     *             "revenue": {
                     *               "value": 1250,
                     *               "previous": 1250,
                     *               "change": 0.25
                     *             },
                     *             "commissionEarned": {
                     *               "value": 1250,
                     *               "previous": 1250,
                     *               "change": 0.25
                     *             }
                     *           }
                     *         ],
                     *         "earningsPerHundredClicks": [
                     *           {
                     *             "currency": "USD",
                     *             "amount": 1250
                     *           }
                     *         ]
                     *       },
                     *       "today": {
                     *         "counts": {
                     *           "clicks": 3,
                     *           "repeatClicks": 3,
                     *           "signups": 3,
                     *           "conversions": 3,
                     *           "qualified": 3,
                     *           "rejected": 3
                     *         },
                     *         "amounts": [
                     *           {
                     *             "currency": "USD",
                     *             "revenue": 1250,
                     *             "payments": 1250,
                     *             "cardRevenue": 1250,
                     *             "refunds": 1250,
                     *             "chargebacks": 1250,
                     *             "chargebacksWon": 1250,
                     *             "cardVolume": 1250,
                     *             "commissionEarned": 1250,
                     *             "commissionSignup": 1250,
                     *             "commissionRecurring": 1250,
                     *             "commissionTransaction": 1250,
                     *             "commissionBonus": 1250
                     *           }
                     *         ]
                     *       },
                     *       "allTime": {
                     *         "counts": {
                     *           "clicks": 3,
                     *           "repeatClicks": 3,
                     *           "signups": 3,
                     *           "conversions": 3,
                     *           "qualified": 3,
                     *           "rejected": 3
                     *         },
                     *         "amounts": [
                     *           {
                     *             "currency": "USD",
                     *             "revenue": 1250,
                     *             "payments": 1250,
                     *             "cardRevenue": 1250,
                     *             "refunds": 1250,
                     *             "chargebacks": 1250,
                     *             "chargebacksWon": 1250,
                     *             "cardVolume": 1250,
                     *             "commissionEarned": 1250,
                     *             "commissionSignup": 1250,
                     *             "commissionRecurring": 1250,
                     *             "commissionTransaction": 1250,
                     *             "commissionBonus": 1250
                     *           }
                     *         ]
                     *       },
                     *       "balances": [
                     *         {
                     *           "currency": "USD",
                     *           "pending": 1250,
                     *           "available": 1250,
                     *           "disputed": 1250,
                     *           "inTransit": 1250,
                     *           "owed": 1250
                     *         }
                     *       ],
                     *       "topSources": [
                     *         {
                     *           "source": "click",
                     *           "linkId": "9dfe9fc2-a22a-713f-8f92-a9df3c84d9c8",
                     *           "couponId": "bc5c847a-0717-7d94-8824-489de92eb469",
                     *           "code": "ada-writes",
                     *           "campaign": "spring",
                     *           "counts": {
                     *             "clicks": 3,
                     *             "repeatClicks": 3,
                     *             "signups": 3,
                     *             "conversions": 3,
                     *             "qualified": 3,
                     *             "rejected": 3
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        period: {
                            /**
                             * Format: date
                             * @description First day
                             * @example 2026-03-01
                             */
                            from: string;
                            /**
                             * Format: date
                             * @description Last day, included
                             * @example 2026-03-01
                             */
                            to: string;
                            /** @description The days before, of equal number: what comparisons are with */
                            previous: {
                                /**
                                 * Format: date
                                 * @description First day
                                 * @example 2026-03-01
                                 */
                                from: string;
                                /**
                                 * Format: date
                                 * @description Last day
                                 * @example 2026-03-01
                                 */
                                to: string;
                            };
                            /** @enum {unknown} */
                            granularity: "day" | "week" | "month";
                        };
                        /**
                         * @description Days are cut in this zone
                         * @example Europe/Berlin
                         */
                        timeZone: string;
                        /**
                         * @description The programme's currency
                         * @example USD
                         */
                        currency: string;
                        upTo: string | null;
                        totals: {
                            counts: {
                                /** @description Clicks */
                                clicks: {
                                    /** @description Clicks */
                                    value: number;
                                    /** @description Clicks */
                                    previous: number;
                                    change: number | null;
                                };
                                /** @description Sign-ups */
                                signups: {
                                    /** @description Sign-ups */
                                    value: number;
                                    /** @description Sign-ups */
                                    previous: number;
                                    change: number | null;
                                };
                                /** @description Conversions */
                                conversions: {
                                    /** @description Conversions */
                                    value: number;
                                    /** @description Conversions */
                                    previous: number;
                                    change: number | null;
                                };
                                /** @description Qualified */
                                qualified: {
                                    /** @description Qualified */
                                    value: number;
                                    /** @description Qualified */
                                    previous: number;
                                    change: number | null;
                                };
                                /** @description Rejected */
                                rejected: {
                                    /** @description Rejected */
                                    value: number;
                                    /** @description Rejected */
                                    previous: number;
                                    change: number | null;
                                };
                            };
                            rates: {
                                clickToSignup: number | null;
                                clickToConversion: number | null;
                                signupToConversion: number | null;
                                conversionToQualified: number | null;
                            };
                            /** @description One for each currency; never added up */
                            amounts: {
                                /**
                                 * @description ISO 4217 code
                                 * @example USD
                                 */
                                currency: string;
                                /** @description Revenue */
                                revenue: {
                                    /** @description Revenue, in minor units */
                                    value: number;
                                    /** @description Revenue, in minor units */
                                    previous: number;
                                    change: number | null;
                                };
                                /** @description Commission earned */
                                commissionEarned: {
                                    /** @description Commission earned, in minor units */
                                    value: number;
                                    /** @description Commission earned, in minor units */
                                    previous: number;
                                    change: number | null;
                                };
                            }[];
                            /** @description Commission earned over clicks, times a hundred so that minor units do not swallow it; one for each currency, none where there were no clicks. Commissions count whatever tied their customer, a click or not */
                            earningsPerHundredClicks: {
                                /**
                                 * @description ISO 4217 code
                                 * @example USD
                                 */
                                currency: string;
                                /** @description Commission earned for each hundred clicks, in minor units */
                                amount: number;
                            }[];
                        };
                        today: {
                            counts: {
                                /** @description Clicks without robots and repeats */
                                clicks: number;
                                /** @description Clicks of the same visitor on the same link shortly after another; not among `clicks` */
                                repeatClicks: number;
                                /** @description Referrals that began */
                                signups: number;
                                /** @description Referrals that were tied to the partner, and not rejected since */
                                conversions: number;
                                /** @description Referrals whose customer has paid */
                                qualified: number;
                                /** @description Referrals that were rejected */
                                rejected: number;
                            };
                            /** @description One for each currency; never added up */
                            amounts: {
                                /**
                                 * @description ISO 4217 code
                                 * @example USD
                                 */
                                currency: string;
                                /** @description Payments and card revenue, less refunds and chargebacks, plus chargebacks won, in minor units */
                                revenue: number;
                                /** @description Payments without tax, in minor units */
                                payments: number;
                                /** @description Own revenue of card events, in minor units */
                                cardRevenue: number;
                                /** @description What refunds took back of these, on the day of the refund, in minor units */
                                refunds: number;
                                /** @description What chargebacks took back, in minor units */
                                chargebacks: number;
                                /** @description What chargebacks that were won gave back, in minor units */
                                chargebacksWon: number;
                                /** @description What customers moved by card; part of no sum, in minor units */
                                cardVolume: number;
                                /** @description Signup, recurring, transaction and bonus commissions, reversals taken off, cancelled ones and debts that were written off left out, in minor units */
                                commissionEarned: number;
                                /** @description Of type signup, in minor units */
                                commissionSignup: number;
                                /** @description Of type recurring, in minor units */
                                commissionRecurring: number;
                                /** @description Of type transaction, in minor units */
                                commissionTransaction: number;
                                /** @description Of type bonus, in minor units */
                                commissionBonus: number;
                            }[];
                        };
                        allTime: {
                            counts: {
                                /** @description Clicks without robots and repeats */
                                clicks: number;
                                /** @description Clicks of the same visitor on the same link shortly after another; not among `clicks` */
                                repeatClicks: number;
                                /** @description Referrals that began */
                                signups: number;
                                /** @description Referrals that were tied to the partner, and not rejected since */
                                conversions: number;
                                /** @description Referrals whose customer has paid */
                                qualified: number;
                                /** @description Referrals that were rejected */
                                rejected: number;
                            };
                            /** @description One for each currency; never added up */
                            amounts: {
                                /**
                                 * @description ISO 4217 code
                                 * @example USD
                                 */
                                currency: string;
                                /** @description Payments and card revenue, less refunds and chargebacks, plus chargebacks won, in minor units */
                                revenue: number;
                                /** @description Payments without tax, in minor units */
                                payments: number;
                                /** @description Own revenue of card events, in minor units */
                                cardRevenue: number;
                                /** @description What refunds took back of these, on the day of the refund, in minor units */
                                refunds: number;
                                /** @description What chargebacks took back, in minor units */
                                chargebacks: number;
                                /** @description What chargebacks that were won gave back, in minor units */
                                chargebacksWon: number;
                                /** @description What customers moved by card; part of no sum, in minor units */
                                cardVolume: number;
                                /** @description Signup, recurring, transaction and bonus commissions, reversals taken off, cancelled ones and debts that were written off left out, in minor units */
                                commissionEarned: number;
                                /** @description Of type signup, in minor units */
                                commissionSignup: number;
                                /** @description Of type recurring, in minor units */
                                commissionRecurring: number;
                                /** @description Of type transaction, in minor units */
                                commissionTransaction: number;
                                /** @description Of type bonus, in minor units */
                                commissionBonus: number;
                            }[];
                        };
                        /** @description From the books, as of now */
                        balances: {
                            /**
                             * @description ISO 4217 code
                             * @example USD
                             */
                            currency: string;
                            /** @description Earned, waits out refunds, in minor units */
                            pending: number;
                            /** @description Can be paid out, in minor units */
                            available: number;
                            /** @description Held by a dispute, in minor units */
                            disputed: number;
                            /** @description Being paid out, in minor units */
                            inTransit: number;
                            /** @description Taken back after it was paid; set off first, in minor units */
                            owed: number;
                        }[];
                        topSources: {
                            /** @description click, coupon, partner_api, manual, import; `rest` is the sum of what is not listed */
                            source: string;
                            linkId: string | null;
                            couponId: string | null;
                            code: string | null;
                            campaign: string | null;
                            counts: {
                                /** @description Clicks without robots and repeats */
                                clicks: number;
                                /** @description Clicks of the same visitor on the same link shortly after another; not among `clicks` */
                                repeatClicks: number;
                                /** @description Referrals that began */
                                signups: number;
                                /** @description Referrals that were tied to the partner, and not rejected since */
                                conversions: number;
                                /** @description Referrals whose customer has paid */
                                qualified: number;
                                /** @description Referrals that were rejected */
                                rejected: number;
                            };
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getPerformanceMetrics: {
        parameters: {
            query?: {
                /** @description A named period that ends today; 30d when nothing is given */
                period?: "today" | "yesterday" | "7d" | "30d" | "90d" | "12m" | "this_month" | "last_month" | "this_year" | "last_year";
                /**
                 * @description First day, in the programme's time zone; with `to`, instead of `period`
                 * @example 2026-03-01
                 */
                from?: string;
                /**
                 * @description Last day, included
                 * @example 2026-03-01
                 */
                to?: string;
                /** @description Steps of the series; by the period's length when not given. Weeks begin on Monday */
                granularity?: "day" | "week" | "month";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "period": {
                     *         "from": "2026-03-01",
                     *         "to": "2026-03-01",
                     *         "previous": {
                     *           "from": "2026-03-01",
                     *           "to": "2026-03-01"
                     *         },
                     *         "granularity": "day"
                     *       },
                     *       "timeZone": "Europe/Berlin",
                     *       "currency": "USD",
                     *       "upTo": "2026-03-01T12:00:00.000Z",
                     *       "totals": {
                     *         "counts": {
                     *           "clicks": {
                     *             "value": 3,
                     *             "previous": 3,
                     *             "change": 0.25
                     *           },
                     *           "signups": {
                     *             "value": 3,
                     *             "previous": 3,
                     *             "change": 0.25
                     *           },
                     *           "conversions": {
                     *             "value": 3,
                     *             "previous": 3,
                     *             "change": 0.25
                     *           },
                     *           "qualified": {
                     *             "value": 3,
                     *             "previous": 3,
                     *             "change": 0.25
                     *           },
                     *           "rejected": {
                     *             "value": 3,
                     *             "previous": 3,
                     *             "change": 0.25
                     *           }
                     *         },
                     *         "rates": {
                     *           "clickToSignup": 0.25,
                     *           "clickToConversion": 0.25,
                     *           "signupToConversion": 0.25,
                     *           "conversionToQualified": 0.25
                     *         },
                     *         "amounts": [
                     *           {
                     *             "currency": "USD",
                     *             "revenue": {
                     *               "value": 1250,
                     *               "previous": 1250,
                     *               "change": 0.25
                     *             },
                     *             "commissionEarned": {
                     *               "value": 1250,
                     *               "previous": 1250,
                     *               "change": 0.25
                     *             }
                     *           }
                     *         ],
                     *         "earningsPerHundredClicks": [
                     *           {
                     *             "currency": "USD",
                     *             "amount": 1250
                     *           }
                     *         ]
                     *       },
                     *       "series": [
                     *         {
                     *           "from": "2026-03-01",
                     *           "to": "2026-03-01",
                     *           "counts": {
                     *             "clicks": 3,
                     *             "repeatClicks": 3,
                     *             "signups": 3,
                     *             "conversions": 3,
                     *             "qualified": 3,
                     *             "rejected": 3
                     *           },
                     *           "amounts": [
                     *             {
                     *               "currency": "USD",
                     *               "revenue": 1250,
                     *               "payments": 1250,
                     *               "cardRevenue": 1250,
                     *               "refunds": 1250,
                     *               "chargebacks": 1250,
                     *               "chargebacksWon": 1250,
                     *               "cardVolume": 1250,
                     *               "commissionEarned": 1250,
                     *               "commissionSignup": 1250,
                     *               "commissionRecurring": 1250,
                     *               "commissionTransaction": 1250,
                     *               "commissionBonus": 1250
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        period: {
                            /**
                             * Format: date
                             * @description First day
                             * @example 2026-03-01
                             */
                            from: string;
                            /**
                             * Format: date
                             * @description Last day, included
                             * @example 2026-03-01
                             */
                            to: string;
                            /** @description The days before, of equal number: what comparisons are with */
                            previous: {
                                /**
                                 * Format: date
                                 * @description First day
                                 * @example 2026-03-01
                                 */
                                from: string;
                                /**
                                 * Format: date
                                 * @description Last day
                                 * @example 2026-03-01
                                 */
                                to: string;
                            };
                            /** @enum {unknown} */
                            granularity: "day" | "week" | "month";
                        };
                        /**
                         * @description Days are cut in this zone
                         * @example Europe/Berlin
                         */
                        timeZone: string;
                        /**
                         * @description The programme's currency
                         * @example USD
                         */
                        currency: string;
                        upTo: string | null;
                        totals: {
                            counts: {
                                /** @description Clicks */
                                clicks: {
                                    /** @description Clicks */
                                    value: number;
                                    /** @description Clicks */
                                    previous: number;
                                    change: number | null;
                                };
                                /** @description Sign-ups */
                                signups: {
                                    /** @description Sign-ups */
                                    value: number;
                                    /** @description Sign-ups */
                                    previous: number;
                                    change: number | null;
                                };
                                /** @description Conversions */
                                conversions: {
                                    /** @description Conversions */
                                    value: number;
                                    /** @description Conversions */
                                    previous: number;
                                    change: number | null;
                                };
                                /** @description Qualified */
                                qualified: {
                                    /** @description Qualified */
                                    value: number;
                                    /** @description Qualified */
                                    previous: number;
                                    change: number | null;
                                };
                                /** @description Rejected */
                                rejected: {
                                    /** @description Rejected */
                                    value: number;
                                    /** @description Rejected */
                                    previous: number;
                                    change: number | null;
                                };
                            };
                            rates: {
                                clickToSignup: number | null;
                                clickToConversion: number | null;
                                signupToConversion: number | null;
                                conversionToQualified: number | null;
                            };
                            /** @description One for each currency; never added up */
                            amounts: {
                                /**
                                 * @description ISO 4217 code
                                 * @example USD
                                 */
                                currency: string;
                                /** @description Revenue */
                                revenue: {
                                    /** @description Revenue, in minor units */
                                    value: number;
                                    /** @description Revenue, in minor units */
                                    previous: number;
                                    change: number | null;
                                };
                                /** @description Commission earned */
                                commissionEarned: {
                                    /** @description Commission earned, in minor units */
                                    value: number;
                                    /** @description Commission earned, in minor units */
                                    previous: number;
                                    change: number | null;
                                };
                            }[];
                            /** @description Commission earned over clicks, times a hundred so that minor units do not swallow it; one for each currency, none where there were no clicks. Commissions count whatever tied their customer, a click or not */
                            earningsPerHundredClicks: {
                                /**
                                 * @description ISO 4217 code
                                 * @example USD
                                 */
                                currency: string;
                                /** @description Commission earned for each hundred clicks, in minor units */
                                amount: number;
                            }[];
                        };
                        /** @description Every step of the period, empty ones too; adds up to the totals */
                        series: {
                            /**
                             * Format: date
                             * @description First day of the step
                             * @example 2026-03-01
                             */
                            from: string;
                            /**
                             * Format: date
                             * @description Last day of the step
                             * @example 2026-03-01
                             */
                            to: string;
                            counts: {
                                /** @description Clicks without robots and repeats */
                                clicks: number;
                                /** @description Clicks of the same visitor on the same link shortly after another; not among `clicks` */
                                repeatClicks: number;
                                /** @description Referrals that began */
                                signups: number;
                                /** @description Referrals that were tied to the partner, and not rejected since */
                                conversions: number;
                                /** @description Referrals whose customer has paid */
                                qualified: number;
                                /** @description Referrals that were rejected */
                                rejected: number;
                            };
                            /** @description One for each currency; never added up */
                            amounts: {
                                /**
                                 * @description ISO 4217 code
                                 * @example USD
                                 */
                                currency: string;
                                /** @description Payments and card revenue, less refunds and chargebacks, plus chargebacks won, in minor units */
                                revenue: number;
                                /** @description Payments without tax, in minor units */
                                payments: number;
                                /** @description Own revenue of card events, in minor units */
                                cardRevenue: number;
                                /** @description What refunds took back of these, on the day of the refund, in minor units */
                                refunds: number;
                                /** @description What chargebacks took back, in minor units */
                                chargebacks: number;
                                /** @description What chargebacks that were won gave back, in minor units */
                                chargebacksWon: number;
                                /** @description What customers moved by card; part of no sum, in minor units */
                                cardVolume: number;
                                /** @description Signup, recurring, transaction and bonus commissions, reversals taken off, cancelled ones and debts that were written off left out, in minor units */
                                commissionEarned: number;
                                /** @description Of type signup, in minor units */
                                commissionSignup: number;
                                /** @description Of type recurring, in minor units */
                                commissionRecurring: number;
                                /** @description Of type transaction, in minor units */
                                commissionTransaction: number;
                                /** @description Of type bonus, in minor units */
                                commissionBonus: number;
                            }[];
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getConversionFunnel: {
        parameters: {
            query?: {
                /** @description A named period that ends today; 30d when nothing is given */
                period?: "today" | "yesterday" | "7d" | "30d" | "90d" | "12m" | "this_month" | "last_month" | "this_year" | "last_year";
                /**
                 * @description First day, in the programme's time zone; with `to`, instead of `period`
                 * @example 2026-03-01
                 */
                from?: string;
                /**
                 * @description Last day, included
                 * @example 2026-03-01
                 */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "period": {
                     *         "from": "2026-03-01",
                     *         "to": "2026-03-01",
                     *         "previous": {
                     *           "from": "2026-03-01",
                     *           "to": "2026-03-01"
                     *         },
                     *         "granularity": "day"
                     *       },
                     *       "timeZone": "Europe/Berlin",
                     *       "currency": "USD",
                     *       "upTo": "2026-03-01T12:00:00.000Z",
                     *       "counts": {
                     *         "clicks": 3,
                     *         "repeatClicks": 3,
                     *         "signups": 3,
                     *         "conversions": 3,
                     *         "qualified": 3,
                     *         "rejected": 3
                     *       },
                     *       "comparison": {
                     *         "clicks": {
                     *           "value": 3,
                     *           "previous": 3,
                     *           "change": 0.25
                     *         },
                     *         "signups": {
                     *           "value": 3,
                     *           "previous": 3,
                     *           "change": 0.25
                     *         },
                     *         "conversions": {
                     *           "value": 3,
                     *           "previous": 3,
                     *           "change": 0.25
                     *         },
                     *         "qualified": {
                     *           "value": 3,
                     *           "previous": 3,
                     *           "change": 0.25
                     *         },
                     *         "rejected": {
                     *           "value": 3,
                     *           "previous": 3,
                     *           "change": 0.25
                     *         }
                     *       },
                     *       "rates": {
                     *         "clickToSignup": 0.25,
                     *         "clickToConversion": 0.25,
                     *         "signupToConversion": 0.25,
                     *         "conversionToQualified": 0.25
                     *       },
                     *       "times": [
                     *         {
                     *           "step": "click_to_signup",
                     *           "referrals": 3,
                     *           "lowerQuartileSeconds": 3,
                     *           "medianSeconds": 3,
                     *           "upperQuartileSeconds": 3,
                     *           "ninthDecileSeconds": 3
                     *         }
                     *       ],
                     *       "sources": [
                     *         {
                     *           "source": "click",
                     *           "linkId": "9dfe9fc2-a22a-713f-8f92-a9df3c84d9c8",
                     *           "couponId": "bc5c847a-0717-7d94-8824-489de92eb469",
                     *           "code": "ada-writes",
                     *           "campaign": "spring",
                     *           "counts": {
                     *             "clicks": 3,
                     *             "repeatClicks": 3,
                     *             "signups": 3,
                     *             "conversions": 3,
                     *             "qualified": 3,
                     *             "rejected": 3
                     *           },
                     *           "rates": {
                     *             "clickToSignup": 0.25,
                     *             "clickToConversion": 0.25,
                     *             "signupToConversion": 0.25,
                     *             "conversionToQualified": 0.25
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        period: {
                            /**
                             * Format: date
                             * @description First day
                             * @example 2026-03-01
                             */
                            from: string;
                            /**
                             * Format: date
                             * @description Last day, included
                             * @example 2026-03-01
                             */
                            to: string;
                            /** @description The days before, of equal number: what comparisons are with */
                            previous: {
                                /**
                                 * Format: date
                                 * @description First day
                                 * @example 2026-03-01
                                 */
                                from: string;
                                /**
                                 * Format: date
                                 * @description Last day
                                 * @example 2026-03-01
                                 */
                                to: string;
                            };
                            /** @enum {unknown} */
                            granularity: "day" | "week" | "month";
                        };
                        /**
                         * @description Days are cut in this zone
                         * @example Europe/Berlin
                         */
                        timeZone: string;
                        /**
                         * @description The programme's currency
                         * @example USD
                         */
                        currency: string;
                        upTo: string | null;
                        counts: {
                            /** @description Clicks without robots and repeats */
                            clicks: number;
                            /** @description Clicks of the same visitor on the same link shortly after another; not among `clicks` */
                            repeatClicks: number;
                            /** @description Referrals that began */
                            signups: number;
                            /** @description Referrals that were tied to the partner, and not rejected since */
                            conversions: number;
                            /** @description Referrals whose customer has paid */
                            qualified: number;
                            /** @description Referrals that were rejected */
                            rejected: number;
                        };
                        comparison: {
                            /** @description Clicks */
                            clicks: {
                                /** @description Clicks */
                                value: number;
                                /** @description Clicks */
                                previous: number;
                                change: number | null;
                            };
                            /** @description Sign-ups */
                            signups: {
                                /** @description Sign-ups */
                                value: number;
                                /** @description Sign-ups */
                                previous: number;
                                change: number | null;
                            };
                            /** @description Conversions */
                            conversions: {
                                /** @description Conversions */
                                value: number;
                                /** @description Conversions */
                                previous: number;
                                change: number | null;
                            };
                            /** @description Qualified */
                            qualified: {
                                /** @description Qualified */
                                value: number;
                                /** @description Qualified */
                                previous: number;
                                change: number | null;
                            };
                            /** @description Rejected */
                            rejected: {
                                /** @description Rejected */
                                value: number;
                                /** @description Rejected */
                                previous: number;
                                change: number | null;
                            };
                        };
                        rates: {
                            clickToSignup: number | null;
                            clickToConversion: number | null;
                            signupToConversion: number | null;
                            conversionToQualified: number | null;
                        };
                        /** @description How long it took from step to step */
                        times: {
                            /** @enum {unknown} */
                            step: "click_to_signup" | "signup_to_conversion" | "conversion_to_payment";
                            /** @description That reached the later step in the period, and have the earlier one */
                            referrals: number;
                            lowerQuartileSeconds: number | null;
                            medianSeconds: number | null;
                            upperQuartileSeconds: number | null;
                            ninthDecileSeconds: number | null;
                        }[];
                        /** @description Adds up to `counts` */
                        sources: {
                            /** @description click, coupon, partner_api, manual, import; `rest` is the sum of what is not listed */
                            source: string;
                            linkId: string | null;
                            couponId: string | null;
                            code: string | null;
                            campaign: string | null;
                            counts: {
                                /** @description Clicks without robots and repeats */
                                clicks: number;
                                /** @description Clicks of the same visitor on the same link shortly after another; not among `clicks` */
                                repeatClicks: number;
                                /** @description Referrals that began */
                                signups: number;
                                /** @description Referrals that were tied to the partner, and not rejected since */
                                conversions: number;
                                /** @description Referrals whose customer has paid */
                                qualified: number;
                                /** @description Referrals that were rejected */
                                rejected: number;
                            };
                            rates: {
                                clickToSignup: number | null;
                                clickToConversion: number | null;
                                signupToConversion: number | null;
                                conversionToQualified: number | null;
                            };
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getRevenueBreakdown: {
        parameters: {
            query?: {
                /** @description A named period that ends today; 30d when nothing is given */
                period?: "today" | "yesterday" | "7d" | "30d" | "90d" | "12m" | "this_month" | "last_month" | "this_year" | "last_year";
                /**
                 * @description First day, in the programme's time zone; with `to`, instead of `period`
                 * @example 2026-03-01
                 */
                from?: string;
                /**
                 * @description Last day, included
                 * @example 2026-03-01
                 */
                to?: string;
                /** @description Steps of the series; by the period's length when not given. Weeks begin on Monday */
                granularity?: "day" | "week" | "month";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "period": {
                     *         "from": "2026-03-01",
                     *         "to": "2026-03-01",
                     *         "previous": {
                     *           "from": "2026-03-01",
                     *           "to": "2026-03-01"
                     *         },
                     *         "granularity": "day"
                     *       },
                     *       "timeZone": "Europe/Berlin",
                     *       "currency": "USD",
                     *       "upTo": "2026-03-01T12:00:00.000Z",
                     *       "totals": [
                     *         {
                     *           "currency": "USD",
                     *           "revenue": 1250,
                     *           "payments": 1250,
                     *           "cardRevenue": 1250,
                     *           "refunds": 1250,
                     *           "chargebacks": 1250,
                     *           "chargebacksWon": 1250,
                     *           "cardVolume": 1250,
                     *           "commissionEarned": 1250,
                     *           "commissionSignup": 1250,
                     *           "commissionRecurring": 1250,
                     *           "commissionTransaction": 1250,
                     *           "commissionBonus": 1250
                     *         }
                     *       ],
                     *       "comparison": [
                     *         {
                     *           "currency": "USD",
                     *           "revenue": {
                     *             "value": 1250,
                     *             "previous": 1250,
                     *             "change": 0.25
                     *           },
                     *           "commissionEarned": {
                     *             "value": 1250,
                     *             "previous": 1250,
                     *             "change": 0.25
                     *           }
                     *         }
                     *       ],
                     *       "series": [
                     *         {
                     *           "from": "2026-03-01",
                     *           "to": "2026-03-01",
                     *           "amounts": [
                     *             {
                     *               "currency": "USD",
                     *               "revenue": 1250,
                     *               "payments": 1250,
                     *               "cardRevenue": 1250,
                     *               "refunds": 1250,
                     *               "chargebacks": 1250,
                     *               "chargebacksWon": 1250,
                     *               "cardVolume": 1250,
                     *               "commissionEarned": 1250,
                     *               "commissionSignup": 1250,
                     *               "commissionRecurring": 1250,
                     *               "commissionTransaction": 1250,
                     *               "commissionBonus": 1250
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        period: {
                            /**
                             * Format: date
                             * @description First day
                             * @example 2026-03-01
                             */
                            from: string;
                            /**
                             * Format: date
                             * @description Last day, included
                             * @example 2026-03-01
                             */
                            to: string;
                            /** @description The days before, of equal number: what comparisons are with */
                            previous: {
                                /**
                                 * Format: date
                                 * @description First day
                                 * @example 2026-03-01
                                 */
                                from: string;
                                /**
                                 * Format: date
                                 * @description Last day
                                 * @example 2026-03-01
                                 */
                                to: string;
                            };
                            /** @enum {unknown} */
                            granularity: "day" | "week" | "month";
                        };
                        /**
                         * @description Days are cut in this zone
                         * @example Europe/Berlin
                         */
                        timeZone: string;
                        /**
                         * @description The programme's currency
                         * @example USD
                         */
                        currency: string;
                        upTo: string | null;
                        /** @description One for each currency; never added up */
                        totals: {
                            /**
                             * @description ISO 4217 code
                             * @example USD
                             */
                            currency: string;
                            /** @description Payments and card revenue, less refunds and chargebacks, plus chargebacks won, in minor units */
                            revenue: number;
                            /** @description Payments without tax, in minor units */
                            payments: number;
                            /** @description Own revenue of card events, in minor units */
                            cardRevenue: number;
                            /** @description What refunds took back of these, on the day of the refund, in minor units */
                            refunds: number;
                            /** @description What chargebacks took back, in minor units */
                            chargebacks: number;
                            /** @description What chargebacks that were won gave back, in minor units */
                            chargebacksWon: number;
                            /** @description What customers moved by card; part of no sum, in minor units */
                            cardVolume: number;
                            /** @description Signup, recurring, transaction and bonus commissions, reversals taken off, cancelled ones and debts that were written off left out, in minor units */
                            commissionEarned: number;
                            /** @description Of type signup, in minor units */
                            commissionSignup: number;
                            /** @description Of type recurring, in minor units */
                            commissionRecurring: number;
                            /** @description Of type transaction, in minor units */
                            commissionTransaction: number;
                            /** @description Of type bonus, in minor units */
                            commissionBonus: number;
                        }[];
                        /** @description One for each currency; never added up */
                        comparison: {
                            /**
                             * @description ISO 4217 code
                             * @example USD
                             */
                            currency: string;
                            /** @description Revenue */
                            revenue: {
                                /** @description Revenue, in minor units */
                                value: number;
                                /** @description Revenue, in minor units */
                                previous: number;
                                change: number | null;
                            };
                            /** @description Commission earned */
                            commissionEarned: {
                                /** @description Commission earned, in minor units */
                                value: number;
                                /** @description Commission earned, in minor units */
                                previous: number;
                                change: number | null;
                            };
                        }[];
                        series: {
                            /**
                             * Format: date
                             * @description First day of the step
                             * @example 2026-03-01
                             */
                            from: string;
                            /**
                             * Format: date
                             * @description Last day of the step
                             * @example 2026-03-01
                             */
                            to: string;
                            /** @description One for each currency; never added up */
                            amounts: {
                                /**
                                 * @description ISO 4217 code
                                 * @example USD
                                 */
                                currency: string;
                                /** @description Payments and card revenue, less refunds and chargebacks, plus chargebacks won, in minor units */
                                revenue: number;
                                /** @description Payments without tax, in minor units */
                                payments: number;
                                /** @description Own revenue of card events, in minor units */
                                cardRevenue: number;
                                /** @description What refunds took back of these, on the day of the refund, in minor units */
                                refunds: number;
                                /** @description What chargebacks took back, in minor units */
                                chargebacks: number;
                                /** @description What chargebacks that were won gave back, in minor units */
                                chargebacksWon: number;
                                /** @description What customers moved by card; part of no sum, in minor units */
                                cardVolume: number;
                                /** @description Signup, recurring, transaction and bonus commissions, reversals taken off, cancelled ones and debts that were written off left out, in minor units */
                                commissionEarned: number;
                                /** @description Of type signup, in minor units */
                                commissionSignup: number;
                                /** @description Of type recurring, in minor units */
                                commissionRecurring: number;
                                /** @description Of type transaction, in minor units */
                                commissionTransaction: number;
                                /** @description Of type bonus, in minor units */
                                commissionBonus: number;
                            }[];
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getRetention: {
        parameters: {
            query?: {
                /** @description A named period that ends today; 30d when nothing is given */
                period?: "today" | "yesterday" | "7d" | "30d" | "90d" | "12m" | "this_month" | "last_month" | "this_year" | "last_year";
                /**
                 * @description First day, in the programme's time zone; with `to`, instead of `period`
                 * @example 2026-03-01
                 */
                from?: string;
                /**
                 * @description Last day, included
                 * @example 2026-03-01
                 */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "period": {
                     *         "from": "2026-03-01",
                     *         "to": "2026-03-01",
                     *         "previous": {
                     *           "from": "2026-03-01",
                     *           "to": "2026-03-01"
                     *         },
                     *         "granularity": "day"
                     *       },
                     *       "timeZone": "Europe/Berlin",
                     *       "currency": "USD",
                     *       "upTo": "2026-03-01T12:00:00.000Z",
                     *       "cohorts": [
                     *         {
                     *           "month": "2026-03-01",
                     *           "customers": 3,
                     *           "months": [
                     *             {
                     *               "month": "2026-03-01",
                     *               "ahead": 3,
                     *               "paying": 3,
                     *               "rate": 0.25,
                     *               "isWhole": true
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        period: {
                            /**
                             * Format: date
                             * @description First day
                             * @example 2026-03-01
                             */
                            from: string;
                            /**
                             * Format: date
                             * @description Last day, included
                             * @example 2026-03-01
                             */
                            to: string;
                            /** @description The days before, of equal number: what comparisons are with */
                            previous: {
                                /**
                                 * Format: date
                                 * @description First day
                                 * @example 2026-03-01
                                 */
                                from: string;
                                /**
                                 * Format: date
                                 * @description Last day
                                 * @example 2026-03-01
                                 */
                                to: string;
                            };
                            /** @enum {unknown} */
                            granularity: "day" | "week" | "month";
                        };
                        /**
                         * @description Days are cut in this zone
                         * @example Europe/Berlin
                         */
                        timeZone: string;
                        /**
                         * @description The programme's currency
                         * @example USD
                         */
                        currency: string;
                        upTo: string | null;
                        /** @description Whole months that the period touches, those with a conversion alone; of the last twelve months when nothing is given */
                        cohorts: {
                            /**
                             * Format: date
                             * @description First day of the month in which they were tied to the partner
                             * @example 2026-03-01
                             */
                            month: string;
                            /** @description How many they are */
                            customers: number;
                            /** @description Up to the present month */
                            months: {
                                /**
                                 * Format: date
                                 * @description First day of a month
                                 * @example 2026-03-01
                                 */
                                month: string;
                                /** @description Months after the cohort's own, which is 0 */
                                ahead: number;
                                /** @description Of them, those that paid in it, refunded later or not */
                                paying: number;
                                rate: number | null;
                                /** @description False for the present month, which is still going on */
                                isWhole: boolean;
                            }[];
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getForecast: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "timeZone": "Europe/Berlin",
                     *       "currency": "USD",
                     *       "upTo": "2026-03-01T12:00:00.000Z",
                     *       "history": {
                     *         "from": "2026-03-01",
                     *         "to": "2026-03-01"
                     *       },
                     *       "weeks": [
                     *         {
                     *           "from": "2026-03-01",
                     *           "to": "2026-03-01"
                     *         }
                     *       ],
                     *       "clicks": {
                     *         "historyWeeks": 3,
                     *         "historyWeeksNeeded": 3,
                     *         "reason": "history_too_short",
                     *         "weeks": [
                     *           {
                     *             "ahead": 3,
                     *             "value": 3,
                     *             "low": 3,
                     *             "high": 3,
                     *             "meanError": 3,
                     *             "repeatError": 3,
                     *             "trials": 3
                     *           }
                     *         ]
                     *       },
                     *       "signups": {
                     *         "historyWeeks": 3,
                     *         "historyWeeksNeeded": 3,
                     *         "reason": "history_too_short",
                     *         "weeks": [
                     *           {
                     *             "ahead": 3,
                     *             "value": 3,
                     *             "low": 3,
                     *             "high": 3,
                     *             "meanError": 3,
                     *             "repeatError": 3,
                     *             "trials": 3
                     *           }
                     *         ]
                     *       },
                     *       "conversions": {
                     *         "historyWeeks": 3,
                     *         "historyWeeksNeeded": 3,
                     *         "reason": "history_too_short",
                     *         "weeks": [
                     *           {
                     *             "ahead": 3,
                     *             "value": 3,
                     *             "low": 3,
                     *             "high": 3,
                     *             "meanError": 3,
                     *             "repeatError": 3,
                     *             "trials": 3
                     *           }
                     *         ]
                     *       },
                     *       "amounts": [
                     *         {
                     *           "currency": "USD",
                     *           "revenue": {
                     *             "historyWeeks": 3,
                     *             "historyWeeksNeeded": 3,
                     *             "reason": "history_too_short",
                     *             "weeks": [
                     *               {
                     *                 "ahead": 3,
                     *                 "value": 1250,
                     *                 "low": 1250,
                     *                 "high": 1250,
                     *                 "meanError": 1250,
                     *                 "repeatError": 1250,
                     *                 "trials": 3
                     *               }
                     *             ]
                     *           },
                     *           "commissionEarned": {
                     *             "historyWeeks": 3,
                     *             "historyWeeksNeeded": 3,
                     *             "reason": "history_too_short",
                     *             "weeks": [
                     *               {
                     *                 "ahead": 3,
                     *                 "value": 1250,
                     *                 "low": 1250,
                     *                 "high": 1250,
                     *                 "meanError": 1250,
                     *                 "repeatError": 1250,
                     *                 "trials": 3
                     *               }
                     *             ]
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Days are cut in this zone
                         * @example Europe/Berlin
                         */
                        timeZone: string;
                        /**
                         * @description The programme's currency
                         * @example USD
                         */
                        currency: string;
                        upTo: string | null;
                        history: {
                            /**
                             * Format: date
                             * @description First day looked at
                             * @example 2026-03-01
                             */
                            from: string;
                            /**
                             * Format: date
                             * @description The last Sunday that is whole
                             * @example 2026-03-01
                             */
                            to: string;
                        };
                        /** @description What is forecast, in order */
                        weeks: {
                            /**
                             * Format: date
                             * @description Monday
                             * @example 2026-03-01
                             */
                            from: string;
                            /**
                             * Format: date
                             * @description Sunday
                             * @example 2026-03-01
                             */
                            to: string;
                        }[];
                        clicks: {
                            /** @description Whole weeks since the first that had anything, of the two years looked at */
                            historyWeeks: number;
                            /** @description Below this nothing is forecast */
                            historyWeeksNeeded: number;
                            reason: "history_too_short" | null;
                            weeks: {
                                /** @description Weeks after the history; the dates are in `weeks` */
                                ahead: number;
                                /** @description The mean of the last eight whole weeks */
                                value: number;
                                /** @description `value` less what four of five past forecasts at this distance missed by at most */
                                low: number;
                                /** @description `value` plus that */
                                high: number;
                                /** @description Mean absolute error of this method at this distance, tried on every week of the history */
                                meanError: number;
                                /** @description The same of merely repeating the last week: what a forecast has to beat */
                                repeatError: number;
                                /** @description Past weeks that it was tried on */
                                trials: number;
                            }[];
                        };
                        signups: {
                            /** @description Whole weeks since the first that had anything, of the two years looked at */
                            historyWeeks: number;
                            /** @description Below this nothing is forecast */
                            historyWeeksNeeded: number;
                            reason: "history_too_short" | null;
                            weeks: {
                                /** @description Weeks after the history; the dates are in `weeks` */
                                ahead: number;
                                /** @description The mean of the last eight whole weeks */
                                value: number;
                                /** @description `value` less what four of five past forecasts at this distance missed by at most */
                                low: number;
                                /** @description `value` plus that */
                                high: number;
                                /** @description Mean absolute error of this method at this distance, tried on every week of the history */
                                meanError: number;
                                /** @description The same of merely repeating the last week: what a forecast has to beat */
                                repeatError: number;
                                /** @description Past weeks that it was tried on */
                                trials: number;
                            }[];
                        };
                        conversions: {
                            /** @description Whole weeks since the first that had anything, of the two years looked at */
                            historyWeeks: number;
                            /** @description Below this nothing is forecast */
                            historyWeeksNeeded: number;
                            reason: "history_too_short" | null;
                            weeks: {
                                /** @description Weeks after the history; the dates are in `weeks` */
                                ahead: number;
                                /** @description The mean of the last eight whole weeks */
                                value: number;
                                /** @description `value` less what four of five past forecasts at this distance missed by at most */
                                low: number;
                                /** @description `value` plus that */
                                high: number;
                                /** @description Mean absolute error of this method at this distance, tried on every week of the history */
                                meanError: number;
                                /** @description The same of merely repeating the last week: what a forecast has to beat */
                                repeatError: number;
                                /** @description Past weeks that it was tried on */
                                trials: number;
                            }[];
                        };
                        /** @description One for each currency; never added up */
                        amounts: {
                            /**
                             * @description ISO 4217 code
                             * @example USD
                             */
                            currency: string;
                            revenue: {
                                /** @description Whole weeks since the first that had anything, of the two years looked at */
                                historyWeeks: number;
                                /** @description Below this nothing is forecast */
                                historyWeeksNeeded: number;
                                reason: "history_too_short" | null;
                                weeks: {
                                    /** @description Weeks after the history; the dates are in `weeks` */
                                    ahead: number;
                                    /** @description The mean of the last eight whole weeks, in minor units */
                                    value: number;
                                    /** @description `value` less what four of five past forecasts at this distance missed by at most, in minor units */
                                    low: number;
                                    /** @description `value` plus that, in minor units */
                                    high: number;
                                    /** @description Mean absolute error of this method at this distance, tried on every week of the history, in minor units */
                                    meanError: number;
                                    /** @description The same of merely repeating the last week: what a forecast has to beat, in minor units */
                                    repeatError: number;
                                    /** @description Past weeks that it was tried on */
                                    trials: number;
                                }[];
                            };
                            commissionEarned: {
                                /** @description Whole weeks since the first that had anything, of the two years looked at */
                                historyWeeks: number;
                                /** @description Below this nothing is forecast */
                                historyWeeksNeeded: number;
                                reason: "history_too_short" | null;
                                weeks: {
                                    /** @description Weeks after the history; the dates are in `weeks` */
                                    ahead: number;
                                    /** @description The mean of the last eight whole weeks, in minor units */
                                    value: number;
                                    /** @description `value` less what four of five past forecasts at this distance missed by at most, in minor units */
                                    low: number;
                                    /** @description `value` plus that, in minor units */
                                    high: number;
                                    /** @description Mean absolute error of this method at this distance, tried on every week of the history, in minor units */
                                    meanError: number;
                                    /** @description The same of merely repeating the last week: what a forecast has to beat, in minor units */
                                    repeatError: number;
                                    /** @description Past weeks that it was tried on */
                                    trials: number;
                                }[];
                            };
                        }[];
                    };
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    exportAnalytics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "format": "csv",
                 *       "period": "last_month"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description A named period that ends today; 30d when nothing is given
                     * @enum {unknown}
                     */
                    period?: "today" | "yesterday" | "7d" | "30d" | "90d" | "12m" | "this_month" | "last_month" | "this_year" | "last_year";
                    /**
                     * Format: date
                     * @description First day, in the programme's time zone; with `to`, instead of `period`
                     * @example 2026-03-01
                     */
                    from?: string;
                    /**
                     * Format: date
                     * @description Last day, included
                     * @example 2026-03-01
                     */
                    to?: string;
                    /**
                     * @description Amounts are in major units in csv and xlsx, in minor units in json
                     * @enum {unknown}
                     */
                    format: "csv" | "json" | "xlsx";
                    /**
                     * @description `daily`: figures by day and currency. `referrals`: those that began in the period. `commissions`: those earned in it, reversals and cancelled ones included
                     * @default daily
                     * @enum {unknown}
                     */
                    report?: "daily" | "referrals" | "commissions";
                };
            };
        };
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/json": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getProgramAnalytics: {
        parameters: {
            query?: {
                /** @description A named period that ends today; 30d when nothing is given */
                period?: "today" | "yesterday" | "7d" | "30d" | "90d" | "12m" | "this_month" | "last_month" | "this_year" | "last_year";
                /**
                 * @description First day, in the programme's time zone; with `to`, instead of `period`
                 * @example 2026-03-01
                 */
                from?: string;
                /**
                 * @description Last day, included
                 * @example 2026-03-01
                 */
                to?: string;
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "revenue" | "-revenue" | "commissionEarned" | "-commissionEarned" | "clicks" | "-clicks" | "signups" | "-signups" | "conversions" | "-conversions" | "joinedAt" | "-joinedAt";
                /** @description Only this partner in the list */
                partnerId?: string;
                /** @description Only partners that have this tier now */
                tier?: "tier1" | "tier2" | "tier3" | "tier4";
                /** @description Only partners in this state */
                status?: "pending" | "active" | "suspended" | "terminated" | "rejected";
                /**
                 * @description The currency in which `revenue` and `commissionEarned` are ordered; the programme's when not given
                 * @example USD
                 */
                currency?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "period": {
                     *         "from": "2026-03-01",
                     *         "to": "2026-03-01",
                     *         "previous": {
                     *           "from": "2026-03-01",
                     *           "to": "2026-03-01"
                     *         },
                     *         "granularity": "day"
                     *       },
                     *       "timeZone": "Europe/Berlin",
                     *       "currency": "USD",
                     *       "upTo": "2026-03-01T12:00:00.000Z",
                     *       "program": {
                     *         "partners": {
                     *           "registered": {
                     *             "value": 3,
                     *             "previous": 3,
                     *             "change": 0.25
                     *           },
                     *           "approved": 3,
                     *           "activeAtStart": 3,
                     *           "activeAtEnd": 3,
                     *           "activeDuring": 3,
                     *           "lost": 3,
                     *           "dormant": 3
                     *         },
                     *         "registrationRate": 0.25,
                     *         "churnRate": 0.25,
                     *         "counts": {
                     *           "clicks": {
                     *             "value": 3,
                     *             "previous": 3,
                     *             "change": 0.25
                     *           },
                     *           "signups": {
                     *             "value": 3,
                     *             "previous": 3,
                     *             "change": 0.25
                     *           },
                     *           "conversions": {
                     *             "value": 3,
                     *             "previous": 3,
                     *             "change": 0.25
                     *           },
                     *           "qualified": {
                     *             "value": 3,
                     *             "previous": 3,
                     *             "change": 0.25
                     *           },
                     *           "rejected": {
                     *             "value": 3,
                     *             "previous": 3,
                     *             "change": 0.25
                     *           }
                     *         },
                     *         "rates": {
                     *           "clickToSignup": 0.25,
                     *           "clickToConversion": 0.25,
                     *           "signupToConversion": 0.25,
                     *           "conversionToQualified": 0.25
                     *         },
                     *         "times": [
                     *           {
                     *             "step": "click_to_signup",
                     *             "referrals": 3,
                     *             "lowerQuartileSeconds": 3,
                     *             "medianSeconds": 3,
                     *             "upperQuartileSeconds": 3,
                     *             "ninthDecileSeconds": 3
                     *           }
                     *         ],
                     *         "amounts": [
                     *           {
                     *             "currency": "USD",
                     *             "revenue": {
                     *               "value": 1250,
                     *               "previous": 1250,
                     *               "change": 0.25
                     *             },
                     *             "commissionEarned": {
                     *               "value": 1250,
                     *               "previous": 1250,
                     *               "change": 0.25
                     *             }
                     *           }
                     *         ],
                     *         "averageCommission": [
                     *           {
                     *             "currency": "USD",
                     *             "amount": 1250
                     *           }
                     *         ],
                     *         "earningsPerHundredClicks": [
                     *           {
                     *             "currency": "USD",
                     *             "amount": 1250
                     *           }
                     *         ],
                     *         "payoutProcessing": {
                     *           "payouts": 3,
                     *           "averageSeconds": 3,
                     *           "medianSeconds": 3,
                     *           "slowestSeconds": 3
                     *         },
                     *         "tiers": [
                     *           {
                     *             "tier": "text",
                     *             "currency": "USD",
                     *             "revenue": 1250,
                     *             "commissionEarned": 1250
                     *           }
                     *         ]
                     *       },
                     *       "partners": {
                     *         "data": [
                     *           {
                     *             "partnerId": "ad79ec40-0ebf-7177-8497-7c1550132ba6",
                     *             "companyName": "Ada Writes Ltd",
                     *             "referralCode": "ada-writes",
                     *             "tier": "text",
                     *             "status": "text",
                     *             "joinedAt": "2026-03-01T12:00:00.000Z",
                     *             "clicks": 3,
                     *             "signups": 3,
                     *             "conversions": 3,
                     *             "qualified": 3,
                     *             "amounts": [
                     *               {
                     *                 "currency": "USD",
                     *                 "revenue": 1250,
                     *                 "commissionEarned": 1250
                     *               }
                     *             ]
                     *           }
                     *         ],
                     *         "nextCursor": null
                     *       }
                     *     }
                     */
                    "application/json": {
                        period: {
                            /**
                             * Format: date
                             * @description First day
                             * @example 2026-03-01
                             */
                            from: string;
                            /**
                             * Format: date
                             * @description Last day, included
                             * @example 2026-03-01
                             */
                            to: string;
                            /** @description The days before, of equal number: what comparisons are with */
                            previous: {
                                /**
                                 * Format: date
                                 * @description First day
                                 * @example 2026-03-01
                                 */
                                from: string;
                                /**
                                 * Format: date
                                 * @description Last day
                                 * @example 2026-03-01
                                 */
                                to: string;
                            };
                            /** @enum {unknown} */
                            granularity: "day" | "week" | "month";
                        };
                        /**
                         * @description Days are cut in this zone
                         * @example Europe/Berlin
                         */
                        timeZone: string;
                        /**
                         * @description The programme's currency
                         * @example USD
                         */
                        currency: string;
                        upTo: string | null;
                        program: {
                            partners: {
                                /** @description Registered in the period */
                                registered: {
                                    /** @description Registered in the period */
                                    value: number;
                                    /** @description Registered in the period */
                                    previous: number;
                                    change: number | null;
                                };
                                /** @description Approved in the period */
                                approved: number;
                                /** @description Approved before the period, not terminated */
                                activeAtStart: number;
                                /** @description Approved, not terminated when it ended */
                                activeAtEnd: number;
                                /** @description Active on at least one day */
                                activeDuring: number;
                                /** @description Of those active at the start, terminated before the end */
                                lost: number;
                                /** @description Active at the end, without anything in the period */
                                dormant: number;
                            };
                            /** @description Registrations a day */
                            registrationRate: number;
                            churnRate: number | null;
                            counts: {
                                /** @description Clicks */
                                clicks: {
                                    /** @description Clicks */
                                    value: number;
                                    /** @description Clicks */
                                    previous: number;
                                    change: number | null;
                                };
                                /** @description Sign-ups */
                                signups: {
                                    /** @description Sign-ups */
                                    value: number;
                                    /** @description Sign-ups */
                                    previous: number;
                                    change: number | null;
                                };
                                /** @description Conversions */
                                conversions: {
                                    /** @description Conversions */
                                    value: number;
                                    /** @description Conversions */
                                    previous: number;
                                    change: number | null;
                                };
                                /** @description Qualified */
                                qualified: {
                                    /** @description Qualified */
                                    value: number;
                                    /** @description Qualified */
                                    previous: number;
                                    change: number | null;
                                };
                                /** @description Rejected */
                                rejected: {
                                    /** @description Rejected */
                                    value: number;
                                    /** @description Rejected */
                                    previous: number;
                                    change: number | null;
                                };
                            };
                            rates: {
                                clickToSignup: number | null;
                                clickToConversion: number | null;
                                signupToConversion: number | null;
                                conversionToQualified: number | null;
                            };
                            /** @description How long it took from step to step */
                            times: {
                                /** @enum {unknown} */
                                step: "click_to_signup" | "signup_to_conversion" | "conversion_to_payment";
                                /** @description That reached the later step in the period, and have the earlier one */
                                referrals: number;
                                lowerQuartileSeconds: number | null;
                                medianSeconds: number | null;
                                upperQuartileSeconds: number | null;
                                ninthDecileSeconds: number | null;
                            }[];
                            /** @description One for each currency; never added up */
                            amounts: {
                                /**
                                 * @description ISO 4217 code
                                 * @example USD
                                 */
                                currency: string;
                                /** @description Revenue */
                                revenue: {
                                    /** @description Revenue, in minor units */
                                    value: number;
                                    /** @description Revenue, in minor units */
                                    previous: number;
                                    change: number | null;
                                };
                                /** @description Commission earned */
                                commissionEarned: {
                                    /** @description Commission earned, in minor units */
                                    value: number;
                                    /** @description Commission earned, in minor units */
                                    previous: number;
                                    change: number | null;
                                };
                            }[];
                            averageCommission: {
                                /**
                                 * @description ISO 4217 code
                                 * @example USD
                                 */
                                currency: string;
                                /** @description Commission earned over partners active in the period, in minor units */
                                amount: number;
                            }[];
                            /** @description Commission earned over clicks, times a hundred so that minor units do not swallow it; one for each currency, none where there were no clicks. Commissions count whatever tied their customer, a click or not */
                            earningsPerHundredClicks: {
                                /**
                                 * @description ISO 4217 code
                                 * @example USD
                                 */
                                currency: string;
                                /** @description Commission earned for each hundred clicks, in minor units */
                                amount: number;
                            }[];
                            payoutProcessing: {
                                /** @description Completed in the period */
                                payouts: number;
                                averageSeconds: number | null;
                                medianSeconds: number | null;
                                slowestSeconds: number | null;
                            };
                            /** @description By the tier that a partner had on the day */
                            tiers: {
                                tier: string;
                                /**
                                 * @description ISO 4217 code
                                 * @example USD
                                 */
                                currency: string;
                                /** @description Revenue, in minor units */
                                revenue: number;
                                /** @description Commission earned, in minor units */
                                commissionEarned: number;
                            }[];
                        };
                        partners: {
                            data: {
                                /**
                                 * Format: uuid
                                 * @description Of the partner
                                 */
                                partnerId: string;
                                companyName: string | null;
                                referralCode: string;
                                tier: string;
                                status: string;
                                /**
                                 * Format: date-time
                                 * @description When it joined
                                 * @example 2026-03-01T12:00:00.000Z
                                 */
                                joinedAt: string;
                                /** @description Clicks without robots and repeats */
                                clicks: number;
                                /** @description Referrals that began */
                                signups: number;
                                /** @description Referrals that were tied to the partner, and not rejected since */
                                conversions: number;
                                /** @description Referrals whose customer has paid */
                                qualified: number;
                                amounts: {
                                    /**
                                     * @description ISO 4217 code
                                     * @example USD
                                     */
                                    currency: string;
                                    /** @description Revenue, in minor units */
                                    revenue: number;
                                    /** @description Commission earned, in minor units */
                                    commissionEarned: number;
                                }[];
                            }[];
                            nextCursor: string | null;
                        };
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getProgramRetention: {
        parameters: {
            query?: {
                /** @description A named period that ends today; 30d when nothing is given */
                period?: "today" | "yesterday" | "7d" | "30d" | "90d" | "12m" | "this_month" | "last_month" | "this_year" | "last_year";
                /**
                 * @description First day, in the programme's time zone; with `to`, instead of `period`
                 * @example 2026-03-01
                 */
                from?: string;
                /**
                 * @description Last day, included
                 * @example 2026-03-01
                 */
                to?: string;
                /** @description Of this partner; of the whole programme when not given */
                partnerId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "period": {
                     *         "from": "2026-03-01",
                     *         "to": "2026-03-01",
                     *         "previous": {
                     *           "from": "2026-03-01",
                     *           "to": "2026-03-01"
                     *         },
                     *         "granularity": "day"
                     *       },
                     *       "timeZone": "Europe/Berlin",
                     *       "currency": "USD",
                     *       "upTo": "2026-03-01T12:00:00.000Z",
                     *       "cohorts": [
                     *         {
                     *           "month": "2026-03-01",
                     *           "customers": 3,
                     *           "months": [
                     *             {
                     *               "month": "2026-03-01",
                     *               "ahead": 3,
                     *               "paying": 3,
                     *               "rate": 0.25,
                     *               "isWhole": true
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        period: {
                            /**
                             * Format: date
                             * @description First day
                             * @example 2026-03-01
                             */
                            from: string;
                            /**
                             * Format: date
                             * @description Last day, included
                             * @example 2026-03-01
                             */
                            to: string;
                            /** @description The days before, of equal number: what comparisons are with */
                            previous: {
                                /**
                                 * Format: date
                                 * @description First day
                                 * @example 2026-03-01
                                 */
                                from: string;
                                /**
                                 * Format: date
                                 * @description Last day
                                 * @example 2026-03-01
                                 */
                                to: string;
                            };
                            /** @enum {unknown} */
                            granularity: "day" | "week" | "month";
                        };
                        /**
                         * @description Days are cut in this zone
                         * @example Europe/Berlin
                         */
                        timeZone: string;
                        /**
                         * @description The programme's currency
                         * @example USD
                         */
                        currency: string;
                        upTo: string | null;
                        /** @description Whole months that the period touches, those with a conversion alone; of the last twelve months when nothing is given */
                        cohorts: {
                            /**
                             * Format: date
                             * @description First day of the month in which they were tied to the partner
                             * @example 2026-03-01
                             */
                            month: string;
                            /** @description How many they are */
                            customers: number;
                            /** @description Up to the present month */
                            months: {
                                /**
                                 * Format: date
                                 * @description First day of a month
                                 * @example 2026-03-01
                                 */
                                month: string;
                                /** @description Months after the cohort's own, which is 0 */
                                ahead: number;
                                /** @description Of them, those that paid in it, refunded later or not */
                                paying: number;
                                rate: number | null;
                                /** @description False for the present month, which is still going on */
                                isWhole: boolean;
                            }[];
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getProgramForecast: {
        parameters: {
            query?: {
                /** @description Of this partner; of the whole programme when not given */
                partnerId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "timeZone": "Europe/Berlin",
                     *       "currency": "USD",
                     *       "upTo": "2026-03-01T12:00:00.000Z",
                     *       "history": {
                     *         "from": "2026-03-01",
                     *         "to": "2026-03-01"
                     *       },
                     *       "weeks": [
                     *         {
                     *           "from": "2026-03-01",
                     *           "to": "2026-03-01"
                     *         }
                     *       ],
                     *       "clicks": {
                     *         "historyWeeks": 3,
                     *         "historyWeeksNeeded": 3,
                     *         "reason": "history_too_short",
                     *         "weeks": [
                     *           {
                     *             "ahead": 3,
                     *             "value": 3,
                     *             "low": 3,
                     *             "high": 3,
                     *             "meanError": 3,
                     *             "repeatError": 3,
                     *             "trials": 3
                     *           }
                     *         ]
                     *       },
                     *       "signups": {
                     *         "historyWeeks": 3,
                     *         "historyWeeksNeeded": 3,
                     *         "reason": "history_too_short",
                     *         "weeks": [
                     *           {
                     *             "ahead": 3,
                     *             "value": 3,
                     *             "low": 3,
                     *             "high": 3,
                     *             "meanError": 3,
                     *             "repeatError": 3,
                     *             "trials": 3
                     *           }
                     *         ]
                     *       },
                     *       "conversions": {
                     *         "historyWeeks": 3,
                     *         "historyWeeksNeeded": 3,
                     *         "reason": "history_too_short",
                     *         "weeks": [
                     *           {
                     *             "ahead": 3,
                     *             "value": 3,
                     *             "low": 3,
                     *             "high": 3,
                     *             "meanError": 3,
                     *             "repeatError": 3,
                     *             "trials": 3
                     *           }
                     *         ]
                     *       },
                     *       "amounts": [
                     *         {
                     *           "currency": "USD",
                     *           "revenue": {
                     *             "historyWeeks": 3,
                     *             "historyWeeksNeeded": 3,
                     *             "reason": "history_too_short",
                     *             "weeks": [
                     *               {
                     *                 "ahead": 3,
                     *                 "value": 1250,
                     *                 "low": 1250,
                     *                 "high": 1250,
                     *                 "meanError": 1250,
                     *                 "repeatError": 1250,
                     *                 "trials": 3
                     *               }
                     *             ]
                     *           },
                     *           "commissionEarned": {
                     *             "historyWeeks": 3,
                     *             "historyWeeksNeeded": 3,
                     *             "reason": "history_too_short",
                     *             "weeks": [
                     *               {
                     *                 "ahead": 3,
                     *                 "value": 1250,
                     *                 "low": 1250,
                     *                 "high": 1250,
                     *                 "meanError": 1250,
                     *                 "repeatError": 1250,
                     *                 "trials": 3
                     *               }
                     *             ]
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /**
                         * @description Days are cut in this zone
                         * @example Europe/Berlin
                         */
                        timeZone: string;
                        /**
                         * @description The programme's currency
                         * @example USD
                         */
                        currency: string;
                        upTo: string | null;
                        history: {
                            /**
                             * Format: date
                             * @description First day looked at
                             * @example 2026-03-01
                             */
                            from: string;
                            /**
                             * Format: date
                             * @description The last Sunday that is whole
                             * @example 2026-03-01
                             */
                            to: string;
                        };
                        /** @description What is forecast, in order */
                        weeks: {
                            /**
                             * Format: date
                             * @description Monday
                             * @example 2026-03-01
                             */
                            from: string;
                            /**
                             * Format: date
                             * @description Sunday
                             * @example 2026-03-01
                             */
                            to: string;
                        }[];
                        clicks: {
                            /** @description Whole weeks since the first that had anything, of the two years looked at */
                            historyWeeks: number;
                            /** @description Below this nothing is forecast */
                            historyWeeksNeeded: number;
                            reason: "history_too_short" | null;
                            weeks: {
                                /** @description Weeks after the history; the dates are in `weeks` */
                                ahead: number;
                                /** @description The mean of the last eight whole weeks */
                                value: number;
                                /** @description `value` less what four of five past forecasts at this distance missed by at most */
                                low: number;
                                /** @description `value` plus that */
                                high: number;
                                /** @description Mean absolute error of this method at this distance, tried on every week of the history */
                                meanError: number;
                                /** @description The same of merely repeating the last week: what a forecast has to beat */
                                repeatError: number;
                                /** @description Past weeks that it was tried on */
                                trials: number;
                            }[];
                        };
                        signups: {
                            /** @description Whole weeks since the first that had anything, of the two years looked at */
                            historyWeeks: number;
                            /** @description Below this nothing is forecast */
                            historyWeeksNeeded: number;
                            reason: "history_too_short" | null;
                            weeks: {
                                /** @description Weeks after the history; the dates are in `weeks` */
                                ahead: number;
                                /** @description The mean of the last eight whole weeks */
                                value: number;
                                /** @description `value` less what four of five past forecasts at this distance missed by at most */
                                low: number;
                                /** @description `value` plus that */
                                high: number;
                                /** @description Mean absolute error of this method at this distance, tried on every week of the history */
                                meanError: number;
                                /** @description The same of merely repeating the last week: what a forecast has to beat */
                                repeatError: number;
                                /** @description Past weeks that it was tried on */
                                trials: number;
                            }[];
                        };
                        conversions: {
                            /** @description Whole weeks since the first that had anything, of the two years looked at */
                            historyWeeks: number;
                            /** @description Below this nothing is forecast */
                            historyWeeksNeeded: number;
                            reason: "history_too_short" | null;
                            weeks: {
                                /** @description Weeks after the history; the dates are in `weeks` */
                                ahead: number;
                                /** @description The mean of the last eight whole weeks */
                                value: number;
                                /** @description `value` less what four of five past forecasts at this distance missed by at most */
                                low: number;
                                /** @description `value` plus that */
                                high: number;
                                /** @description Mean absolute error of this method at this distance, tried on every week of the history */
                                meanError: number;
                                /** @description The same of merely repeating the last week: what a forecast has to beat */
                                repeatError: number;
                                /** @description Past weeks that it was tried on */
                                trials: number;
                            }[];
                        };
                        /** @description One for each currency; never added up */
                        amounts: {
                            /**
                             * @description ISO 4217 code
                             * @example USD
                             */
                            currency: string;
                            revenue: {
                                /** @description Whole weeks since the first that had anything, of the two years looked at */
                                historyWeeks: number;
                                /** @description Below this nothing is forecast */
                                historyWeeksNeeded: number;
                                reason: "history_too_short" | null;
                                weeks: {
                                    /** @description Weeks after the history; the dates are in `weeks` */
                                    ahead: number;
                                    /** @description The mean of the last eight whole weeks, in minor units */
                                    value: number;
                                    /** @description `value` less what four of five past forecasts at this distance missed by at most, in minor units */
                                    low: number;
                                    /** @description `value` plus that, in minor units */
                                    high: number;
                                    /** @description Mean absolute error of this method at this distance, tried on every week of the history, in minor units */
                                    meanError: number;
                                    /** @description The same of merely repeating the last week: what a forecast has to beat, in minor units */
                                    repeatError: number;
                                    /** @description Past weeks that it was tried on */
                                    trials: number;
                                }[];
                            };
                            commissionEarned: {
                                /** @description Whole weeks since the first that had anything, of the two years looked at */
                                historyWeeks: number;
                                /** @description Below this nothing is forecast */
                                historyWeeksNeeded: number;
                                reason: "history_too_short" | null;
                                weeks: {
                                    /** @description Weeks after the history; the dates are in `weeks` */
                                    ahead: number;
                                    /** @description The mean of the last eight whole weeks, in minor units */
                                    value: number;
                                    /** @description `value` less what four of five past forecasts at this distance missed by at most, in minor units */
                                    low: number;
                                    /** @description `value` plus that, in minor units */
                                    high: number;
                                    /** @description Mean absolute error of this method at this distance, tried on every week of the history, in minor units */
                                    meanError: number;
                                    /** @description The same of merely repeating the last week: what a forecast has to beat, in minor units */
                                    repeatError: number;
                                    /** @description Past weeks that it was tried on */
                                    trials: number;
                                }[];
                            };
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    exportProgramAnalytics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "format": "xlsx",
                 *       "report": "commissions",
                 *       "period": "last_month"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description A named period that ends today; 30d when nothing is given
                     * @enum {unknown}
                     */
                    period?: "today" | "yesterday" | "7d" | "30d" | "90d" | "12m" | "this_month" | "last_month" | "this_year" | "last_year";
                    /**
                     * Format: date
                     * @description First day, in the programme's time zone; with `to`, instead of `period`
                     * @example 2026-03-01
                     */
                    from?: string;
                    /**
                     * Format: date
                     * @description Last day, included
                     * @example 2026-03-01
                     */
                    to?: string;
                    /**
                     * @description Amounts are in major units in csv and xlsx, in minor units in json
                     * @enum {unknown}
                     */
                    format: "csv" | "json" | "xlsx";
                    /**
                     * @description `daily`: figures by day and currency. `referrals`: those that began in the period. `commissions`: those earned in it, reversals and cancelled ones included
                     * @default daily
                     * @enum {unknown}
                     */
                    report?: "daily" | "referrals" | "commissions";
                    /**
                     * Format: uuid
                     * @description Only of this partner
                     */
                    partnerId?: string;
                };
            };
        };
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/json": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    streamWebhookEvents: {
        parameters: {
            query?: never;
            header?: {
                /** @description The last id that was seen */
                "last-event-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events, until the stream ends */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example id: 41
                     *     event: commission.approved
                     *     data: {"id":"0198c2d4-5a7e-7c31-9f00-3b1d5e8a6c42","type":"commission.approved"}
                     */
                    "text/event-stream": string;
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listWebhookEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "events": [
                     *         {
                     *           "type": "commission.approved",
                     *           "when": "The hold is over, and it can be paid",
                     *           "isOperatorOnly": false,
                     *           "schema": {},
                     *           "example": {}
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookCatalogue"];
                };
            };
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listWebhookEndpoints: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "createdAt" | "-createdAt";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "9dfba1ad-8f0b-7e2c-879a-8d618dc97387",
                     *           "partnerId": "e755a6a1-7c41-7f51-8e97-1557a9daa8ee",
                     *           "url": "https://app.example.com/webhooks",
                     *           "description": null,
                     *           "events": [
                     *             "commission.*",
                     *             "payout.completed"
                     *           ],
                     *           "status": "active",
                     *           "statusReason": null,
                     *           "failureCount": 3,
                     *           "failingSince": "2026-03-01T12:00:00.000Z",
                     *           "lastTriggeredAt": "2026-03-01T12:00:00.000Z",
                     *           "lastDeliveredAt": "2026-03-01T12:00:00.000Z",
                     *           "previousSecretUntil": "2026-03-01T12:00:00.000Z",
                     *           "createdAt": "2026-03-01T12:00:00.000Z",
                     *           "updatedAt": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["WebhookEndpoint"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    registerWebhook: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description As everywhere, but the answer holds a secret and is never kept: a repeated request says so instead.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["SecretIdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "url": "https://app.example.com/webhooks",
                 *       "events": [
                 *         "commission.*",
                 *         "payout.completed"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description https, on port 443 or 8443, at a public address; without user name, password and fragment */
                    url: string;
                    /** @description What it is, for people */
                    description?: string;
                    /**
                     * @description Types, groups (`payout.*`) or `*` for everything that the credential may read
                     * @example [
                     *       "commission.*",
                     *       "payout.completed"
                     *     ]
                     */
                    events: string[];
                };
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "9dfba1ad-8f0b-7e2c-879a-8d618dc97387",
                     *       "partnerId": "e755a6a1-7c41-7f51-8e97-1557a9daa8ee",
                     *       "url": "https://app.example.com/webhooks",
                     *       "description": null,
                     *       "events": [
                     *         "commission.*",
                     *         "payout.completed"
                     *       ],
                     *       "status": "active",
                     *       "statusReason": null,
                     *       "failureCount": 3,
                     *       "failingSince": "2026-03-01T12:00:00.000Z",
                     *       "lastTriggeredAt": "2026-03-01T12:00:00.000Z",
                     *       "lastDeliveredAt": "2026-03-01T12:00:00.000Z",
                     *       "previousSecretUntil": "2026-03-01T12:00:00.000Z",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "updatedAt": "2026-03-01T12:00:00.000Z",
                     *       "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
                     *     }
                     */
                    "application/json": components["schemas"]["NewWebhookEndpoint"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where events are sent */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "9dfba1ad-8f0b-7e2c-879a-8d618dc97387",
                     *       "partnerId": "e755a6a1-7c41-7f51-8e97-1557a9daa8ee",
                     *       "url": "https://app.example.com/webhooks",
                     *       "description": null,
                     *       "events": [
                     *         "commission.*",
                     *         "payout.completed"
                     *       ],
                     *       "status": "active",
                     *       "statusReason": null,
                     *       "failureCount": 3,
                     *       "failingSince": "2026-03-01T12:00:00.000Z",
                     *       "lastTriggeredAt": "2026-03-01T12:00:00.000Z",
                     *       "lastDeliveredAt": "2026-03-01T12:00:00.000Z",
                     *       "previousSecretUntil": "2026-03-01T12:00:00.000Z",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "updatedAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    deleteWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where events are sent */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "9dfba1ad-8f0b-7e2c-879a-8d618dc97387",
                     *       "partnerId": "e755a6a1-7c41-7f51-8e97-1557a9daa8ee",
                     *       "url": "https://app.example.com/webhooks",
                     *       "description": null,
                     *       "events": [
                     *         "commission.*",
                     *         "payout.completed"
                     *       ],
                     *       "status": "active",
                     *       "statusReason": null,
                     *       "failureCount": 3,
                     *       "failingSince": "2026-03-01T12:00:00.000Z",
                     *       "lastTriggeredAt": "2026-03-01T12:00:00.000Z",
                     *       "lastDeliveredAt": "2026-03-01T12:00:00.000Z",
                     *       "previousSecretUntil": "2026-03-01T12:00:00.000Z",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "updatedAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    updateWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "events": [
                 *         "*"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description https, on port 443 or 8443, at a public address; without user name, password and fragment */
                    url?: string;
                    description?: string | null;
                    /**
                     * @description Types, groups (`payout.*`) or `*` for everything that the credential may read
                     * @example [
                     *       "commission.*",
                     *       "payout.completed"
                     *     ]
                     */
                    events?: string[];
                    /**
                     * @description `inactive` stops it until it is active again
                     * @enum {unknown}
                     */
                    status?: "active" | "inactive";
                };
            };
        };
        responses: {
            /** @description Where events are sent */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "9dfba1ad-8f0b-7e2c-879a-8d618dc97387",
                     *       "partnerId": "e755a6a1-7c41-7f51-8e97-1557a9daa8ee",
                     *       "url": "https://app.example.com/webhooks",
                     *       "description": null,
                     *       "events": [
                     *         "commission.*",
                     *         "payout.completed"
                     *       ],
                     *       "status": "active",
                     *       "statusReason": null,
                     *       "failureCount": 3,
                     *       "failingSince": "2026-03-01T12:00:00.000Z",
                     *       "lastTriggeredAt": "2026-03-01T12:00:00.000Z",
                     *       "lastDeliveredAt": "2026-03-01T12:00:00.000Z",
                     *       "previousSecretUntil": "2026-03-01T12:00:00.000Z",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "updatedAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description As everywhere, but the answer holds a secret and is never kept: a repeated request says so instead.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["SecretIdempotencyKey"];
            };
            path: {
                /** @description Its id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "9dfba1ad-8f0b-7e2c-879a-8d618dc97387",
                     *       "partnerId": "e755a6a1-7c41-7f51-8e97-1557a9daa8ee",
                     *       "url": "https://app.example.com/webhooks",
                     *       "description": null,
                     *       "events": [
                     *         "commission.*",
                     *         "payout.completed"
                     *       ],
                     *       "status": "active",
                     *       "statusReason": null,
                     *       "failureCount": 3,
                     *       "failingSince": "2026-03-01T12:00:00.000Z",
                     *       "lastTriggeredAt": "2026-03-01T12:00:00.000Z",
                     *       "lastDeliveredAt": "2026-03-01T12:00:00.000Z",
                     *       "previousSecretUntil": "2026-03-01T12:00:00.000Z",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "updatedAt": "2026-03-01T12:00:00.000Z",
                     *       "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
                     *     }
                     */
                    "application/json": components["schemas"]["NewWebhookEndpoint"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    pingWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Its id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One event on its way to one endpoint */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5129a3f9-513b-7487-8732-337886bbde95",
                     *       "endpointId": "1bae0ea5-18dd-7a82-802d-a2c2df800e68",
                     *       "eventId": "172d7a4f-acad-7754-8f87-8bd08b49ddaf",
                     *       "eventType": "commission.approved",
                     *       "objectId": "4155ed89-939b-721f-89d8-98cce9d02ea0",
                     *       "status": "waiting",
                     *       "attempts": 3,
                     *       "nextAttemptAt": "2026-03-01T12:00:00.000Z",
                     *       "lastStatusCode": 200,
                     *       "lastError": null,
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "settledAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    enableWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Its id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where events are sent */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "9dfba1ad-8f0b-7e2c-879a-8d618dc97387",
                     *       "partnerId": "e755a6a1-7c41-7f51-8e97-1557a9daa8ee",
                     *       "url": "https://app.example.com/webhooks",
                     *       "description": null,
                     *       "events": [
                     *         "commission.*",
                     *         "payout.completed"
                     *       ],
                     *       "status": "active",
                     *       "statusReason": null,
                     *       "failureCount": 3,
                     *       "failingSince": "2026-03-01T12:00:00.000Z",
                     *       "lastTriggeredAt": "2026-03-01T12:00:00.000Z",
                     *       "lastDeliveredAt": "2026-03-01T12:00:00.000Z",
                     *       "previousSecretUntil": "2026-03-01T12:00:00.000Z",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "updatedAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description Rows a page */
                limit?: number;
                /** @description `nextCursor` of the page before */
                cursor?: string;
                /** @description Order of the list; `-` means descending */
                sort?: "createdAt" | "-createdAt";
                /** @description To one endpoint */
                endpointId?: string;
                status?: "waiting" | "delivered" | "dead";
                /** @description Of one type */
                eventType?: string;
                /** @description About one object */
                objectId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "5129a3f9-513b-7487-8732-337886bbde95",
                     *           "endpointId": "1bae0ea5-18dd-7a82-802d-a2c2df800e68",
                     *           "eventId": "172d7a4f-acad-7754-8f87-8bd08b49ddaf",
                     *           "eventType": "commission.approved",
                     *           "objectId": "4155ed89-939b-721f-89d8-98cce9d02ea0",
                     *           "status": "waiting",
                     *           "attempts": 3,
                     *           "nextAttemptAt": "2026-03-01T12:00:00.000Z",
                     *           "lastStatusCode": 200,
                     *           "lastError": null,
                     *           "createdAt": "2026-03-01T12:00:00.000Z",
                     *           "settledAt": "2026-03-01T12:00:00.000Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["WebhookDelivery"][];
                        nextCursor: string | null;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    getWebhookDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5129a3f9-513b-7487-8732-337886bbde95",
                     *       "endpointId": "1bae0ea5-18dd-7a82-802d-a2c2df800e68",
                     *       "eventId": "172d7a4f-acad-7754-8f87-8bd08b49ddaf",
                     *       "eventType": "commission.approved",
                     *       "objectId": "4155ed89-939b-721f-89d8-98cce9d02ea0",
                     *       "status": "waiting",
                     *       "attempts": 3,
                     *       "nextAttemptAt": "2026-03-01T12:00:00.000Z",
                     *       "lastStatusCode": 200,
                     *       "lastError": null,
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "settledAt": "2026-03-01T12:00:00.000Z",
                     *       "body": "{\"type\":\"commission.approved\"}",
                     *       "log": [
                     *         {
                     *           "attempt": 1,
                     *           "url": "https://app.example.com/webhooks",
                     *           "startedAt": "2026-03-01T12:00:00.000Z",
                     *           "durationMs": 84,
                     *           "statusCode": 200,
                     *           "error": null,
                     *           "responseBody": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookDeliveryDetail"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    replayWebhookDelivery: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Its id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One event on its way to one endpoint */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5129a3f9-513b-7487-8732-337886bbde95",
                     *       "endpointId": "1bae0ea5-18dd-7a82-802d-a2c2df800e68",
                     *       "eventId": "172d7a4f-acad-7754-8f87-8bd08b49ddaf",
                     *       "eventType": "commission.approved",
                     *       "objectId": "4155ed89-939b-721f-89d8-98cce9d02ea0",
                     *       "status": "waiting",
                     *       "attempts": 3,
                     *       "nextAttemptAt": "2026-03-01T12:00:00.000Z",
                     *       "lastStatusCode": 200,
                     *       "lastError": null,
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "settledAt": "2026-03-01T12:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    replayWebhooks: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 visible ASCII characters. The same key with the same request is answered again, and not done again.
                 * @example 5b2f7a1e-order-1042
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "endpointId": "0198c2d4-5a7e-7c31-9f00-3b1d5e8a6c42",
                 *       "from": "2026-03-01T00:00:00Z"
                 *     }
                 */
                "application/json": {
                    /**
                     * Format: uuid
                     * @description Where to
                     */
                    endpointId: string;
                    /**
                     * Format: date-time
                     * @description Events from then on; 90 days are kept
                     * @example 2026-03-01T12:00:00Z
                     */
                    from: string;
                    /**
                     * Format: date-time
                     * @description And before then; now when not given
                     * @example 2026-03-01T12:00:00Z
                     */
                    to?: string;
                    /**
                     * @description Also what was delivered: after a loss on your side
                     * @default false
                     */
                    includeDelivered?: boolean;
                    /** @description `nextCursor` of the answer before, with the same range */
                    cursor?: string;
                };
            };
        };
        responses: {
            /** @description Taken on */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "replayed": 3,
                     *       "nextCursor": "5000"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookReplay"];
                };
            };
            400: components["responses"]["Invalid"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    receiveStripeConnectMessage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "received": true
                     *     }
                     */
                    "application/json": {
                        received: boolean;
                    };
                };
            };
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    receiveStripeBillingMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the source */
                sourceId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "received": true
                     *     }
                     */
                    "application/json": {
                        received: boolean;
                    };
                };
            };
            400: components["responses"]["Invalid"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
    takeTransactions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the source */
                sourceId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "transactions": [
                 *         {
                 *           "externalId": "in_1042",
                 *           "customerExternalId": "user_77",
                 *           "kind": "payment",
                 *           "amount": 12000,
                 *           "tax": 2000,
                 *           "currency": "USD",
                 *           "occurredAt": "2026-03-01T12:00:00Z"
                 *         },
                 *         {
                 *           "externalId": "re_88",
                 *           "customerExternalId": "user_77",
                 *           "kind": "refund",
                 *           "originalExternalId": "in_1042",
                 *           "amount": 6000,
                 *           "currency": "USD",
                 *           "occurredAt": "2026-03-04T09:30:00Z"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    transactions: {
                        /**
                         * @description Your name for the event; the same again, with the same content, is the same event
                         * @example in_1042
                         */
                        externalId: string;
                        /**
                         * @description Your name for the customer
                         * @example user_77
                         */
                        customerExternalId: string;
                        /**
                         * @description `payment`: revenue of an invoice or a one-off. `card`: card or crypto volume. `refund`, `chargeback`: take back part or all of one of these. `chargeback_won`: gives back what a chargeback took.
                         * @enum {unknown}
                         */
                        kind: "payment" | "card" | "refund" | "chargeback" | "chargeback_won";
                        /** @description Gross amount; of a reversal, gross as its original's, in minor units */
                        amount: number;
                        /**
                         * @description ISO 4217 code
                         * @example USD
                         */
                        currency: string;
                        /**
                         * Format: date-time
                         * @description When it happened
                         * @example 2026-03-01T12:00:00Z
                         */
                        occurredAt: string;
                        /**
                         * @description Of a reversal: what it reverses; it may arrive first, and then waits
                         * @example in_1042
                         */
                        originalExternalId?: string;
                        /** @description Tax contained in the amount; commissions are earned on the rest, in minor units */
                        tax?: number;
                        /** @description Of a card event: your own revenue from it, in minor units */
                        revenue?: number;
                        /** @description Make the customer where there is none, tied to no partner; otherwise it is refused */
                        createCustomer?: boolean;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "results": [
                     *         {
                     *           "externalId": "customer-1042",
                     *           "status": "recorded",
                     *           "id": "9b6fc9d9-11e0-7b74-8c65-7553f7a28dec",
                     *           "error": {
                     *             "code": "ada-writes",
                     *             "title": "text",
                     *             "facts": {}
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description One for each event, in the order given */
                        results: {
                            externalId: string;
                            /**
                             * @description `recorded`: assessed and booked. `duplicate`: recorded before. `waiting`: a reversal whose original has not arrived. `unmatched`: kept until its customer is known. `rejected`: nothing was kept.
                             * @enum {unknown}
                             */
                            status: "recorded" | "duplicate" | "waiting" | "unmatched" | "rejected";
                            /**
                             * Format: uuid
                             * @description Of the transaction, unless it was rejected
                             */
                            id?: string;
                            error?: {
                                /** @description Stable and machine-readable, as in a problem document */
                                code: string;
                                title: string;
                                facts?: {
                                    [key: string]: unknown;
                                };
                            };
                        }[];
                    };
                };
            };
            400: components["responses"]["Invalid"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            default: components["responses"]["OtherProblem"];
        };
    };
}
