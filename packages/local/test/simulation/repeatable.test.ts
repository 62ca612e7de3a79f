import { beforeAll, describe, expect, it } from '@jest/globals';
import { CALM, RESTLESS } from '../../src/simulation/disturbance.ts';
import { startSimulation } from '../../src/simulation/start-simulation.ts';
import { synthesizeGuestbook } from '../foreign-app/guestbook.ts';

let assemblyFolder = '';
beforeAll(() => {
  assemblyFolder = synthesizeGuestbook();
}, 30_000);

/** Two clients write at the same time; then all is quiet. */
const run = async (seed: number, disturbance = RESTLESS) => {
  const notes: string[] = [];
  const simulation = await startSimulation({ assemblyFolder, seed, disturbance, onNote: (line) => notes.push(line) });
  try {
    const write = (id: string) =>
      simulation.request({ method: 'POST', url: '/entries', body: JSON.stringify({ id, text: 'hello' }) });
    const written = await Promise.all([write('a'), write('b')]);
    const quiet = await simulation.runUntilQuiet({ maxVirtualMs: 600_000 });
    const read = await simulation.request({ method: 'GET', url: '/entries/b' });
    return { statuses: written.map(({ status }) => status), quiet, read, hash: simulation.traceHash(), notes };
  } finally {
    await simulation.stop();
  }
};

describe('a simulated system', () => {
  it('does what a real one does', async () => {
    const { statuses, quiet, read } = await run(1, CALM);
    expect(statuses).toEqual([201, 201]);
    expect(quiet).toMatchObject({ quiet: true, waitingFor: [] });
    expect(JSON.parse(read.body)).toEqual({ id: 'b', text: 'hello', thanked: true });
  }, 30_000);

  it('does the same for the same seed, and something else for another', async () => {
    const [first, again, other] = [await run(3), await run(3), await run(4)];
    expect(again.notes).toEqual(first.notes);
    expect(again.hash).toBe(first.hash);
    expect(other.hash).not.toBe(first.hash);
  }, 60_000);
});

const HARSH = { repeats: 0.4, late: 0.2, splits: 0.9, coldStarts: 0.3, skewMs: 0 };

/** The stream records that the function was given, in the order in which it was. */
const givenRecords = (notes: readonly string[]): readonly number[] =>
  notes
    .filter((line) => /^\d+ invoke GuestbookWeb-Announce/.test(line))
    .flatMap(
      (line): readonly { dynamodb: { SequenceNumber: string } }[] => JSON.parse(line.slice(line.indexOf('{'))).Records,
    )
    .map(({ dynamodb }) => Number(dynamodb.SequenceNumber.slice(1)));

/** Everything that the lines of a function's invocations have at this place, in order. */
const givenTo = (notes: readonly string[], functionName: string, place: RegExp): readonly string[] =>
  notes
    .filter((line) => line.includes(` invoke GuestbookWeb-${functionName}`))
    .flatMap((line) => [...line.matchAll(place)].map(([, found = '']) => found));

const repeatsIn = (values: readonly string[]): number => values.length - new Set(values).size;

const notesUnder = async (seed: number): Promise<readonly string[]> => {
  const notes: string[] = [];
  const onNote = (line: string) => notes.push(line);
  const simulation = await startSimulation({ assemblyFolder, seed, disturbance: HARSH, onNote });
  for (const text of ['one', 'two', 'three', 'four']) {
    await simulation.request({ method: 'POST', url: '/entries', body: JSON.stringify({ id: 'a', text }) });
  }
  await simulation.runUntilQuiet({ maxVirtualMs: 3_600_000 });
  await simulation.stop();
  return notes;
};

describe('a disturbed system', () => {
  it('hands records over twice, but all of them, and none before an earlier one', async () => {
    let repeated = 0;
    for (const seed of [1, 2, 3]) {
      const given = givenRecords(await notesUnder(seed));
      const firstTimes = [...new Set(given)];
      expect(firstTimes).toEqual([...firstTimes].sort((a, b) => a - b));
      expect(firstTimes.slice(0, 4)).toEqual([1, 2, 3, 4]);
      repeated += given.length - firstTimes.length;
    }
    expect(repeated).toBeGreaterThan(0);
  }, 60_000);

  it('delivers an event to a queue twice, and a message to a function twice', async () => {
    const notes = (await Promise.all([notesUnder(1), notesUnder(2), notesUnder(3)])).flat();
    const messages = givenTo(notes, 'Thank', /"messageId":"([^"]+)"/g);
    const events = givenTo(notes, 'Thank', /\\"id\\":\\"([^"\\]{36})\\"/g);
    expect(repeatsIn(messages)).toBeGreaterThan(0);
    // More of them than of messages: some came as two messages.
    expect(repeatsIn(events)).toBeGreaterThan(repeatsIn(messages));
  }, 60_000);
});
