module.exports = { nested: { handler: async (event) => ({ commonjs: event }) } };
