import './components/jovial-app.js';
import { Chat } from './chat/chat.js';
import { Directory } from './session/directory.js';
import { Session } from './session/session.js';
import { Connection } from './transport/connection.js';
import { applyTheme } from './theme.js';

applyTheme();

const url = `${location.origin.replace(/^http/, 'ws')}/eventbus/websocket`;
const connection = new Connection(url);
const session = new Session(connection);
const directory = new Directory(connection, session);

const app = document.querySelector('jovial-app');
Object.assign(app, {
  connection,
  session,
  directory,
  newChat: () => new Chat(session),
});
app.begin();
