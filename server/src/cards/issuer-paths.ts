/** Where the issuer tells a programme's news; what it asks lies below. */
export const messagesPath = (programId: string): string => `/api/v1/webhooks/card-issuer/${programId}`;
