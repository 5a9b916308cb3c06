const found: string[] = [];

export const noteUndocumented = (where: string, faults: string[]): void => {
  for (const fault of faults) found.push(`${where}: ${fault}`);
};

/** What was answered since the last time that the document does not tell of. */
export const takeUndocumented = (): string[] => found.splice(0);
