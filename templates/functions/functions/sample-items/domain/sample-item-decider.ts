import { accept, type Decider, type Decision, refuse } from '../../../../../functions/kernel/stores/decider.ts';
import { never } from '../../../../../functions/kernel/values/never.ts';
import type { SampleItem, SampleItemCommand, SampleItemEvent } from './sample-item.ts';

const initialState: SampleItem = { kind: 'none' };

const save = (text: string, before: SampleItem): Decision<SampleItemEvent> => {
  if (before.kind === 'erased')
    return refuse({ outcome: 'conflict', code: 'erased', detail: 'It was erased with its user.' });
  const isSame = before.kind === 'kept' && before.text === text;
  return isSame ? accept() : accept({ type: 'SampleItemSaved', text });
};

const decide = (command: SampleItemCommand, before: SampleItem): Decision<SampleItemEvent> => {
  switch (command.type) {
    case 'SaveSampleItem':
      return save(command.text, before);
    case 'EraseSampleItem':
      return before.kind === 'kept' ? accept({ type: 'SampleItemErased' }) : accept();
    default:
      return never(command);
  }
};

const evolve = (_before: SampleItem, event: SampleItemEvent): SampleItem => {
  switch (event.type) {
    case 'SampleItemSaved':
      return { kind: 'kept', text: event.text };
    case 'SampleItemErased':
      return { kind: 'erased' };
    default:
      return never(event);
  }
};

export const sampleItemDecider: Decider<SampleItemCommand, SampleItemEvent, SampleItem> = {
  initialState,
  decide,
  evolve,
};
