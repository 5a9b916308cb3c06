/** A permanent fault of a file; the message is shown to the user who uploaded it. */
export class UnusableImage extends Error {
  override name = 'UnusableImage';
}

export const damaged = () => new UnusableImage('The file is damaged: it cannot be decoded');
