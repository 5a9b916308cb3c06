import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { OpenApiDocument } from '../../server/api/openapi/document.ts';
import { breakingChanges } from '../../server/scripts/generator/breaking/document.ts';

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as OpenApiDocument;

test('clients of the released document go on with that of now', () => {
  expect(breakingChanges(read('sdk/released.json'), read('sdk/openapi.json'))).toEqual([]);
});

/** Small enough to see all of it: one list, one write, a schema that holds itself. */
const notes = () => ({
  openapi: '3.1.1' as const,
  paths: {
    '/notes': {
      get: {
        operationId: 'notesList',
        security: [{ accessToken: [] }, {}] as object[],
        parameters: [
          { name: 'kind', in: 'query', required: false, schema: { type: 'string', enum: ['short', 'long'] } },
        ] as object[],
        responses: {
          200: {
            headers: { 'X-Request-Id': {} } as object,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Note' } } },
          },
        } as Record<string, object>,
      },
      post: {
        operationId: 'notesCreate',
        security: [{ accessToken: [] }] as object[],
        parameters: [{ $ref: '#/components/parameters/Key' }] as object[],
        requestBody: {
          required: false,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/NewNote' }, example: {} } },
        },
        responses: { 204: {} } as Record<string, object>,
      },
    },
  },
  components: {
    parameters: { Key: { name: 'Key', in: 'header', schema: { type: 'string', maxLength: 128 } } },
    schemas: {
      NewNote: {
        type: 'object',
        required: ['text'],
        properties: {
          text: { type: 'string', minLength: 1, maxLength: 100 },
          stars: { type: 'integer', minimum: 0, maximum: 5 },
          tags: { type: 'array', maxItems: 3, items: { type: 'string' } },
          until: { type: ['string', 'null'] },
          mood: { type: 'string', enum: ['glad', 'sad'] },
        },
      },
      Note: {
        type: 'object',
        required: ['id', 'state', 'about'],
        properties: {
          id: { type: 'string' },
          state: { type: 'string', enum: ['open', 'done'] },
          about: { anyOf: [{ $ref: '#/components/schemas/Person' }, { $ref: '#/components/schemas/Place' }] },
          replies: { type: 'array', items: { $ref: '#/components/schemas/Note' } },
          counts: { type: 'object', additionalProperties: { type: 'integer' } },
        },
      },
      Person: {
        type: 'object',
        properties: { is: { const: 'person', type: 'string' }, age: { type: 'integer' } },
      },
      Place: { type: 'object', properties: { is: { const: 'place', type: 'string' } } },
    },
  },
});
type Notes = ReturnType<typeof notes>;

// biome-ignore lint/suspicious/noExplicitAny: the changes reach where types would only be in the way
type Part = any;
type Change = (
  document: Part,
  parts: { list: Part; create: Part; Note: Part; NewNote: Part; schemas: Part },
) => void;

function changed(change: Change): string[] {
  const after = structuredClone(notes());
  const { get: list, post: create } = after.paths['/notes'];
  const { schemas } = after.components;
  change(after, { list, create, Note: schemas.Note, NewNote: schemas.NewNote, schemas });
  const asDocument = (document: Notes) => document as unknown as OpenApiDocument;
  return breakingChanges(asDocument(notes()), asDocument(after));
}

const breaks: [sentence: string, change: Change][] = [
  ['POST /notes is gone', ({ paths }) => delete paths['/notes'].post],
  ['GET /notes is now called notesAll', (_, { list }) => (list.operationId = 'notesAll')],
  ['GET /notes can no longer be called with no token', (_, { list }) => list.security.pop()],
  [
    'POST /notes can no longer be called with accessToken',
    (_, { create }) => (create.security = [{ adminToken: [] }]),
  ],
  ['GET /notes query kind is gone', (_, { list }) => (list.parameters = [])],
  ['GET /notes query kind lost the value long', (_, { list }) => list.parameters[0].schema.enum.pop()],
  ['GET /notes query kind is now required', (_, { list }) => (list.parameters[0].required = true)],
  [
    'GET /notes query since is now required',
    (_, { list }) => list.parameters.push({ name: 'since', in: 'query', required: true, schema: {} }),
  ],
  [
    'POST /notes header Key is stricter: maxLength 64',
    ({ components }) => (components.parameters.Key.schema.maxLength = 64),
  ],
  ['POST /notes now needs a body', (_, { create }) => (create.requestBody.required = true)],
  [
    'POST /notes body is no longer application/json',
    (_, { create }) => (create.requestBody.content = { 'text/plain': {} }),
  ],
  ['POST /notes body.stars is gone', (_, { NewNote }) => delete NewNote.properties.stars],
  ['POST /notes body.mood is now required', (_, { NewNote }) => NewNote.required.push('mood')],
  [
    'POST /notes body.color is now required',
    (_, { NewNote }) => {
      NewNote.properties.color = { type: 'string' };
      NewNote.required.push('color');
    },
  ],
  ['POST /notes body.mood lost the value sad', (_, { NewNote }) => NewNote.properties.mood.enum.pop()],
  [
    'POST /notes body.text now accepts only certain values',
    (_, { NewNote }) => (NewNote.properties.text.enum = ['a']),
  ],
  [
    'POST /notes body.text is stricter: minLength 2',
    (_, { NewNote }) => (NewNote.properties.text.minLength = 2),
  ],
  [
    'POST /notes body.text is stricter: pattern ^a',
    (_, { NewNote }) => (NewNote.properties.text.pattern = '^a'),
  ],
  [
    'POST /notes body.stars is stricter: maximum 4',
    (_, { NewNote }) => (NewNote.properties.stars.maximum = 4),
  ],
  [
    'POST /notes body.tags is stricter: maxItems 2',
    (_, { NewNote }) => (NewNote.properties.tags.maxItems = 2),
  ],
  [
    'POST /notes body.tags[] is stricter: maxLength 9',
    (_, { NewNote }) => (NewNote.properties.tags.items.maxLength = 9),
  ],
  [
    'POST /notes body.stars changed its type from integer to string',
    (_, { NewNote }) => (NewNote.properties.stars = { type: 'string' }),
  ],
  [
    'POST /notes body.until can no longer be null',
    (_, { NewNote }) => (NewNote.properties.until.type = 'string'),
  ],
  ['GET /notes no longer returns 200', (_, { list }) => (list.responses = { 202: list.responses[200] })],
  ['GET /notes 200 no longer has X-Request-Id', (_, { list }) => (list.responses[200].headers = {})],
  [
    'GET /notes 200 is no longer application/json',
    (_, { list }) => (list.responses[200].content = { 'text/csv': {} }),
  ],
  ['GET /notes 200.id is gone', (_, { Note }) => delete Note.properties.id],
  ['GET /notes 200.id can now be missing', (_, { Note }) => Note.required.shift()],
  ['GET /notes 200.id can now be null', (_, { Note }) => (Note.properties.id.type = ['string', 'null'])],
  [
    'GET /notes 200.id changed its type from string to integer',
    (_, { Note }) => (Note.properties.id.type = 'integer'),
  ],
  ['GET /notes 200.state lost the value done', (_, { Note }) => Note.properties.state.enum.pop()],
  ['GET /notes 200.about lost the variant place', (_, { Note }) => Note.properties.about.anyOf.pop()],
  [
    'GET /notes 200.about.age changed its type from integer to number',
    (_, { schemas }) => (schemas.Person.properties.age.type = 'number'),
  ],
  [
    'GET /notes 200.counts.* changed its type from integer to string',
    (_, { Note }) => (Note.properties.counts.additionalProperties.type = 'string'),
  ],
];

test.each(breaks)('%s', (sentence, change) => {
  expect(changed(change)).toContain(sentence);
});

const others: [what: string, change: Change][] = [
  ['nothing', () => {}],
  ['a new operation', ({ paths }) => (paths['/new'] = { get: {} })],
  ['texts and examples', (_, { list }) => Object.assign(list, { summary: 'x', description: 'y' })],
  [
    'a new parameter that may be left out',
    (_, { list }) => list.parameters.push({ name: 'since', in: 'query', schema: {} }),
  ],
  ['a token that need not be sent any more', (_, { create }) => (create.security = [])],
  [
    'a field more to send, and a bound that is wider',
    (_, { NewNote }) => {
      NewNote.properties.color = { type: 'string' };
      NewNote.properties.text.maxLength = 200;
    },
  ],
  [
    'a field that may be left out now, or be null',
    (_, { NewNote }) => {
      NewNote.required = [];
      NewNote.properties.mood.type = ['string', 'null'];
    },
  ],
  [
    'an error and an answer field more',
    (_, { list, Note }) => {
      list.responses[409] = {};
      Note.properties.more = { type: 'string' };
    },
  ],
  [
    'a value more in an answer, and a kind more',
    (_, { Note }) => {
      Note.properties.state.enum.push('late');
      Note.properties.about.anyOf.push({ type: 'object' });
    },
  ],
  ['an answer that is never null or missing any more', (_, { Note }) => Note.required.push('replies')],
  [
    'another name of a schema',
    ({ components }, { list, schemas }) => {
      components.schemas.Memo = schemas.Note;
      list.responses[200].content['application/json'].schema.$ref = '#/components/schemas/Memo';
    },
  ],
];

test.each(others)('%s breaks nobody', (_, change) => {
  expect(changed(change)).toEqual([]);
});
