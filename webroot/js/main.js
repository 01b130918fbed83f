import './components/jovial-app.js';
import { keepDroppedFilesOut } from './components/file-drops.js';
import { Chat } from './chat/chat.js';
import { keepOffline } from './offline.js';
import { Directory } from './session/directory.js';
import { Session } from './session/session.js';
import { applyTheme } from './theme.js';

applyTheme();
keepDroppedFilesOut();

const session = new Session();
const directory = new Directory(session);

const app = document.querySelector('jovial-app');
Object.assign(app, {
  session,
  directory,
  newChat: () => new Chat(session),
});
app.begin();
window.addEventListener('load', keepOffline);
if (document.readyState === 'complete') keepOffline();
