/** What is wrong with a file for good; the message is for the person who sent it. */
export class PictureFault extends Error {
  override name = 'PictureFault';
}

export const damaged = () => new PictureFault('The file is damaged: it can not be decoded');
