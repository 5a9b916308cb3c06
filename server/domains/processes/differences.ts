/** How a process is set up, as far as all processes of an installation must agree. */
export interface Setup {
  version: string;
  publicUrl: string | null;
  store: string | null;
  queue: string | null;
  accessKeys: string[];
  refreshKeys: string[];
}

export type Aspect = keyof Setup;

const ASPECTS: Aspect[] = ['version', 'publicUrl', 'store', 'queue', 'accessKeys', 'refreshKeys'];

/** In what two processes differ. What one of them does not have is no difference, nor are keys that overlap, as during a rotation. */
export const differencesOf = (a: Setup, b: Setup): Aspect[] =>
  ASPECTS.filter((aspect) => differ(a[aspect], b[aspect]));

function differ(a: Setup[Aspect], b: Setup[Aspect]): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length > 0 && b.length > 0 && !a.some((key) => b.includes(key));
  return a !== null && b !== null && a !== b;
}
