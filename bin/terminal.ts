import { type CommandLine, createTerminal } from '@archipelago/local/cli';

/** The scripts of package.json; `--silent` where what is printed is used by another command. */
const npmScript: CommandLine = (command, args) => {
  const script = command === 'start' ? 'npm start' : `npm run --silent ${command}`;
  return args === undefined ? script : `${script} -- ${args}`;
};

export const terminal = createTerminal(npmScript);
