import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'roomtone/define';
import type {} from 'roomtone/react';

function App() {
  const [heard, setHeard] = useState<string>();
  const [unread, setUnread] = useState(0);
  const [open, setOpen] = useState(true);
  return (
    <>
      <p>
        You hear <output>{heard ?? 'nothing'}</output>. <button onClick={() => setOpen(!open)}>{open ? 'Close' : 'Open'} the room</button>{' '}
        {unread > 0 && <small>{unread} unread</small>}
      </p>
      <room-player
        clientId="roomtone-demo"
        endpoints="/spotify"
        strings={{ signedOutTitle: 'Bring a record' }}
        onplayer-state-change={({ snapshot }) => setHeard(snapshot.track?.title)}
      >
        {open && (
          <chat-room
            room="lobby"
            supabaseUrl="/supabase"
            supabaseKey="sb_publishable_demo"
            onunread-change={({ count }) => setUnread(count)}
          />
        )}
      </room-player>
    </>
  );
}

const place = document.getElementById('app');
if (place) {
  createRoot(place).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
