/** A permanent fault of a file; the message is shown to the user who uploaded it. */
export class PictureFault extends Error {
  override name = 'PictureFault';
}

export const damaged = () => new PictureFault('The file is damaged: it cannot be decoded');
