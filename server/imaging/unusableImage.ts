/** A permanent fault of a file; the message is shown to the user who uploaded it. */
export class UnusableImage extends Error {
  override name = 'UnusableImage';
}

export const damaged = () => new UnusableImage('The file is damaged: it cannot be decoded');

/** Says, for people, that not exactly the announced bytes arrived. */
export const wrongLength = (arrived: number, announced: number): string =>
  arrived < announced
    ? `Only ${arrived} of ${announced} bytes arrived; send the file again`
    : `${arrived} bytes arrived instead of ${announced}; send the file again`;
