// The part of uqr that the client uses.
export interface Code { version: number; size: number; data: boolean[][] }
export function encode(text: string, options?: { ecc?: 'L' | 'M' | 'Q' | 'H'; border?: number }): Code;
