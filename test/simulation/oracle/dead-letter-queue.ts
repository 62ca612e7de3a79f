const DEAD_LETTERS = /dead-letter|lost-records|undelivered|missed-runs/;

export const isDeadLetterQueue = (name: string): boolean => DEAD_LETTERS.test(name);
