/** The one form in which an address is stored and compared. The database refuses any other (users_email_lower_check). */
export const normalEmail = (email: string): string => email.trim().toLowerCase();
