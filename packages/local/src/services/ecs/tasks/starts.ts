import { messageOf } from '../../../core/thrown.ts';
import type { World } from '../../../core/world.ts';
import type { Deployment } from './deployment.ts';
import type { Roster } from './roster.ts';
import type { TaskNotes } from './task-notes.ts';

/** Tasks on their way to the roster. */
export interface Starts {
  underWay(): number;
  /** Calls back when all of them are there, or could not be started. */
  begin(count: number, deployment: Deployment, onDone: () => void): void;
}

export const createStarts = (
  world: World,
  notes: TaskNotes,
  roster: Roster,
  onFailure: (deployment: Deployment) => void,
): Starts => {
  let underWay = 0;

  const start = async (deployment: Deployment) => {
    underWay += 1;
    try {
      await roster.start(deployment);
    } catch (error) {
      notes.happened(messageOf(error), 'ERROR');
      onFailure(deployment);
    }
    underWay -= 1;
  };

  return {
    underWay: () => underWay,
    begin: (count, deployment, onDone) => {
      const work = Promise.all(Array.from({ length: count }, () => start(deployment))).then(onDone);
      world.agenda.follow({ what: 'start tasks of', subject: deployment.definition.family }, work);
    },
  };
};
