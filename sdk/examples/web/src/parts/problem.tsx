/** An error about a whole form; screen readers announce it at once. */
export const Problem = ({ children }: { children: string | null | undefined }) =>
  children ? (
    <p className="problem" role="alert">
      {children}
    </p>
  ) : null;
