/**
 * Preloaded into the emulator's functions: the DNS that they lack. Their function URLs (`*.on.aws`) and their APIs
 * (`*.localhost`, loopback by RFC 6761) answer at the emulator's own port, without TLS. It is JavaScript because it is
 * on the path of every cold start.
 */
import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';

const LOOPBACK = '127.0.0.1';
const emulatorPort = process.env.GATEWAY_PORT;

const { lookup } = dns;
dns.lookup = (hostname, ...rest) => lookup(hostname.endsWith('.localhost') ? LOOPBACK : hostname, ...rest);

const { request } = https;
https.request = (target, ...rest) => {
  const { hostname, pathname } = typeof target === 'string' ? new URL(target) : target;
  if (!hostname?.endsWith('.on.aws')) return request(target, ...rest);
  const [{ agent: _agent, headers, ...options }, answer] = rest;
  const here = {
    ...options,
    host: LOOPBACK,
    port: emulatorPort,
    path: pathname,
    headers: { ...headers, host: hostname },
  };
  return http.request(here, answer);
};

syncBuiltinESMExports();
