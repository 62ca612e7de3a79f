import { once } from 'node:events';

/** Where a thread stopped. Lines and columns are counted from 0. */
export interface Stop {
  readonly thread: string;
  readonly url: string;
  readonly line: number;
  readonly column: number;
  resume(): void;
}

export interface Breakpoint {
  /** What the URL of the script ends with. */
  readonly script: string;
  readonly line: number;
}

export interface Debugger {
  /** The next thread that stops. */
  stop(): Promise<Stop>;
  close(): void;
}

interface Attached {
  readonly sessionId: string;
  readonly workerInfo: { readonly title: string };
}

interface Paused {
  readonly hitBreakpoints?: readonly string[];
  readonly callFrames: readonly {
    readonly location: { readonly scriptId: string; readonly lineNumber: number; readonly columnNumber: number };
  }[];
}

/**
 * A debugger in miniature, over the protocol that editors speak: it attaches to the process and, through it, to each
 * thread before that runs anything, and sets its breakpoints there.
 */
export const attachDebugger = async (host: string, breakpoints: readonly Breakpoint[]): Promise<Debugger> => {
  const [target] = JSON.parse(await (await fetch(`http://${host}/json/list`)).text());
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await once(socket, 'open');
  const names = new Map<string, string>();
  const scripts = new Map<string, string>();
  const stops: Stop[] = [];
  const waiting: ((stop: Stop) => void)[] = [];
  let nextId = 1;

  const send = (method: string, params: object = {}) => socket.send(JSON.stringify({ id: nextId++, method, params }));
  const sendTo = (sessionId: string, method: string, params: object = {}) =>
    send('NodeWorker.sendMessageToWorker', {
      sessionId,
      message: JSON.stringify({ id: nextId++, method, params }),
    });

  const attach = ({ sessionId, workerInfo }: Attached) => {
    names.set(sessionId, workerInfo.title);
    sendTo(sessionId, 'Debugger.enable');
    for (const { script, line } of breakpoints) {
      const urlRegex = `${script.replaceAll('.', '\\.')}$`;
      sendTo(sessionId, 'Debugger.setBreakpointByUrl', { urlRegex, lineNumber: line });
    }
    sendTo(sessionId, 'Runtime.runIfWaitingForDebugger');
  };

  const pause = (sessionId: string, { callFrames: [frame], hitBreakpoints = [] }: Paused) => {
    // A thread that waited for the debugger stops at its first line too.
    if (!frame || hitBreakpoints.length === 0) return sendTo(sessionId, 'Debugger.resume');
    const { location } = frame;
    const stop: Stop = {
      thread: names.get(sessionId) ?? '',
      url: scripts.get(`${sessionId} ${location.scriptId}`) ?? '',
      line: location.lineNumber,
      column: location.columnNumber,
      resume: () => sendTo(sessionId, 'Debugger.resume'),
    };
    const next = waiting.shift();
    if (next) next(stop);
    else stops.push(stop);
    return undefined;
  };

  socket.addEventListener('message', ({ data }) => {
    const { method, params } = JSON.parse(String(data));
    if (method === 'NodeWorker.attachedToWorker') attach(params);
    if (method !== 'NodeWorker.receivedMessageFromWorker') return;
    const inner = JSON.parse(params.message);
    if (inner.method === 'Debugger.scriptParsed') {
      scripts.set(`${params.sessionId} ${inner.params.scriptId}`, inner.params.url);
    }
    if (inner.method === 'Debugger.paused') pause(params.sessionId, inner.params);
  });
  send('NodeWorker.enable', { waitForDebuggerOnStart: true });
  return {
    stop: () => {
      const stop = stops.shift();
      return stop ? Promise.resolve(stop) : new Promise((resolve) => waiting.push(resolve));
    },
    close: () => socket.close(),
  };
};
