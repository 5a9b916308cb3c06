/** A refusal in the words of the protocol. */
export class S3Error extends Error {
  override name = 'S3Error';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string = code) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const errorDocument = ({ code, message }: S3Error) =>
  `<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const escapeXml = (text: string) => text.replace(/[&<>"]/g, (character) => ENTITIES[character]!);

export const unescapeXml = (text: string) =>
  Object.entries(ENTITIES).reduceRight(
    (result, [character, entity]) => result.replaceAll(entity, character),
    text,
  );

/** The texts of all elements with the name, in order. */
export const elements = (document: string, name: string) =>
  [...document.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map(([, text = '']) =>
    unescapeXml(text),
  );
