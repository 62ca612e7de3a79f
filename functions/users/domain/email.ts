/**
 * The form by which two addresses count as the same: NFC, trimmed, lower case. The local part is case-sensitive by
 * RFC 5321 §2.4, but no large provider treats it so, and two accounts that differ by case alone are a trap.
 */
export const normaliseEmail = (email: string): string => email.normalize('NFC').trim().toLowerCase();
