import { finding, listOf, ofType, type Rule } from '../template.ts';

/** Every alarm tells whom it wakes which page to open, and wakes somebody. */
export const alarmsNameAPage: Rule = (template, { runbook }) =>
  ofType(template, 'AWS::CloudWatch::Alarm').flatMap((alarm) => {
    const { AlarmDescription: description, AlarmActions: actions } = alarm.properties;
    const page = /docs\/runbook\/([a-z-]+)\.md$/.exec(String(description))?.[1];
    return [
      ...(page === undefined ? [finding(template, alarm, 'names no page of docs/runbook')] : []),
      ...(page !== undefined && !runbook.includes(page)
        ? [finding(template, alarm, `names docs/runbook/${page}.md, which is not there`)]
        : []),
      ...(listOf(actions).length === 0 ? [finding(template, alarm, 'has no action')] : []),
    ];
  });
