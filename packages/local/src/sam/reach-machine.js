import net from 'node:net';

// In SAM's container loopback is the container itself; what runs on the machine's loopback has another name there.
const LOOPBACK = /^(127\.0\.0\.1|localhost)$/;
const lambdaPort = process.env.AWS_LAMBDA_RUNTIME_API?.split(':')[1];
const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function reachMachine(...args) {
  // net.connect passes its normalized arguments on as one array.
  const list = Array.isArray(args[0]) ? args[0] : args;
  const { host, port } = list[0];
  if (LOOPBACK.test(host) && String(port) !== lambdaPort) list[0] = { ...list[0], host: 'host.docker.internal' };
  return connect.apply(this, args);
};
