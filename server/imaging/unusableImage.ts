const DAMAGED = 'The file is damaged: it cannot be decoded';

/** A permanent fault of a file; the message is shown to the user who uploaded it. */
export class UnusableImage extends Error {
  override name = 'UnusableImage';
}

/** The decoder gave up on the file. Whether it is the file's fault shows only when it fails alone as well. */
export class Undecodable extends UnusableImage {
  override name = 'Undecodable';
  constructor(options?: ErrorOptions) {
    super(DAMAGED, options);
  }
}

export const damaged = () => new UnusableImage(DAMAGED);

/** Says, for people, that not exactly the announced bytes arrived. */
export const wrongLength = (arrived: number, announced: number): string =>
  arrived < announced
    ? `Only ${arrived} of ${announced} bytes arrived; send the file again`
    : `${arrived} bytes arrived instead of ${announced}; send the file again`;
