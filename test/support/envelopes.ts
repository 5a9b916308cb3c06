/** Requests of the platforms that run serverless workers, in the shapes that they document. */

export const job = (n: number) => ({
  kind: 'media.process',
  mediaId: `01993a4e-7c1b-7b52-9a52-${String(n).padStart(12, '0')}`,
});

/** What a trigger of Lambda has in `Records`. */
export const sqsRecord = (n: number, body = JSON.stringify(job(n))) => ({
  messageId: `message-${n}`,
  receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a...',
  body,
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '1545082649183',
    SenderId: 'AIDAIENQZJOLO23YVJ4VO',
    ApproximateFirstReceiveTimestamp: '1545082649185',
  },
  messageAttributes: {},
  md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:us-east-2:123456789012:ciel-media',
  awsRegion: 'us-east-2',
});

/** What EventBridge Pipes reads from SQS: the same fields, without an object around them. */
export const pipesRecord = (n: number) => ({
  ...sqsRecord(n),
  md5OfBody: '7b270e59b47ff90a553787216d55d91d',
  awsRegion: 'us-west-2',
});

export const pushMessage = (n: number) => ({
  message: {
    attributes: { origin: 'ciel' },
    data: Buffer.from(JSON.stringify(job(n))).toString('base64'),
    messageId: `message-${n}`,
    message_id: `message-${n}`,
    publishTime: '2026-11-30T09:00:00.000Z',
    publish_time: '2026-11-30T09:00:00.000Z',
  },
  subscription: 'projects/ciel/subscriptions/media',
});
