const found: string[] = [];

export const noteUndocumented = (where: string, faults: string[]): void => {
  for (const fault of faults) found.push(`${where}: ${fault}`);
};

/** Responses since the last call that the document does not describe. */
export const takeUndocumented = (): string[] => found.splice(0);
