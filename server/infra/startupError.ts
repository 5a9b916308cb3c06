/** A problem that the operator can fix; the message is printed without a stack. */
export class StartupProblem extends Error {
  override name = 'StartupProblem';
}
