// `cargo xtask soak kiosk`: the long form. `--changes N`, `--minutes N`.

import { openBrowser } from '../src/browser.mjs';
import { soakKiosk } from '../src/kiosk_soak.mjs';
import { signInOperator } from '../src/screens.mjs';
import { startServer } from '../src/server.mjs';

const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const server = await startServer();
const browser = await openBrowser();
try {
  const operator = await signInOperator(server);
  const { path } = await operator.addScreen({ dwellS: 5 });
  const [changes, minutes] = [option('changes', 400_000), option('minutes', 0)];
  await soakKiosk({ server, browser, path, changes, minutes, samples: 60, silences: 5, say: (line) => console.log(`figure: ${line}`) });
} finally {
  await browser.close();
  await server.remove();
}
