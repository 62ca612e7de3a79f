const { createServer } = require('node:http');

createServer((_request, response) => response.end('hello')).listen(Number(process.env.PORT), process.env.HOST);
