import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import { hasSegmentShape, type SegmentDocument } from './segment.ts';

export interface Trace {
  readonly traceId: string;
  readonly startMs: number;
  readonly durationMs: number;
  /** Segment documents, each with all that belongs below it in `subsegments`, in order of their start. */
  readonly segments: readonly JsonObject[];
}

interface TraceStore {
  put(document: SegmentDocument): void;
  /** Newest first. */
  traces(): readonly Trace[];
}

type Flat = SegmentDocument & { readonly parent_id?: Json };
type FlatTrace = Map<string, Flat>;

const flatten = (document: Flat, into: FlatTrace): void => {
  const { subsegments, ...own } = document;
  into.set(own.id, own);
  for (const below of Array.isArray(subsegments) ? subsegments : []) {
    if (!isObject(below)) continue;
    const child = { ...below, trace_id: own.trace_id, parent_id: own.id };
    if (hasSegmentShape(child)) flatten(child, into);
  }
};

const byStart = (a: SegmentDocument, b: SegmentDocument) => a.start_time - b.start_time;

const nest = (segments: FlatTrace): readonly JsonObject[] => {
  const below = new Map<string, Flat[]>();
  const roots: Flat[] = [];
  for (const segment of segments.values()) {
    const parentId = typeof segment.parent_id === 'string' ? segment.parent_id : '';
    // A parent that never reports (a caller outside, a service that sends nothing) leaves its children at the top.
    if (!segments.has(parentId) || parentId === segment.id) roots.push(segment);
    else below.set(parentId, [...(below.get(parentId) ?? []), segment]);
  }
  const withChildren = (segment: Flat): JsonObject => {
    const children = below.get(segment.id);
    return children ? { ...segment, subsegments: children.sort(byStart).map(withChildren) } : segment;
  };
  return roots.sort(byStart).map(withChildren);
};

const summarise = (traceId: string, flat: FlatTrace): Trace => {
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  for (const { start_time: startTime, end_time: endTime } of flat.values()) {
    start = Math.min(start, startTime);
    end = Math.max(end, typeof endTime === 'number' ? endTime : startTime);
  }
  const startMs = Math.round(start * 1000);
  return { traceId, startMs, durationMs: Math.round(end * 1000) - startMs, segments: nest(flat) };
};

/** Puts segments together by trace id, whatever order they come in; keeps the newest traces. */
export const createTraceStore = (keep = 1_000): TraceStore => {
  const kept = new Map<string, FlatTrace>();
  return {
    put: (document) => {
      const flat: FlatTrace = kept.get(document.trace_id) ?? new Map();
      kept.set(document.trace_id, flat);
      flatten(document, flat);
      if (kept.size <= keep) return;
      const [oldest] = kept.keys();
      if (oldest !== undefined) kept.delete(oldest);
    },
    traces: () => [...kept].reverse().map(([traceId, flat]) => summarise(traceId, flat)),
  };
};
