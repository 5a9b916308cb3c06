import type { Invite } from './contract.ts';

type InviteRow = Omit<Invite, 'redeemedBy'>;

export const presentInvite = ({ code, status, createdAt, expiresAt }: InviteRow): InviteRow => ({
  code,
  status,
  createdAt,
  expiresAt,
});
