import { useQuery } from '@tanstack/react-query';

interface ServerSettings {
  demoPeople: { handle: string; password: string }[];
  isInviteNeeded: boolean;
}

/** The server's public settings. */
export const useServerSettings = (): ServerSettings | undefined =>
  useQuery({
    queryKey: ['settings of the server'],
    queryFn: async (): Promise<ServerSettings> => (await fetch('/app/settings.json')).json(),
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
