/** What is wrong with a form as a whole, said at once also to who can not see it. */
export const Problem = ({ children }: { children: string | null | undefined }) =>
  children ? (
    <p className="problem" role="alert">
      {children}
    </p>
  ) : null;
