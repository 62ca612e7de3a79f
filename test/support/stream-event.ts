import type { AttributeValue, DynamoDBStreamEvent } from 'aws-lambda';
import { marshalItem } from '../../functions/kernel/stores/attribute-value.ts';
import type { Item } from '../../functions/kernel/stores/table.ts';

export interface StreamChange {
  readonly name?: 'INSERT' | 'MODIFY' | 'REMOVE';
  /** Before and after it, when it is a change. */
  readonly item: Item;
}

/** A batch as Lambda's mapping of a table's stream delivers it; the n-th record has the sequence number 100 + n. */
export const streamEvent = (...changes: readonly StreamChange[]): DynamoDBStreamEvent => ({
  Records: changes.map(({ name = 'INSERT', item }, index) => {
    const image = marshalItem(item) as Record<string, AttributeValue>;
    return {
      eventID: `event-${index}`,
      eventName: name,
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      dynamodb: {
        ApproximateCreationDateTime: 1_767_225_600,
        Keys: { pk: { S: item.pk }, sk: { S: item.sk } },
        ...(name !== 'INSERT' && { OldImage: image }),
        ...(name !== 'REMOVE' && { NewImage: image }),
        SequenceNumber: `000000000000000000${100 + index}`,
        SizeBytes: 100,
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
      eventSourceARN: 'arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/2026-01-01T00:00:00.000',
    };
  }),
});
