// Cuts replies with the sentence tokenizer that LiveKit Agents JS puts before a voice and prints one JSON line for each: after
// how many tokens the first piece was there, and all pieces.
// node livekit-clauses.mjs <file with a list of lists of tokens>
import fs from 'node:fs';
import { initializeLogger, tokenize } from '@livekit/agents';

initializeLogger({ pretty: false, level: 'fatal' });
const replies = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const turn = () => new Promise((done) => setImmediate(done));

for (const tokens of replies) {
  const stream = new tokenize.basic.SentenceTokenizer().stream();
  const pieces = [];
  const reading = (async () => {
    for await (const piece of stream) pieces.push(piece.token);
  })();
  let first = tokens.length + 1;
  for (let i = 0; i < tokens.length; i++) {
    stream.pushText(tokens[i]);
    // What is there now reaches the reader in a few rounds of the event loop.
    for (let round = 0; round < 4; round++) await turn();
    if (pieces.length > 0) first = Math.min(first, i + 1);
  }
  stream.endInput();
  await reading;
  console.log(JSON.stringify({ first, pieces }));
}
