import { textOf } from '../../../assembly/values.ts';
import type { Caller } from '../../../core/aws-call.ts';
import type { World } from '../../../core/world.ts';
import type { DeliveryOrder, FailedDelivery, PersistentDelivery } from '../../../delivery/persistent-delivery.ts';
import { traceIdOf } from '../../../http/trace-header.ts';
import { matchesPattern } from '../../../language/event-pattern/matches-pattern.ts';
import type { Archives } from './archives.ts';
import type { Buses, Envelope, EventBus } from './event-bus.ts';
import type { Rule, Target } from './rule.ts';
import { payloadOf } from './target-payload.ts';

export interface Publication {
  readonly envelope: Envelope;
  readonly traceHeader?: string;
  /** Only these rules, by ARN, as a replay may ask. */
  readonly onlyRules?: readonly string[];
  /** Came from another bus: goes to no third one, as on AWS. */
  readonly forwarded?: true;
}

const letterAttributes = (rule: Rule, target: Target, failure: FailedDelivery): Readonly<Record<string, string>> => ({
  RULE_ARN: rule.arn,
  TARGET_ARN: target.arn,
  ERROR_CODE: failure.errorCode,
  ERROR_MESSAGE: failure.errorMessage,
  RETRY_ATTEMPTS: String(failure.retryAttempts),
  ...(failure.exhausted && { EXHAUSTED_RETRY_CONDITION: failure.exhausted }),
});

/** The role of a target, or EventBridge itself, which a queue or a function lets in by the rule. */
const callerOf = ({ arn: sourceArn, roleArn }: Rule, { given }: Pick<Target, 'given'> = { given: {} }): Caller => {
  const role = textOf(given.RoleArn) ?? roleArn;
  return role === undefined ? { principal: 'events.amazonaws.com', sourceArn } : { principal: role };
};

/** Sends events on their way: into the journal, into archives, and to the targets of every rule that matches. */
export const createPublisher = (world: World, buses: Buses, archives: Archives, deliver: PersistentDelivery) => {
  const orderOf = (rule: Rule, target: Target, { envelope, traceHeader }: Publication): DeliveryOrder => {
    const source = `events ${rule.busName}/${rule.name}`;
    const trace = traceHeader === undefined ? {} : { traceHeader };
    const by = callerOf(rule, target);
    const payload = payloadOf(target.input, { rule, envelope, ingestedAtMs: world.clock.now() });
    return {
      targetArn: target.arn,
      delivery: { payload, source, ...trace, by },
      retry: target.retry,
      record: { eventId: envelope.id, rule: rule.arn },
      ...(target.deadLetterArn !== undefined && {
        deadLetter: {
          arn: target.deadLetterArn,
          deadLetterFor: (failure) => ({
            payload: JSON.stringify(envelope),
            source: `events dead letter of ${rule.name}`,
            ...trace,
            attributes: letterAttributes(rule, target, failure),
            by: callerOf(rule),
          }),
        },
      }),
    };
  };

  const toTargets = (rule: Rule, publication: Publication) => {
    for (const target of rule.targets.values()) {
      if (publication.forwarded && target.arn.split(':')[2] === 'events') continue;
      deliver(orderOf(rule, target, publication));
    }
  };

  const record = (busName: string, { envelope, traceHeader, forwarded }: Publication, rules: readonly Rule[]) => {
    const replayName = envelope['replay-name'];
    // A replayed or forwarded event keeps its id, but an entry of the journal needs one of its own.
    const again = replayName !== undefined || forwarded ? `${envelope.id}:${world.random.hex(4)}` : envelope.id;
    const traceId = traceIdOf(traceHeader);
    world.journal.record('events', {
      id: again,
      eventId: envelope.id,
      atMs: world.clock.now(),
      bus: busName,
      source: envelope.source,
      detailType: envelope['detail-type'],
      detail: envelope.detail,
      ...(traceId !== undefined && { traceId }),
      matchedRules: rules.map(({ name }) => name),
      envelope,
    });
  };

  return {
    publish: (bus: EventBus, publication: Publication): void => {
      const { envelope, onlyRules } = publication;
      const matched = buses
        .rulesOf(bus.name)
        .filter(({ enabled, pattern }) => enabled && pattern !== undefined && matchesPattern(pattern, envelope))
        .filter(({ arn }) => !onlyRules || onlyRules.includes(arn));
      record(bus.name, publication, matched);
      archives.keep(bus, envelope);
      for (const rule of matched) toTargets(rule, publication);
    },
    /** What a schedule does: its own rule only, whatever other rules would match. */
    publishTo: (rule: Rule, envelope: Envelope): void => {
      record(rule.busName, { envelope }, [rule]);
      toTargets(rule, { envelope });
    },
  };
};

export type Publisher = ReturnType<typeof createPublisher>;
