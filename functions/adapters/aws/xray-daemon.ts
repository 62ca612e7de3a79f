import { createSocket, type Socket } from 'node:dgram';

/** docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html, "Using the X-Ray daemon". */
const HEADER = '{"format":"json","version":1}\n';

const DEFAULT_ADDRESS = '127.0.0.1:2000';

/** `host:port`, or `tcp:host:port udp:host:port`. */
const addressIn = (variable: string): { readonly host: string; readonly port: number } => {
  const [host = '', port = ''] = (/udp:(\S+)/.exec(variable)?.[1] ?? variable).split(':');
  return { host, port: Number(port) };
};

let socket: Socket | undefined;

const openSocket = (): Socket => {
  const opened = createSocket('udp4');
  // It keeps nothing alive, and a daemon that is not there is no failure.
  opened.unref().on('error', () => {});
  return opened;
};

/**
 * Sends a segment document. One socket for the environment's life: the SDK's own emitter opens and closes one for each
 * datagram, which cost a request more than its database read did.
 */
export const sendToDaemon = (document: string): void => {
  socket ??= openSocket();
  const { host, port } = addressIn(process.env.AWS_XRAY_DAEMON_ADDRESS ?? DEFAULT_ADDRESS);
  socket.send(HEADER + document, port, host);
};
