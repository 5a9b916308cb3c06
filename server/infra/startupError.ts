/** Something the operator can put right; the message is the sentence to print, without a stack. */
export class StartupProblem extends Error {
  override name = 'StartupProblem';
}
