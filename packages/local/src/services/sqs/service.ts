import type { EmulatedService } from '../../core/emulated-service.ts';
import type { QueueSource } from '../../core/ports.ts';
import type { World } from '../../core/world.ts';
import type { Call } from '../../http/operation.ts';
import { queueActs } from './operations/acts.ts';
import { messageOperations } from './operations/messages.ts';
import { moveTaskOperations } from './operations/move-tasks.ts';
import { sqsProtocol } from './operations/protocol.ts';
import { queueOperations } from './operations/queues.ts';
import { queueResourceTypes } from './resources.ts';
import { inspectQueues } from './state/inspect-queues.ts';
import { sendableAttributes } from './state/message-checks.ts';
import { createMessageService, type MessageService } from './state/message-service.ts';
import { createQueueDesk } from './state/queue-desk.ts';
import { createQueueStore, type QueueStore } from './state/queue-store.ts';
import { receivedMessage } from './state/received-message.ts';

const queueSource = (store: QueueStore, messages: MessageService): QueueSource => {
  const queueOf = (arn: string) => store.need(store.ofArn(arn));
  return {
    exists: (arn) => store.ofArn(arn) !== undefined,
    receive: (arn, max) => messages.receive(queueOf(arn), max).map(receivedMessage),
    delete: (arn, receiptHandle) => messages.delete(queueOf(arn), receiptHandle),
    release: (arn, receiptHandle, seconds) => messages.changeVisibility(queueOf(arn), receiptHandle, seconds),
    outlook: (arn, receiptHandle) => messages.outlook(queueOf(arn), receiptHandle),
    onVisible: store.onVisible,
  };
};

/** Standard queues, in memory, on the runtime's clock. */
export const createSqsService = (world: World): EmulatedService => {
  const { access } = world;
  const store = createQueueStore(world);
  const messages = createMessageService(world, store.ofArn);
  const queueOf = ({ resource }: Call) => store.need(store.find(resource ?? ''));

  world.provide('queues', queueSource(store, messages));
  world.provide('queueDesk', createQueueDesk(world, store));
  world.targets.register('sqs', async (arn, { payload, source, traceHeader, attributes = {}, by }) => {
    if (by) access.demand(by, [{ action: 'sqs:SendMessage', resource: arn }]);
    const queue = store.need(store.ofArn(arn));
    const message = { body: payload, attributes: sendableAttributes(queue, payload, attributes) };
    messages.send(queue, { ...message, senderId: source, traceHeader });
  });

  return {
    signingName: 'sqs',
    handle: sqsProtocol(
      {
        ...queueOperations(world, store, queueOf),
        ...moveTaskOperations(world, store),
        ...messageOperations(world, messages, queueOf),
      },
      (operation, input, caller) => access.demand(caller, () => queueActs(store, operation, input)),
    ),
    resourceTypes: queueResourceTypes(world, store),
    inspect: () => inspectQueues(store.all(), world.clock.now()),
  };
};
