/** A problem that the operator can fix; the message is printed without a stack. */
export class StartupError extends Error {
  override name = 'StartupError';
}
