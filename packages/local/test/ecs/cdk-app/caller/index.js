const { resolveSrv } = require('node:dns/promises');

exports.handler = async () => {
  const [{ port }] = await resolveSrv(process.env.NAME);
  return (await fetch(`http://127.0.0.1:${port}`)).text();
};
